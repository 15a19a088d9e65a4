/** Keys of a person on a computer: their certificate, and the way back to their drafts (R27). */
import {
  Escrow,
  recoverDraftKey,
  registerKey,
  registrationBytes,
} from '../../src-shared/contract/key.ts';
import { certificateBytes, type KeyCertificate } from '../../src-shared/contract/seal.ts';
import { StaffId } from '../../src-shared/contract/staff.ts';
import { byActor, writeAudit } from '../audit/rows.ts';
import { computerById } from '../computer/rows.ts';
import type { Actor, House, Route } from '../http/route.ts';
import { Refusal, route } from '../http/route.ts';
import { fromBase64, isSignedBy, sealTo, toBase64 } from '../seal/seal.ts';
import { countInWindow, throttleKey } from '../throttle/rows.ts';
import { insertSigningKey, signingKeyRow } from './rows.ts';

/** A person with drafts on several computers asks once on each. */
const RECOVERIES_AN_HOUR = 20;
const HOUR_SECONDS = 60 * 60;

export function keyRoutes(house: House): Route[] {
  return [
    route(registerKey, 'keep own account', async (request, { actor }) => {
      const owner = { staffId: actor.staffId, ...request };
      const isHeld = isSignedBy(request.signingKey, registrationBytes(owner), request.proof);
      if (!isHeld || request.computerId !== actor.computerId) throw new Refusal('not-allowed');
      return await certify(house, actor, request.signingKey);
    }),

    route(recoverDraftKey, 'keep own account', async (request, { actor }) => {
      await countRecovery(house, actor);
      const escrow = await ownEscrow(house, actor, request.sealed);
      const bytes = new TextEncoder().encode(JSON.stringify(escrow));
      const sealed = escrow === null ? null : sealTo(request.recipient, bytes);
      await writeAudit(house.db, {
        ...byActor(actor),
        at: house.now().toISOString(),
        event: 'draft-key-recovered',
        objectId: escrow?.computerId ?? null,
        result: sealed === null ? 'refused' : 'done',
      });
      if (sealed === null) throw new Refusal('not-allowed');
      return { sealed: toBase64(sealed) };
    }),
  ];
}

/** The same certificate for the same key, however often it is asked for. */
async function certify(house: House, actor: Actor, signingKey: string): Promise<KeyCertificate> {
  const { schoolId, computerId } = actor;
  const issuedAt = house.now().toISOString();
  const staffId = StaffId.parse(actor.staffId);
  return await house.db.transaction().execute(async (trx) => {
    const computer = await computerById(trx, { schoolId, id: computerId });
    if (computer === null || computer.revokedAt !== null) throw new Refusal('not-allowed');
    const known = await signingKeyRow(trx, signingKey);
    if (known !== null) {
      const { certificate, isRevoked } = known;
      const isTheirs = certificate.staffId === staffId && certificate.computerId === computerId;
      if (isRevoked || !isTheirs) throw new Refusal('not-allowed');
      return certificate;
    }
    const unsigned = { staffId, computerId, signingKey, issuedAt };
    const certificate = { ...unsigned, signature: house.sign(certificateBytes(unsigned)) };
    await insertSigningKey(trx, { schoolId, certificate });
    await writeAudit(trx, {
      ...byActor(actor),
      at: issuedAt,
      event: 'key-certified',
      objectId: computerId,
      result: 'done',
    });
    return certificate;
  });
}

/** Null where it is not this very person's, not of a computer of the school, or not readable. */
async function ownEscrow(house: House, actor: Actor, sealed: string): Promise<Escrow | null> {
  if (!house.settings.school.escrow) return null;
  const bytes = house.seal.open(fromBase64(sealed), null);
  if (bytes === null) return null;
  const parsed = Escrow.safeParse(jsonIn(bytes));
  if (!parsed.success || parsed.data.staffId !== actor.staffId) return null;
  const { schoolId } = actor;
  const computer = await computerById(house.db, { schoolId, id: parsed.data.computerId });
  return computer === null || computer.revokedAt !== null ? null : parsed.data;
}

async function countRecovery(house: House, actor: Actor): Promise<void> {
  const key = throttleKey('recover', actor.staffId);
  const { uses, secondsLeft } = await house.db
    .transaction()
    .execute((trx) => countInWindow(trx, key, house.now(), HOUR_SECONDS));
  if (uses > RECOVERIES_AN_HOUR) throw new Refusal('too-many-tries', secondsLeft);
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
