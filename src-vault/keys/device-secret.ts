/**
 * The device secret D: 32 bytes that tie the store to this computer. In the keychain; where that
 * is missing, denied or silent, in a file that its owner alone can read, and IT is told (R26).
 */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { KEY_BYTES, fingerprint, fromBase64, toBase64, toBytes } from '../crypto.ts';

/** The two calls of keytar that are used. */
export interface Keychain {
  readonly getPassword: (service: string, account: string) => Promise<string | null>;
  readonly setPassword: (service: string, account: string, password: string) => Promise<void>;
}

export interface DeviceSecret {
  readonly secret: Uint8Array;
  /** Names it in records without telling it. */
  readonly id: Uint8Array;
}

export interface DeviceSecrets {
  /** What everything is wrapped with from now on. */
  readonly present: DeviceSecret;
  /** The one of the file, from a time without a keychain: it still opens what it wrapped then. */
  readonly earlier: DeviceSecret | null;
  readonly protection: 'keychain' | 'reduced';
}

const SERVICE = 'Meadowlark';
const FILE = 'device-secret';

/** What the keychain said. */
export interface KeychainAnswer {
  /** Null where it fails in any way. */
  readonly secret: Uint8Array | null;
  /** Under which name it keeps it; null where there is none. */
  readonly account: string | null;
  /** It said nothing in time: it may be locked, and asking somebody to open it. */
  readonly isSilent: boolean;
}

const NONE = { secret: null, account: null } as const;

/**
 * Reads the secret from the keychain, from the first of these accounts that has one, or makes it under
 * the first; never throws, never takes longer.
 */
export async function askKeychain(
  keychain: Keychain,
  accounts: readonly [string, ...string[]],
  milliseconds: number,
): Promise<KeychainAnswer> {
  const late = Promise.withResolvers<KeychainAnswer>();
  const timer = setTimeout(() => late.resolve({ ...NONE, isSilent: true }), milliseconds);
  const asked = readKeychain(keychain, accounts).then((found) => ({ ...found, isSilent: false }));
  const answer = await Promise.race([asked, late.promise]);
  clearTimeout(timer);
  return answer;
}

/**
 * The secret of the keychain, else of the file, which is made where there is none. Throws a disk
 * failure if that cannot be written.
 */
export function readDeviceSecrets(
  folder: string,
  fromKeychain: Pick<KeychainAnswer, 'secret'>,
): DeviceSecrets {
  const file = join(folder, FILE);
  if (fromKeychain.secret !== null) {
    const earlier = readFileIfPossible(file);
    return {
      present: named(fromKeychain.secret),
      earlier: earlier && named(earlier),
      protection: 'keychain',
    };
  }
  const fromFile = readFile(file);
  return {
    present: named(fromFile ?? makeFile(file)),
    earlier: null,
    protection: 'reduced',
  };
}

/** Once nothing is wrapped with it any more. */
export function forgetFileSecret(folder: string): void {
  rmSync(join(folder, FILE), { force: true });
}

/** Null where the keychain fails in any way; a secret is used only once it can be read back. */
async function readKeychain(
  keychain: Keychain,
  accounts: readonly [string, ...string[]],
): Promise<Pick<KeychainAnswer, 'secret' | 'account'>> {
  try {
    for (const account of accounts) {
      // oxlint-disable-next-line no-await-in-loop -- the second is asked only where the first has none
      const found = await keychain.getPassword(SERVICE, account);
      if (found !== null) return { secret: asSecret(found), account };
    }
    const [account] = accounts;
    const made = toBase64(randomBytes(KEY_BYTES));
    await keychain.setPassword(SERVICE, account, made);
    const isKept = (await keychain.getPassword(SERVICE, account)) === made;
    return isKept ? { secret: asSecret(made), account } : NONE;
  } catch {
    return NONE;
  }
}

/** It only helps where the keychain answers: what cannot be read is as none, and stays where it is. */
function readFileIfPossible(file: string): Uint8Array | null {
  try {
    return readFile(file);
  } catch {
    return null;
  }
}

/** Null where there is none. One of another owner is not taken, and not destroyed either. */
function readFile(file: string): Uint8Array | null {
  const about = statSync(file, { throwIfNoEntry: false });
  // A folder or a pipe under that name holds no secret, and reading a pipe would never end.
  if (about === undefined || !about.isFile()) return null;
  if (process.getuid !== undefined) {
    if (about.uid !== process.getuid()) {
      keepAside(file, 'of-another-owner');
      return null;
    }
    // Somebody opened it to others, or a restore did: close it again, it is still the only key.
    if ((about.mode & 0o077) !== 0) chmodSync(file, 0o600);
  }
  return asSecret(readFileSync(file, 'utf8'));
}

/** Under a name that nothing has: `-of-another-owner`, then `-of-another-owner-2` and so on. */
function keepAside(file: string, why: string): void {
  for (let number = 1; ; number += 1) {
    const aside = `${file}-${why}${number === 1 ? '' : `-${number}`}`;
    try {
      // Taken first, so that the renaming can only replace what was made here and is empty.
      if (statSync(file).isDirectory()) mkdirSync(aside, 0o700);
      else closeSync(openSync(aside, 'wx', 0o600));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') continue;
      throw error;
    }
    renameSync(file, aside);
    return;
  }
}

/** Made whole or not at all: written, flushed, and only then used. */
function makeFile(file: string): Uint8Array {
  // What holds no secret that can be read may still be mended by hand: it could be the only key.
  if (statSync(file, { throwIfNoEntry: false })) keepAside(file, 'not-whole');
  const secret = randomBytes(KEY_BYTES);
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeSync(descriptor, toBase64(secret));
    fsyncSync(descriptor);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  return Uint8Array.from(secret);
}

function asSecret(text: string): Uint8Array | null {
  const bytes = fromBase64(text);
  return bytes.length === KEY_BYTES && toBase64(bytes) === text ? bytes : null;
}

function named(secret: Uint8Array): DeviceSecret {
  return { secret, id: fingerprint(secret, 'device-secret-id', toBytes('')) };
}
