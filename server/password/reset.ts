/**
 * How a person comes to a password of their own: they ask, an e-mail brings a link and a code, and
 * setting the password by either spends both (S1 to S3). The API, the web page and `invite` all
 * come through here.
 */
import { writeAudit } from '../audit/rows.ts';
import { type House, Refusal } from '../http/route.ts';
import { resetMessage } from '../mail/message.ts';
import { queueMail } from '../mail/rows.ts';
import { accountKey } from '../session/account.ts';
import { endSessions, staffByEmail } from '../session/rows.ts';
import { clearThrottle, countInWindow, throttleKey } from '../throttle/rows.ts';
import type { Hasher } from './hasher.ts';
import {
  isLiveReset,
  keepPassword,
  type LiveReset,
  replaceReset,
  resetByLink,
  resetForCode,
  resetsSince,
  spendResets,
  takeBackWrongCode,
} from './rows.ts';
import { midnightAfter } from './rules.ts';
import { linkHash, newCode, newLinkToken } from './secrets.ts';
import type { Later } from './later.ts';
import { normalised, type Strength } from './strength.ts';

/** What setting a password needs beside the house. */
export interface ChoosingTools {
  readonly hasher: Hasher;
  readonly strength: Strength;
}

/** What passwords need beside the house. */
export interface PasswordTools extends ChoosingTools {
  readonly later: Later;
}

const WINDOW_SECONDS = 15 * 60;
/** A whole school may be behind one address on the first morning. */
const MOST_BY_ADDRESS = 200;
/** Nobody's inbox can be flooded: further requests in the window send nothing. */
const MOST_MAILS_IN_WINDOW = 3;
const MOST_MAILS_IN_DAY = 10;

/**
 * Sends the e-mail where the address is known. The answer says the same either way (S3), and who
 * it is about is looked up only after it has gone, so that it takes the same either way (R32).
 * Throws `too-many-tries` for an address that asks for very many, `server-busy` in a rush.
 */
export async function askForReset(
  house: House,
  tools: Pick<PasswordTools, 'hasher' | 'later'>,
  asked: { readonly email: string; readonly address: string },
): Promise<void> {
  const now = house.now();
  const waitSeconds = await house.db
    .transaction()
    .execute((trx) => countUse(trx, now, { kind: 'reset', address: asked.address }));
  // Before any work is done for it.
  if (waitSeconds > 0) throw new Refusal('too-many-tries', waitSeconds);
  const send = await prepareReset(house, tools, asked.email);
  tools.later.do(send);
}

/**
 * Makes link and code of the e-mail, and answers with what sends it. Throws `server-busy`. That
 * answers whether an e-mail is on its way: what is asked too often for one person is not sent.
 */
export async function prepareReset(
  house: House,
  tools: Pick<PasswordTools, 'hasher'>,
  email: string,
): Promise<() => Promise<boolean>> {
  const code = newCode(house.randomBytes);
  const linkToken = newLinkToken(house.randomBytes);
  const codeHash = await tools.hasher.hash(code);
  return async () => {
    const isSent = await house.db
      .transaction()
      .execute((trx) => queueReset(trx, house, { email, linkToken, code, codeHash }));
    if (isSent) house.mailWaits();
    return isSent;
  };
}

async function queueReset(
  trx: Trx,
  house: House,
  reset: {
    readonly email: string;
    readonly linkToken: string;
    readonly code: string;
    readonly codeHash: string;
  },
): Promise<boolean> {
  const { email, linkToken, code, codeHash } = reset;
  const now = house.now();
  const at = now.toISOString();
  const schoolId = house.settings.school.id;
  const person = await staffByEmail(trx, schoolId, email);
  const mayBeSent = person !== undefined && !(await hasHadEnough(trx, person.id, now));
  await writeAudit(trx, {
    schoolId,
    at,
    staffId: person?.id ?? null,
    sessionId: null,
    computerId: null,
    event: 'password-reset-asked',
    objectId: null,
    result: mayBeSent ? 'done' : 'refused',
  });
  if (!mayBeSent) return false;
  const expiresAt = midnightAfter(now, house.settings.school.timeZone).toISOString();
  await replaceReset(trx, {
    id: house.newId(),
    schoolId,
    staffId: person.id,
    linkHash: linkHash(linkToken),
    codeHash,
    at,
    expiresAt,
  });
  await queueMail(trx, house, {
    ...resetMessage(house.settings, { name: person.name, linkToken, code }),
    kind: 'reset',
    staffId: person.id,
    uselessAfter: expiresAt,
  });
  return true;
}

/** Counts a use of what is open to anyone; returns the seconds that very many have to wait, else 0. */
async function countUse(
  trx: Trx,
  now: Date,
  { kind, address }: { kind: 'reset' | 'code'; address: string },
): Promise<number> {
  const key = throttleKey(kind, address);
  const { uses, secondsLeft } = await countInWindow(trx, key, now, WINDOW_SECONDS);
  return uses > MOST_BY_ADDRESS ? secondsLeft : 0;
}

type Trx = Parameters<typeof resetsSince>[0];

async function hasHadEnough(trx: Trx, staffId: string, now: Date): Promise<boolean> {
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString();
  return (
    (await resetsSince(trx, staffId, ago(WINDOW_SECONDS))) >= MOST_MAILS_IN_WINDOW ||
    (await resetsSince(trx, staffId, ago(24 * 60 * 60))) >= MOST_MAILS_IN_DAY
  );
}

/** Whose link this is, while it can be used; opening spends nothing (S2). Else `link-refused`. */
export async function openLink(house: House, token: string): Promise<LiveReset> {
  const reset = await resetByLink(house.db, linkHash(token), house.now().toISOString());
  if (reset === undefined) throw new Refusal('link-refused');
  return reset;
}

/** Sets the password by the link of the e-mail. A password that is refused spends nothing. */
export async function setByLink(
  house: House,
  tools: ChoosingTools,
  chosen: { readonly token: string; readonly password: string },
): Promise<void> {
  const reset = await openLink(house, chosen.token);
  await setByReset(house, tools, reset, chosen.password, 'link-refused');
}

/**
 * Sets the password by the code of the e-mail. The tenth wrong code is the last one that is looked
 * at; an address that is not known is answered like a wrong code and takes as long: as much is
 * written for it, and waited for, as for one that is known (R32).
 */
export async function setByCode(
  house: House,
  tools: ChoosingTools,
  chosen: {
    readonly email: string;
    readonly code: string;
    readonly password: string;
    readonly address: string;
  },
): Promise<void> {
  const now = house.now();
  const at = now.toISOString();
  const schoolId = house.settings.school.id;
  const { email, address } = chosen;
  tools.hasher.refuseIfFull();
  const { waitSeconds, reset } = await house.db.transaction().execute(async (trx) => {
    const wait = await countUse(trx, now, { kind: 'code', address });
    const found = wait > 0 ? undefined : await resetForCode(trx, schoolId, email, at);
    return { waitSeconds: wait, reset: found };
  });
  if (waitSeconds > 0) throw new Refusal('too-many-tries', waitSeconds);
  const isRight = await tools.hasher.verify(reset?.codeHash ?? null, chosen.code);
  if (reset === undefined || !isRight) {
    await writeAudit(house.db, {
      schoolId,
      at,
      staffId: reset?.staffId ?? null,
      sessionId: null,
      computerId: null,
      event: 'password-set',
      objectId: reset?.staffId ?? null,
      result: 'refused',
    });
    throw new Refusal('code-refused');
  }
  await house.db.transaction().execute((trx) => takeBackWrongCode(trx, reset.id));
  await setByReset(house, tools, reset, chosen.password, 'code-refused');
}

async function setByReset(
  house: House,
  tools: ChoosingTools,
  reset: LiveReset,
  password: string,
  tooLate: 'link-refused' | 'code-refused',
): Promise<void> {
  const hash = await judgeAndHash(house, tools, reset, password);
  const now = house.now().toISOString();
  const ended = await house.db.transaction().execute(async (trx) => {
    // Asked again here: of two who set a password by one e-mail, one comes first.
    if (!(await isLiveReset(trx, reset.id, now))) throw new Refusal(tooLate);
    return await keepNewPassword(trx, reset, hash, now, { sessionId: null, computerId: null });
  });
  house.tellEnded(ended);
}

/** Refuses a password that is too short, too long or too easy for this person; else its hash. */
export async function judgeAndHash(
  house: House,
  tools: ChoosingTools,
  person: { readonly name: string; readonly email: string },
  password: string,
): Promise<string> {
  const { school, listen } = house.settings;
  const words = ['Meadowlark', school.name, listen.domain, person.name, person.email];
  const fault = await tools.strength(password, words);
  if (fault !== null) throw new Refusal(fault);
  return await tools.hasher.hash(normalised(password));
}

/**
 * Keeps a new password in the transaction: spends every link and code of the person, forgets their
 * failed tries, and ends their sessions but the one that asks. Returns the ended ones.
 */
export async function keepNewPassword(
  trx: Trx,
  person: { readonly staffId: string; readonly schoolId: string; readonly email: string },
  hash: string,
  at: string,
  by: { readonly sessionId: string | null; readonly computerId: string | null },
): Promise<string[]> {
  await keepPassword(trx, person, hash, at);
  await spendResets(trx, person.staffId, at);
  await clearThrottle(trx, accountKey(person.email));
  await writeAudit(trx, {
    schoolId: person.schoolId,
    at,
    staffId: person.staffId,
    ...by,
    event: 'password-set',
    objectId: person.staffId,
    result: 'done',
  });
  const which = by.sessionId === null ? 'all' : { allBut: by.sessionId };
  return await endSessions(trx, person.staffId, which, at);
}
