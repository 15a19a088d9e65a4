/**
 * Which computer of the school this is, and its own Ed25519 key (R42), wrapped with the device
 * secret. Each device secret has one: where the secret is lost the key is too, and the school would
 * not take another key under the same id. So each key has an id of its own, made with it.
 */
import sodium from 'libsodium-wrappers-sumo';
import { derive, lockUnder, openUnder, signingPair, type SigningPair } from '../crypto.ts';
import type { Store } from '../store/open.ts';
import type { DeviceSecret, DeviceSecrets } from './device-secret.ts';
import {
  computerKeys,
  deleteComputerKey,
  insertComputerKey,
  rewrapComputerKey,
  type ComputerKeyRow,
} from './rows.ts';

const INFO = 'computer-key/v1';

export interface Identity {
  /** The id under which the school knows this computer, or is to know it. */
  readonly id: string;
  readonly key: SigningPair;
}

/** Reads it, or makes it where no device secret that is here opens one. */
export function readIdentity(store: Store, newId: () => string, secrets: DeviceSecrets): Identity {
  const { present, earlier } = secrets;
  const rows = computerKeys(store.sqlite);
  const own = firstThatOpens(rows, present);
  if (own !== null) return identityOf(own);
  const before = earlier === null ? null : firstThatOpens(rows, earlier);
  if (before !== null) {
    // The keychain is there now: what was made without it needs the file no more.
    const row = wrappedFor(present, before.row.computer_id, before.seed);
    store.write(() => {
      deleteComputerKey(store.sqlite, row.computer_id, present.id);
      rewrapComputerKey(store.sqlite, { ...row, key: before.row.key });
    });
    return identityOf(before);
  }
  const seed = sodium.randombytes_buf(sodium.crypto_sign_SEEDBYTES);
  const row = wrappedFor(present, newId(), seed);
  store.write(() => insertComputerKey(store.sqlite, row));
  return { id: row.computer_id, key: signingPair(seed) };
}

interface Opened {
  readonly row: ComputerKeyRow;
  readonly seed: Uint8Array;
}

function firstThatOpens(rows: readonly ComputerKeyRow[], secret: DeviceSecret): Opened | null {
  for (const row of rows) {
    if (!sodium.memcmp(row.secret_id, secret.id)) continue;
    const seed = openUnder(derive(secret.secret, INFO), row.wrapped, belonging(row.computer_id));
    if (seed !== null) return { row, seed };
  }
  return null;
}

const identityOf = ({ row, seed }: Opened): Identity => ({
  id: row.computer_id,
  key: signingPair(seed),
});

function wrappedFor(secret: DeviceSecret, computerId: string, seed: Uint8Array) {
  const wrapped = lockUnder(derive(secret.secret, INFO), seed, belonging(computerId));
  return { computer_id: computerId, secret_id: secret.id, wrapped };
}

const belonging = (computerId: string): string[] => ['meadowlark computer key 1', computerId];
