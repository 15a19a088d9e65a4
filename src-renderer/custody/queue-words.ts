/** The state of what waits to be sent, in one quiet line. */
import type { Waiting } from '../../src-shared/bridge.ts';
import { ErrorCode, sentenceOf } from '../../src-shared/contract/errors.ts';
import { DAMAGED, isDamaged, type WaitingItem } from '../../src-shared/vault.ts';

/** Null where nothing waits, and nothing is damaged that nobody here has read about. */
export function queueWords({ count, oldestMinutes, damaged }: Waiting): string | null {
  const parts = [waitingWords(count, oldestMinutes), damagedWords(damaged)];
  const said = parts.filter((part) => part !== null);
  return said.length === 0 ? null : said.join('; ');
}

function damagedWords(count: number): string | null {
  if (count === 0) return null;
  return count === 1 ? '1 entry is damaged' : `${count} entries are damaged`;
}

function waitingWords(count: number, oldestMinutes: number): string | null {
  if (count === 0) return null;
  const what = count === 1 ? '1 entry waits' : `${count} entries wait`;
  if (oldestMinutes < 1) return `${what} to be sent`;
  return `${what} to be sent, ${minutes(oldestMinutes)}`;
}

function minutes(count: number): string {
  if (count < 60) return `for ${count} minute${count === 1 ? '' : 's'}`;
  const hours = Math.floor(count / 60);
  return hours < 48
    ? `for ${hours} hour${hours === 1 ? '' : 's'}`
    : `for ${Math.floor(hours / 24)} days`;
}

/** Where the table's sentence speaks of a form that is open, which here is none. */
const WHILE_WAITING: Partial<Record<ErrorCode, string>> = {
  'server-unreachable':
    'The school’s server cannot be reached. It is sent by itself as soon as it can be.',
  'server-busy': 'The school’s server is busy. It is sent by itself once it is not.',
  'server-failed':
    'The school’s server could not take it. It is tried again by itself; if it goes on, use Contact Support.',
  'server-not-trusted':
    'This computer reached a server that is not the school’s, so nothing was sent to it. Tell IT: the server’s certificate does not match the school file.',
  'reply-not-understood':
    'Something other than the school’s server answered, perhaps a network’s sign-in page. Nothing counts as sent. Check the network.',
  'receipt-not-genuine':
    'The answer was not signed by the school, so this does not count as delivered. Tell IT and the safeguarding team.',
  'program-fault':
    'Meadowlark could not send it. It is tried again by itself; if it goes on, use Contact Support.',
};

/** What is listed, and how its time is to be named; of content nothing is known here. */
export function whatWaits(
  item: Pick<WaitingItem, 'kind' | 'queuedAt'> & Standing,
  now: number,
): { readonly what: string; readonly since: 'Submitted' | 'Begun' | 'Handed over' | null } {
  // A store of which only the ids could be read does not know when.
  const isTimeKnown = Date.parse(item.queuedAt) > 0;
  switch (item.kind) {
    case 'submission':
      return { what: 'An incident or an action', since: isTimeKnown ? 'Submitted' : null };
    case 'concern':
      return {
        what: 'A concern reported without signing in',
        since: isStillWritten(item, now) ? 'Begun' : 'Submitted',
      };
    case 'left':
      return { what: 'Left unfinished by somebody who has left', since: 'Handed over' };
    case 'unknown':
      return { what: 'An entry', since: isTimeKnown ? 'Submitted' : null };
  }
}

type Standing = Pick<WaitingItem, 'kind' | 'problem' | 'tries' | 'nextTryAt'>;

/** A concern that its writer has not sent: it is kept back for ten minutes after the last word. */
function isStillWritten({ kind, problem, tries, nextTryAt }: Standing, now: number): boolean {
  return kind === 'concern' && problem === null && tries === 0 && Date.parse(nextTryAt) > now;
}

/** Why an item waits, or that it does not any more; `now` in milliseconds since 1970. */
export function whyWaiting(item: Standing, now: number): string {
  const { problem, tries } = item;
  if (isDamaged(item)) {
    const lost =
      'What was saved of it on this computer is damaged, so it cannot be sent any more. Whoever wrote it: look in My History whether it is there, and write it again if it is not.';
    return problem === DAMAGED
      ? `${lost} The safeguarding team is told of it as soon as the school’s server can be reached. Tell IT.`
      : `${lost} The safeguarding team is being told of it. Tell IT.`;
  }
  if (isStillWritten(item, now)) {
    return 'It is not finished. It is sent as it is if its writer leaves it alone for 10 minutes.';
  }
  if (problem === null) {
    return tries === 0 ? 'It is about to be sent.' : 'It is being tried again.';
  }
  const code = ErrorCode.safeParse(problem);
  const known = code.success ? code.data : 'program-fault';
  return WHILE_WAITING[known] ?? sentenceOf({ code: known });
}
