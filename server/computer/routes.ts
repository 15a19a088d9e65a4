/** Computers speak for themselves, signing with a key of their own; nobody has to be signed in (R42). */
import {
  enrolComputer,
  enrolmentBytes,
  forgottenBytes,
  lackingBytes,
  listForgotten,
  listLacking,
} from '../../src-shared/contract/computer.ts';
import type { RequestOf } from '../../src-shared/contract/endpoint.ts';
import { writeAudit } from '../audit/rows.ts';
import type { House, Route } from '../http/route.ts';
import { Refusal, openRoute } from '../http/route.ts';
import { isSignedBy } from '../seal/seal.ts';
import { neverTaken } from '../submission/rows.ts';
import { countInWindow, countSharedFailure, throttleKey, throttleState } from '../throttle/rows.ts';
import {
  computerById,
  insertComputer,
  isGoodCode,
  leftAmong,
  noteSeen,
  renameComputer,
  type ComputerRow,
} from './rows.ts';
import { codeHash } from './rules.ts';

/** A school's computers may share an address, and one wrong school file may be on all of them. */
const FREE_FAILURES = 50;
/** Of one computer that the school knows and does not take. */
const FREE_FAILURES_OF_ONE = 5;
/** New computers an hour: a school sets up its rooms in one, but a code that is known makes no crowd. */
const ENROLMENTS_AN_HOUR = 300;
const HOUR_SECONDS = 60 * 60;

export function computerRoutes(house: House): Route[] {
  return [
    openRoute(enrolComputer, 'speak for a computer', async (request, { address }) => {
      await enrol(house, request, address);
      return {
        sealingKeys: [...house.seal.publicKeys()],
        safeguardingContact: house.settings.school.safeguardingContact,
        serverTime: house.now().toISOString(),
      };
    }),

    openRoute(listLacking, 'speak for a computer', async (request, { address }) => {
      await requireComputer(house, request, lackingBytes(request), address);
      return { lacking: await neverTaken(house.db, request.ids) };
    }),

    openRoute(listForgotten, 'speak for a computer', async (request, { address }) => {
      await requireComputer(house, request, forgottenBytes(request), address);
      const { staffIds } = request;
      const schoolId = house.settings.school.id;
      return { forgotten: await leftAmong(house.db, { schoolId, staffIds }) };
    }),
  ];
}

/**
 * A computer that the school knows by this key needs no code any more, so that a new code does not
 * shut it out. Throws `not-allowed` for a wrong code, another key under the id, a revoked computer,
 * and `too-many-tries` for a new one where very many have come within the hour.
 */
async function enrol(
  house: House,
  request: RequestOf<typeof enrolComputer>,
  address: string,
): Promise<void> {
  const { id, name, publicKey, code, proof } = request;
  const schoolId = house.settings.school.id;
  const now = house.now();
  const at = now.toISOString();
  const isProven = isSignedBy(publicKey, enrolmentBytes(request), proof);
  const known = await computerById(house.db, { schoolId, id });
  const isAllowed =
    isProven &&
    (known === null
      ? await isGoodCode(house.db, { schoolId, hash: codeHash(code) })
      : known.revokedAt === null && known.publicKey === publicKey);
  if (!isAllowed) return await refuse(house, { known, address, now });
  await house.db.transaction().execute(async (trx) => {
    // Asked again within: two first requests of one computer may be under way at once.
    const present = await computerById(trx, { schoolId, id });
    if (present === null) {
      const key = throttleKey('enrolments', schoolId);
      const { uses, secondsLeft } = await countInWindow(trx, key, now, HOUR_SECONDS);
      if (uses > ENROLMENTS_AN_HOUR) throw new Refusal('too-many-tries', secondsLeft);
      await insertComputer(trx, { schoolId, id, name, publicKey, at });
      await writeAudit(trx, {
        schoolId,
        at,
        staffId: null,
        sessionId: null,
        computerId: id,
        event: 'computer-enrolled',
        objectId: id,
        result: 'done',
      });
      return;
    }
    if (present.publicKey !== publicKey || present.revokedAt !== null) {
      throw new Refusal('not-allowed');
    }
    if (present.name !== name) await renameComputer(trx, id, name);
    await noteSeen(trx, id, now);
  });
  if (known === null) house.log.info({ computerId: id }, 'a computer enrolled');
}

/** Throws `not-allowed` unless a computer of the school, not a revoked one, signed these bytes. */
async function requireComputer(
  house: House,
  { computerId, proof }: { readonly computerId: string; readonly proof: string },
  bytes: Uint8Array,
  address: string,
): Promise<void> {
  const now = house.now();
  const schoolId = house.settings.school.id;
  const known = await computerById(house.db, { schoolId, id: computerId });
  const isOurs =
    known !== null && known.revokedAt === null && isSignedBy(known.publicKey, bytes, proof);
  if (!isOurs) return await refuse(house, { known, address, now });
  await house.db.transaction().execute((trx) => noteSeen(trx, computerId, now));
}

/**
 * Counts the failure and throws `not-allowed`, or `too-many-tries` where there were many. What is
 * right never comes here, whatever its neighbours did: a whole school may stand behind one address
 * (R31 is about passwords; a code has 100 bits, and a proof cannot be guessed). A computer that the
 * school knows is counted by its id, so that one revoked computer costs its address nothing.
 */
async function refuse(
  house: House,
  of: { readonly known: ComputerRow | null; readonly address: string; readonly now: Date },
): Promise<never> {
  const { known, address, now } = of;
  const [key, free] =
    known === null
      ? [throttleKey('computer', address), FREE_FAILURES]
      : [throttleKey('known-computer', known.id), FREE_FAILURES_OF_ONE];
  const waitSeconds = await house.db.transaction().execute(async (trx) => {
    const state = await throttleState(trx, key, now);
    if (state.waitSeconds === 0) await countSharedFailure(trx, key, now, free);
    return state.waitSeconds;
  });
  if (waitSeconds > 0) throw new Refusal('too-many-tries', waitSeconds);
  throw new Refusal('not-allowed');
}
