/** Makes, wraps and unwraps a person's keys: W1, the signing key and the escrow W2. */
import sodium from 'libsodium-wrappers-sumo';
import { Escrow } from '../../src-shared/contract/key.ts';
import {
  fingerprint,
  lockUnder,
  openUnder,
  randomKey,
  sealTo,
  sealingKeyId,
  signingPair,
  toBase64,
  toBytes,
  wipe,
  type SigningPair,
} from '../crypto.ts';
import type { House } from '../house.ts';
import { deriveWrappingKey, isAcceptable, isBelow, type Cost } from './cost.ts';
import type { DeviceSecret } from './device-secret.ts';
import type { PersonRow } from './rows.ts';

/**
 * The version of how a record is wrapped; one that is not named here is not opened. From 2 on the
 * person's drafts have a ledger (R22): as the version is part of what the keys belong to, nobody can
 * say that there never was one.
 */
const VERSION = 2;
const FIRST_VERSION = 1;
const SALT_BYTES = 16;

export interface Keys {
  readonly draftKey: Uint8Array;
  readonly signing: SigningPair;
}

export function newKeys(): Keys {
  return {
    draftKey: randomKey(),
    signing: signingPair(sodium.randombytes_buf(sodium.crypto_sign_SEEDBYTES)),
  };
}

type Wrapped = Pick<
  PersonRow,
  | 'version'
  | 'email_hash'
  | 'secret_id'
  | 'salt'
  | 'memory_kib'
  | 'passes'
  | 'lanes'
  | 'wrapped_draft_key'
  | 'draft_key_id'
  | 'wrapped_signing_key'
  | 'signing_key'
>;

/** Whether whoever wrapped these keys had begun a ledger of their drafts. */
export const isLedgerOwed = ({ version }: Pick<PersonRow, 'version'>): boolean =>
  version > FIRST_VERSION;

export interface Owner {
  readonly staff_id: string;
  readonly computer_id: string;
  readonly generation: number;
}

/** Wraps under a password, with a fresh salt, at today's cost, with the present device secret. */
export async function wrapKeys(
  house: House,
  of: { owner: Owner; email: string; password: string; keys: Keys },
): Promise<Wrapped> {
  const { keys } = of;
  const own = { ...of.owner, version: VERSION };
  const salt = sodium.randombytes_buf(SALT_BYTES);
  const { present } = house.secrets;
  const wrapping = await deriveWrappingKey({
    password: of.password,
    salt,
    cost: house.cost,
    deviceSecret: present.secret,
  });
  const wrapped = {
    version: VERSION,
    email_hash: emailHash(present, of.email),
    secret_id: present.id,
    salt,
    memory_kib: house.cost.memoryKib,
    passes: house.cost.passes,
    lanes: house.cost.lanes,
    wrapped_draft_key: lockUnder(wrapping, keys.draftKey, belonging('draft key', own)),
    draft_key_id: draftKeyId(keys.draftKey),
    wrapped_signing_key: lockUnder(wrapping, keys.signing.seed, belonging('signing key', own)),
    signing_key: keys.signing.publicKey,
  };
  wipe(wrapping);
  return wrapped;
}

/** Null where the password, the device secret, the person or the computer is another one. */
export async function unwrapKeys(
  house: House,
  row: PersonRow,
  password: string,
): Promise<Keys | null> {
  const secret = secretOf(house, row);
  if (secret === null || !mayBeOpened(house, row)) return null;
  const wrapping = await deriveWrappingKey({
    password,
    salt: row.salt,
    cost: costOf(row),
    deviceSecret: secret.secret,
  });
  const draftKey = openUnder(wrapping, row.wrapped_draft_key, belonging('draft key', row));
  const seed = openUnder(wrapping, row.wrapped_signing_key, belonging('signing key', row));
  wipe(wrapping);
  if (draftKey === null || seed === null) {
    wipe(draftKey, seed);
    return null;
  }
  return { draftKey, signing: signingPair(seed) };
}

/** Whether a password could open this row at all: its device secret is here, its cost acceptable. */
export function mayBeOpened(house: House, row: PersonRow): boolean {
  return (
    (row.version === VERSION || row.version === FIRST_VERSION) &&
    secretOf(house, row) !== null &&
    isAcceptable(costOf(row), house.floor)
  );
}

/** Whether the row is wrapped as it would not be today: a lower cost, an earlier device secret. */
export function isOutdated(house: House, row: PersonRow, email: string): boolean {
  const { present } = house.secrets;
  return (
    row.version !== VERSION ||
    row.computer_id !== house.computer.id ||
    isBelow(costOf(row), house.cost) ||
    !sodium.memcmp(row.secret_id, present.id) ||
    !sodium.memcmp(row.email_hash, emailHash(present, email))
  );
}

/** W2: the draft key for the school's eyes alone, to be given back after a reset. */
export function escrowOf(house: House, owner: Owner, draftKey: Uint8Array) {
  const inside: Escrow = {
    staffId: owner.staff_id as Escrow['staffId'],
    computerId: owner.computer_id,
    draftKey: toBase64(draftKey),
  };
  const bytes = toBytes(JSON.stringify(Escrow.parse(inside)));
  const { sealingKey } = house.school;
  const escrow = sealTo(sealingKey, bytes);
  wipe(bytes);
  return { escrow, escrow_key_id: sealingKeyId(sealingKey) };
}

/** Tells the right draft key from a wrong one, once there is one to ask about: no password oracle. */
export function draftKeyId(draftKey: Uint8Array): Uint8Array {
  return fingerprint(draftKey, 'draft-key-id', toBytes(''));
}

/** How a person is found without their address on the disk. */
export function emailHash({ secret }: DeviceSecret, email: string): Uint8Array {
  return fingerprint(secret, 'email', toBytes(email.trim().toLowerCase().normalize('NFC')));
}

function secretOf({ secrets }: House, row: PersonRow): DeviceSecret | null {
  const all = [secrets.present, secrets.earlier];
  return all.find((one) => one !== null && sodium.memcmp(row.secret_id, one.id)) ?? null;
}

const costOf = (row: PersonRow): Cost => ({
  memoryKib: row.memory_kib,
  passes: row.passes,
  lanes: row.lanes,
});

function belonging(
  what: string,
  { staff_id, computer_id, generation, version }: Owner & Pick<PersonRow, 'version'>,
) {
  return [`meadowlark ${what} ${version}`, staff_id, computer_id, generation];
}
