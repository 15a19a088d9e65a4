/** The state of what waits to be sent, in one quiet line. */
import type { Waiting } from '../../src-shared/bridge.ts';
import { ErrorCode, sentenceOf } from '../../src-shared/contract/errors.ts';
import type { WaitingItem } from '../../src-shared/vault.ts';

/** Null where nothing waits. */
export function queueWords({ count, oldestMinutes }: Waiting): string | null {
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

/** Why an item waits. */
export function whyWaiting({ problem, tries }: Pick<WaitingItem, 'problem' | 'tries'>): string {
  if (problem === null) {
    return tries === 0 ? 'It is about to be sent.' : 'It is being tried again.';
  }
  const code = ErrorCode.safeParse(problem);
  const known = code.success ? code.data : 'program-fault';
  return WHILE_WAITING[known] ?? sentenceOf({ code: known });
}
