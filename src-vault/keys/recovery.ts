/**
 * Getting drafts back by the school's escrow: what lies under the recovered key comes under keys of
 * the person's own (security.md, *One password, two checks*; R27).
 */
import sodium from 'libsodium-wrappers-sumo';
import { Escrow } from '../../src-shared/contract/key.ts';
import type { VaultReply, VaultRequest } from '../../src-shared/vault.ts';
import { fromBase64, toBase64, toText, wipe } from '../crypto.ts';
import { VaultFailure } from '../failure.ts';
import type { House } from '../house.ts';
import { adoptEarlier } from './adopt.ts';
import { earlierWithDrafts } from './earlier.ts';
import { draftKeyId } from './person-keys.ts';
import { generationsOf, personByKey, type PersonRow } from './rows.ts';
import { begin, forgetUnlocked, replyFor } from './unlock.ts';

/** What the school needs to give the draft key back, sealed to a key that lives for this only. */
export function beginRecovery(
  house: House,
  { staffId }: VaultRequest<'beginRecovery'>,
): VaultReply<'beginRecovery'> {
  const here = house.unlocked;
  const closed =
    here?.staffId === staffId
      ? earlierWithDrafts(house, here)
      : generationsOf(house.store.sqlite, staffId);
  const row = closed.find(({ escrow }) => escrow !== null);
  if (!row?.escrow) throw new VaultFailure('not-found');
  wipe(house.recovery?.privateKey);
  const { publicKey, privateKey } = sodium.crypto_box_keypair();
  house.recovery = { staffId, person: row.key, publicKey, privateKey };
  return { sealed: toBase64(row.escrow), recipient: toBase64(publicKey) };
}

/**
 * Takes a draft key back: the school's answer holds the `Escrow` as it was sealed here. It opens what
 * lies under it, which comes under new keys, and is used for nothing else: anybody can seal a key of
 * their own to the school and leave it here in this person's name.
 */
export async function finishRecovery(
  house: House,
  request: VaultRequest<'finishRecovery'>,
): Promise<VaultReply<'finishRecovery'>> {
  const { recovery } = house;
  if (recovery?.staffId !== request.staffId) throw new VaultFailure('not-found');
  const row = personByKey(house.store.sqlite, recovery.person);
  if (!row) throw new VaultFailure('not-found');
  const draftKey = recoveredKey(recovery, row, fromBase64(request.sealed));
  const here = house.unlocked;
  if (here !== null && here.staffId === row.staff_id && here.person !== row.key) {
    await adoptEarlier(house, here, [], { recovered: { row, draftKey } });
    endRecovery(house);
    return replyFor(house, here);
  }
  const { password } = request;
  if (password === null) throw new VaultFailure('locked');
  forgetUnlocked(house);
  const reply = await begin(house, { ...request, password, hasEscrow: true }, { row, draftKey });
  endRecovery(house);
  return reply;
}

/** Only the very key that the drafts are under: a wrong one would lose them (`not-genuine`). */
function recoveredKey(
  recovery: NonNullable<House['recovery']>,
  row: PersonRow,
  sealed: Uint8Array,
): Uint8Array {
  try {
    const bytes = sodium.crypto_box_seal_open(sealed, recovery.publicKey, recovery.privateKey);
    const inside = Escrow.parse(JSON.parse(toText(bytes)));
    const draftKey = fromBase64(inside.draftKey);
    if (
      inside.staffId === row.staff_id &&
      inside.computerId === row.computer_id &&
      sodium.memcmp(draftKeyId(draftKey), row.draft_key_id)
    ) {
      return draftKey;
    }
  } catch {
    // Not sealed to us, or not an escrow: the same as a wrong one.
  }
  throw new VaultFailure('not-genuine');
}

function endRecovery(house: House): void {
  wipe(house.recovery?.privateKey);
  house.recovery = null;
}
