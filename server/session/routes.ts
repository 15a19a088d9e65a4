/** Signing in and out, and what a session tells of itself (S4, R31 to R34). */
import {
  readSession,
  renewSession,
  signIn,
  signOut,
  signOutEverywhere,
  type SessionView,
} from '../../src-shared/contract/session.ts';
import type { RequestOf } from '../../src-shared/contract/endpoint.ts';
import { StaffId } from '../../src-shared/contract/staff.ts';
import { byActor, writeAudit } from '../audit/rows.ts';
import { openRoute, Refusal, route, type Actor, type House, type Route } from '../http/route.ts';
import type { Hasher } from '../password/hasher.ts';
import { normalised } from '../password/strength.ts';
import { preferencesOf } from '../preference/rows.ts';
import { schoolView } from '../school/view.ts';
import {
  clearThrottle,
  countFailure,
  countSharedFailure,
  throttleState,
} from '../throttle/rows.ts';
import { allStrangersKey, computerKey, strangersKey } from './account.ts';
import {
  actorByToken,
  endSessions,
  hasUsedComputer,
  noteInput,
  sessionOf,
  staffByEmail,
  startSession,
} from './rows.ts';
import { endOf } from './rules.ts';

/** R31: after so many failures in a row only a new password opens the account from there. */
export const MOST_FAILURES = 100;
/** Strangers of one network share a counter: a school's other computers are among them. */
const FREE_FAILURES_OF_STRANGERS = 20;
/**
 * And all of them another: whoever can come from many addresses gets no more tries by it. With
 * the wait's longest it stays below `MOST_FAILURES`, so that it is forgotten after a day.
 */
const FREE_FAILURES_OF_ALL_STRANGERS = 80;

export function sessionRoutes(house: House, hasher: Hasher): Route[] {
  return [
    openRoute(signIn, 'sign in', async (request, { address }) => {
      const token = await signInAs(house, hasher, request, address);
      const actor = await actorByToken(house.db, token, house.now());
      // Ended between the two steps: by a new password, or because the person left.
      if (actor === null) throw new Refusal('sign-in-refused');
      return { token, session: await view(house, actor) };
    }),

    route(readSession, 'keep own account', (_request, { actor }) => view(house, actor)),

    route(renewSession, 'keep own account', async ({ inputAgoMs = 0 }, { actor }) => {
      const inputAt = new Date(house.now().getTime() - inputAgoMs).toISOString();
      await house.db.transaction().execute((trx) => noteInput(trx, actor.sessionId, inputAt));
      return { endsAt: endOf(await sessionOf(house.db, actor.sessionId)).toISOString() };
    }),

    route(signOut, 'keep own account', async (_request, { actor }) => {
      await end(house, actor, { only: actor.sessionId }, 'sign-out');
      return {};
    }),

    route(signOutEverywhere, 'keep own account', async (_request, { actor }) => ({
      ended: await end(house, actor, 'all', 'sign-out-everywhere'),
    })),
  ];
}

/** The new session's token. Throws `too-many-tries`, or `sign-in-refused` for whatever is wrong. */
async function signInAs(
  house: House,
  hasher: Hasher,
  { email, password, computer }: RequestOf<typeof signIn>,
  address: string,
): Promise<string> {
  const now = house.now();
  const at = now.toISOString();
  const schoolId = house.settings.school.id;
  const own = computerKey(email, computer.id);
  const strangers = [
    { key: strangersKey(email, address), free: FREE_FAILURES_OF_STRANGERS },
    { key: allStrangersKey(email), free: FREE_FAILURES_OF_ALL_STRANGERS },
  ];

  hasher.refuseIfFull();
  const tried = await house.db.transaction().execute(async (trx) => {
    const person = await staffByEmail(trx, schoolId, email);
    const isKnownHere =
      person !== undefined && (await hasUsedComputer(trx, person.id, computer.id));
    const shared = isKnownHere ? [] : strangers;
    const { waitSeconds: ownWait, failures } = await throttleState(trx, own, now);
    const waits = [ownWait];
    for (const { key } of shared) waits.push((await throttleState(trx, key, now)).waitSeconds);
    const waitSeconds = Math.max(...waits);
    if (waitSeconds > 0) return { waitSeconds };
    // Counted before it is judged: a thousand tries at once are not a thousand free ones.
    await countFailure(trx, own, now);
    for (const { key, free } of shared) await countSharedFailure(trx, key, now, free);
    return { person, mayTry: failures < MOST_FAILURES, shared };
  });
  if ('waitSeconds' in tried) throw new Refusal('too-many-tries', tried.waitSeconds);

  const { person, mayTry, shared } = tried;
  const fits = await hasher.verify(person?.hash ?? null, normalised(password));
  const audit = {
    schoolId,
    at,
    staffId: person?.id ?? null,
    computerId: computer.id,
    event: 'sign-in',
    objectId: null,
  } as const;
  if (person === undefined || !fits || !mayTry) {
    await writeAudit(house.db, { ...audit, sessionId: null, result: 'refused' });
    throw new Refusal('sign-in-refused');
  }

  const token = Buffer.from(house.randomBytes(32)).toString('base64url');
  const sessionId = house.newId();
  await house.db.transaction().execute(async (trx) => {
    // The password may have been changed, or the person may have left, while this one was judged.
    const still = await staffByEmail(trx, schoolId, email);
    if (still?.hash !== person.hash) throw new Refusal('sign-in-refused');
    await clearThrottle(trx, own);
    // A person's success on a computer of their own says nothing about what strangers try.
    for (const { key } of shared) await clearThrottle(trx, key);
    await startSession(trx, { id: sessionId, schoolId, staffId: person.id, token, computer, at });
    await writeAudit(trx, { ...audit, sessionId, result: 'done' });
  });
  return token;
}

async function view(house: House, actor: Actor): Promise<SessionView> {
  const session = await sessionOf(house.db, actor.sessionId);
  return {
    staff: {
      id: StaffId.parse(session.staffId),
      name: session.name,
      email: session.email,
      isKeyUser: actor.isKeyUser,
    },
    school: schoolView(house.settings),
    preferences: await preferencesOf(house.db, actor.staffId),
    serverTime: house.now().toISOString(),
    endsAt: endOf(session).toISOString(),
  };
}

async function end(
  house: House,
  actor: Actor,
  which: Parameters<typeof endSessions>[2],
  event: 'sign-out' | 'sign-out-everywhere',
): Promise<number> {
  const at = house.now().toISOString();
  const ended = await house.db.transaction().execute(async (trx) => {
    await writeAudit(trx, { ...byActor(actor), at, event, objectId: null, result: 'done' });
    return await endSessions(trx, actor.staffId, which, at);
  });
  house.tellEnded(ended);
  return ended.length;
}
