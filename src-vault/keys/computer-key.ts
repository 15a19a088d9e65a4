/** The computer's own Ed25519 key (R42), wrapped with the device secret. */
import sodium from 'libsodium-wrappers-sumo';
import { derive, lockUnder, openUnder, signingPair, type SigningPair } from '../crypto.ts';
import type { Store } from '../store/open.ts';
import type { DeviceSecret, DeviceSecrets } from './device-secret.ts';
import {
  computerKeys,
  deleteComputerKey,
  hasKeyUnder,
  insertComputerKey,
  rewrapComputerKey,
} from './rows.ts';

const INFO = 'computer-key/v1';

/** Reads the key, or makes one where no device secret that is here opens one. */
export function readComputerKey(
  store: Store,
  computerId: string,
  { present, earlier }: DeviceSecrets,
): SigningPair {
  const belonging = ['meadowlark computer key 1', computerId];
  const isOf = (id: Uint8Array, one: DeviceSecret): boolean => sodium.memcmp(id, one.id);
  for (const row of computerKeys(store.sqlite, computerId)) {
    const by = [present, earlier].find((one) => one !== null && isOf(row.secret_id, one));
    if (!by) continue;
    const seed = openUnder(derive(by.secret, INFO), row.wrapped, belonging);
    if (seed === null) continue;
    // One that was made while the keychain was away was never the school's: it gives way.
    for (const { id } of others(by, present, earlier)) {
      if (hasKeyUnder(store.sqlite, computerId, id)) {
        store.write(() => deleteComputerKey(store.sqlite, computerId, id));
      }
    }
    if (by !== present) {
      const wrapped = lockUnder(derive(present.secret, INFO), seed, belonging);
      store.write(() =>
        rewrapComputerKey(store.sqlite, { key: row.key, secret_id: present.id, wrapped }),
      );
    }
    return signingPair(seed);
  }
  const seed = sodium.randombytes_buf(sodium.crypto_sign_SEEDBYTES);
  const wrapped = lockUnder(derive(present.secret, INFO), seed, belonging);
  const row = { computer_id: computerId, secret_id: present.id, wrapped };
  store.write(() => insertComputerKey(store.sqlite, row));
  return signingPair(seed);
}

function others(by: DeviceSecret, ...all: readonly (DeviceSecret | null)[]): DeviceSecret[] {
  return all.filter((one): one is DeviceSecret => one !== null && one !== by);
}
