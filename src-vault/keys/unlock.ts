/**
 * Giving a person their keys: with the server's word, with an old password, by the school's
 * escrow, anew, or without the server (security.md, *One password, two checks*; R27).
 */
import { registrationBytes } from '../../src-shared/contract/key.ts';
import { StaffId } from '../../src-shared/contract/staff.ts';
import type { VaultReply, VaultRequest } from '../../src-shared/vault.ts';
import { openText, sealingKeyId, signWith, wipe } from '../crypto.ts';
import { beginLedger, reconcile } from '../drafts/reconcile.ts';
import { VaultFailure, isDiskFailure } from '../failure.ts';
import { unlockedOf, type House, type Unlocked } from '../house.ts';
import { repairDamaged } from '../outbox/repair.ts';
import { ASKED_AT_MOST, adoptEarlier } from './adopt.ts';
import { certificateIfHere } from './certificate.ts';
import {
  beginGeneration,
  continueUnder,
  profileBelonging,
  type Beginning,
  type Opened,
} from './generation.ts';
import { assertRecentContact, countTry, forgetTries } from './limits.ts';
import {
  emailHash,
  escrowOf,
  isLedgerOwed,
  isOutdated,
  mayBeOpened,
  newKeys,
  unwrapKeys,
  wrapKeys,
  type Keys,
} from './person-keys.ts';
import { generationsOf, personByEmail, personByKey, updatePerson, type PersonRow } from './rows.ts';

type UnlockedReply = VaultReply<'unlockWithOld'>;

/** The server has accepted the password: makes keys where there are none, else unwraps. */
export async function unlockOnline(
  house: House,
  request: VaultRequest<'unlockOnline'>,
): Promise<VaultReply<'unlockOnline'>> {
  forgetUnlocked(house);
  const [row] = generationsOf(house.store.sqlite, request.staffId);
  if (row === undefined) return { is: 'unlocked', ...(await begin(house, request, null)) };
  const opened = await unwrapKeys(house, row, request.password);
  if (opened === null) {
    return {
      is: 'needs-old-password',
      mayRecover: row.escrow !== null && request.hasEscrow,
      mayUseOld: mayBeOpened(house, row),
    };
  }
  forgetTries(house, row.key);
  const keys = keysHere(house, row, opened);
  await unlessRefused(() => keepUpToDate(house, row, { ...request, keys }));
  return {
    is: 'unlocked',
    ...(await settle(house, row, { ...request, keys }, [request.password])),
  };
}

/**
 * The old password opens a generation, whose things come under keys of their own for the present
 * one: whoever else once knew the old password opens nothing from now on. Counted like any try.
 */
export async function unlockWithOld(
  house: House,
  request: VaultRequest<'unlockWithOld'>,
): Promise<UnlockedReply> {
  const [row] = generationsOf(house.store.sqlite, request.staffId);
  if (row === undefined) throw new VaultFailure('not-found');
  countTry(house, row);
  const here = house.unlocked;
  if (here?.person === row.key) {
    // The newest keys are open: an older generation, kept when these were begun, is asked for.
    if ((await adoptEarlier(house, here, [request.old], { atMost: ASKED_AT_MOST })) === 0) {
      throw new VaultFailure('wrong-password');
    }
    forgetTries(house, row.key);
    return replyFor(house, here);
  }
  const { password } = request;
  if (password === null) throw new VaultFailure('locked');
  forgetUnlocked(house);
  const from = await firstOpenedBy(house, request.staffId, request.old);
  if (from === null) throw new VaultFailure('wrong-password');
  forgetTries(house, row.key);
  const hasEscrow = row.escrow !== null;
  return begin(house, { ...request, password, hasEscrow }, from, [request.old]);
}

/** A generation of its own: what the earlier one holds stays for whoever can still open it. */
export async function beginAnew(
  house: House,
  request: VaultRequest<'beginAnew'>,
): Promise<UnlockedReply> {
  forgetUnlocked(house);
  return begin(house, request, null);
}

/** Without the server, unwrapping decides; nothing else on the disk knows a right password. */
export async function unlockOffline(
  house: House,
  request: VaultRequest<'unlockOffline'>,
): Promise<VaultReply<'unlockOffline'>> {
  forgetUnlocked(house);
  const row = knownBy(house, request.email);
  if (row === null) throw new VaultFailure('never-here');
  countTry(house, row);
  const opened = await unwrapKeys(house, row, request.password);
  if (opened === null) throw new VaultFailure('wrong-password');
  forgetTries(house, row.key);
  const keys = keysHere(house, row, opened);
  const profile =
    row.profile && openText(keys.draftKey, row.profile, profileBelonging(row.staff_id));
  try {
    if (profile === null) throw new VaultFailure('never-here');
    assertRecentContact(house, row.key);
  } catch (error) {
    wipe(keys.draftKey, keys.signing.seed);
    throw error;
  }
  if (!isFromHere(house, row)) {
    await unlessRefused(() => rewrap(house, row, { ...request, keys }));
  }
  const reply = await settle(house, row, { email: request.email, keys }, [request.password]);
  return { ...reply, profile };
}

/**
 * A draft key of its own for the new password, and all that lies under the old one with it, in one
 * transaction (R27): an old copy of the record of keys opens nothing that is written from now on.
 */
export async function changePassword(
  house: House,
  { password }: VaultRequest<'changePassword'>,
): Promise<void> {
  const unlocked = unlockedOf(house);
  const row = personByKey(house.store.sqlite, unlocked.person);
  if (!row) throw new VaultFailure('not-found');
  const { staffId, email, draftKey, signing } = unlocked;
  const of = { staffId, email, password, hasEscrow: row.escrow !== null };
  const next = await continueUnder(house, of, { row, draftKey, signing });
  forgetUnlocked(house);
  house.unlocked = unlockedBy(next.row, { email, keys: next.keys });
  await mendDrafts(house, house.unlocked);
}

/** Keys are forgotten as far as JavaScript lets us; what is certain is that the process ends. */
export function forgetUnlocked(house: House): void {
  wipe(house.unlocked?.draftKey, house.unlocked?.signing.seed);
  house.unlocked = null;
}

/** A generation of new keys, with what `from` opens, and whatever else the passwords do. */
export async function begin(
  house: House,
  of: Beginning,
  from: Opened | null,
  passwords: readonly string[] = [],
): Promise<UnlockedReply> {
  const { row, keys } = await beginGeneration(house, of, from);
  return settle(house, row, { ...of, keys }, [...passwords, of.password]);
}

/** Newest first; null where this password opens none of them. */
async function firstOpenedBy(
  house: House,
  staffId: string,
  password: string,
): Promise<Opened | null> {
  for (const row of generationsOf(house.store.sqlite, staffId).slice(0, ASKED_AT_MOST)) {
    const keys = await unwrapKeys(house, row, password);
    if (keys === null) continue;
    wipe(keys.signing.seed);
    return { row, draftKey: keys.draftKey };
  }
  return null;
}

/** R21, R26: a record of a lower cost or an earlier device secret is wrapped anew; so is the escrow. */
async function keepUpToDate(
  house: House,
  row: PersonRow,
  of: { email: string; password: string; hasEscrow: boolean; keys: Keys },
): Promise<void> {
  const { store } = house;
  if (isOutdated(house, row, of.email)) await rewrap(house, row, of);
  const wanted = of.hasEscrow ? sealingKeyId(house.school.sealingKey) : null;
  if (row.escrow_key_id === wanted) return;
  const escrow = of.hasEscrow
    ? escrowOf(house, ownedHere(house, row), of.keys.draftKey)
    : { escrow: null, escrow_key_id: null };
  store.write(() => updatePerson(store.sqlite, row.key, escrow), 'matters');
  store.wipe();
}

async function rewrap(
  house: House,
  row: PersonRow,
  of: { email: string; password: string; keys: Keys },
): Promise<void> {
  const { store } = house;
  const owner = ownedHere(house, row);
  const isMoved = !isFromHere(house, row);
  const wrapped = await wrapKeys(house, { ...of, owner });
  const certificate = isMoved ? { certificate: null } : {};
  // The school gives a key back only as that of the very computer that the record names.
  const escrow = isMoved && row.escrow !== null ? escrowOf(house, owner, of.keys.draftKey) : {};
  store.write(() => {
    const { draftKey } = of.keys;
    if (!isLedgerOwed(row))
      beginLedger(house, { person: row.key, staffId: row.staff_id, draftKey });
    updatePerson(store.sqlite, row.key, {
      ...wrapped,
      ...certificate,
      ...escrow,
      computer_id: owner.computer_id,
      failed_tries: 0,
      blocked_until_ms: 0,
    });
  }, 'matters');
  // The record under the old password must not be found beside it.
  store.wipe();
}

const isFromHere = (house: House, row: PersonRow): boolean => row.computer_id === house.computer.id;

const ownedHere = (house: House, row: PersonRow): PersonRow => ({
  ...row,
  computer_id: house.computer.id,
});

/** The school certifies a signing key for one computer: a new computer begins with a new one. */
function keysHere(house: House, row: PersonRow, keys: Keys): Keys {
  if (isFromHere(house, row)) return keys;
  wipe(keys.signing.seed);
  return { ...keys, signing: newKeys().signing };
}

/** Holds the keys, then brings home what earlier generations and damaged items still keep. */
async function settle(
  house: House,
  row: PersonRow,
  of: { email: string; keys: Keys },
  passwords: readonly string[],
): Promise<UnlockedReply> {
  const unlocked = unlockedBy(row, of);
  house.unlocked = unlocked;
  await mendDrafts(house, unlocked);
  await unlessRefused(() => adoptEarlier(house, unlocked, passwords));
  repairDamaged(house, unlocked);
  return replyFor(house, unlocked);
}

function unlockedBy(row: PersonRow, of: { email: string; keys: Keys }): Unlocked {
  return {
    person: row.key,
    staffId: row.staff_id,
    generation: row.generation,
    email: of.email,
    draftKey: of.keys.draftKey,
    signing: of.keys.signing,
    isLedgerOwed: isLedgerOwed(row),
  };
}

/** Listing the drafts compares them again. */
async function mendDrafts(house: House, unlocked: Unlocked): Promise<void> {
  await unlessRefused(async () => reconcile(house, unlocked));
}

/** Signing in must not fail on a full disk: what it refuses now is done at the next one. */
async function unlessRefused(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isDiskFailure(error)) throw error;
  }
}

export function replyFor(house: House, { person, staffId, signing }: Unlocked): UnlockedReply {
  const key = { staffId, computerId: house.computer.id, signingKey: signing.publicKey };
  return {
    staffId: StaffId.parse(staffId),
    signingKey: signing.publicKey,
    registrationProof:
      certificateIfHere(house, person) === null ? signWith(signing, registrationBytes(key)) : null,
  };
}

function knownBy(house: House, email: string): PersonRow | null {
  for (const secret of [house.secrets.present, house.secrets.earlier]) {
    if (secret === null) continue;
    const row = personByEmail(house.store.sqlite, emailHash(secret, email));
    if (row) return row;
  }
  return null;
}
