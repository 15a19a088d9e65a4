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
import { countSharedFailure, throttleKey, throttleState } from '../throttle/rows.ts';
import {
  computerById,
  insertComputer,
  isGoodCode,
  leftAmong,
  noteSeen,
  renameComputer,
} from './rows.ts';
import { codeHash } from './rules.ts';

/** A school's computers may share an address, and one wrong school file may be on all of them. */
const FREE_FAILURES = 50;

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
 * shut it out. Throws `not-allowed` for a wrong code, another key under the id, a revoked computer.
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
  await refuseAfterFailures(house, address, now);
  const isEnrolled = await house.db.transaction().execute(async (trx) => {
    const known = await computerById(trx, { schoolId, id });
    const isAllowed =
      known === null
        ? await isGoodCode(trx, { schoolId, hash: codeHash(code) })
        : known.revokedAt === null && known.publicKey === publicKey;
    if (!isProven || !isAllowed) {
      await countSharedFailure(trx, throttleKey('computer', address), now, FREE_FAILURES);
      return false;
    }
    if (known === null) {
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
    } else {
      if (known.name !== name) await renameComputer(trx, id, name);
      await noteSeen(trx, id, now);
    }
    return true;
  });
  if (!isEnrolled) throw new Refusal('not-allowed');
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
  await refuseAfterFailures(house, address, now);
  const isOurs = await house.db.transaction().execute(async (trx) => {
    const computer = await computerById(trx, { schoolId, id: computerId });
    if (
      computer === null ||
      computer.revokedAt !== null ||
      !isSignedBy(computer.publicKey, bytes, proof)
    ) {
      await countSharedFailure(trx, throttleKey('computer', address), now, FREE_FAILURES);
      return false;
    }
    await noteSeen(trx, computerId, now);
    return true;
  });
  if (!isOurs) throw new Refusal('not-allowed');
}

async function refuseAfterFailures(house: House, address: string, now: Date): Promise<void> {
  const key = throttleKey('computer', address);
  const { waitSeconds } = await house.db
    .transaction()
    .execute((trx) => throttleState(trx, key, now));
  if (waitSeconds > 0) throw new Refusal('too-many-tries', waitSeconds);
}
