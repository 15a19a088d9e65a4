/**
 * The keys of a school as the running server reads them: its certificate, and the two key pairs
 * that clients know by their public halves.
 */
import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CertificateAndKey } from './authority.ts';

/** What the server needs of its keys while it runs. */
export interface SchoolKeys {
  readonly server: CertificateAndKey;
  /** PEM; null where the server has a public certificate. */
  readonly authority: string | null;
  /** Ed25519, PKCS #8 PEM: signs receipts. */
  readonly signingKey: string;
  /** X25519, PKCS #8 PEM, newest first: each opens what is sealed to the school with it. */
  readonly sealingKeys: readonly [string, ...string[]];
}

/** Reads the keys; throws a sentence where one is missing. */
export function readKeys(folder: string): SchoolKeys {
  return {
    server: {
      certificate: readKeyFile(folder, 'server.pem'),
      key: readKeyFile(folder, 'server-key.pem'),
    },
    authority: existsSync(join(keysIn(folder), 'authority.pem'))
      ? readKeyFile(folder, 'authority.pem')
      : null,
    signingKey: readKeyFile(folder, 'signing-key.pem'),
    sealingKeys: readSealingKeys(folder),
  };
}

const EARLIER = /^sealing-key-(\d+)\.pem$/;

/** Names of the sealing keys that `rotate-keys` has replaced, the one replaced last first. */
export function earlierSealingKeys(folder: string): string[] {
  const numberIn = (name: string) => Number(EARLIER.exec(name)?.[1]);
  return readdirSync(keysIn(folder))
    .filter((name) => EARLIER.test(name))
    .toSorted((one, other) => numberIn(other) - numberIn(one));
}

/** The private sealing keys, newest first; old ones open what was sealed before a rotation. */
export function readSealingKeys(folder: string): [string, ...string[]] {
  return [
    readKeyFile(folder, 'sealing-key.pem'),
    ...earlierSealingKeys(folder).map((name) => readKeyFile(folder, name)),
  ];
}

export const ENROLMENT_CODE_FILE = 'enrolment-code.txt';

/** The code in the school file; null where a school of an earlier version has none yet. */
export function readEnrolmentCode(folder: string): string | null {
  if (!existsSync(join(keysIn(folder), ENROLMENT_CODE_FILE))) return null;
  return readKeyFile(folder, ENROLMENT_CODE_FILE).trim();
}

/** The 32 bytes of a key pair's public half, base64, as the school file carries it. */
export function publicHalf(privateKeyPem: string): string {
  const jwk = createPublicKey(privateKeyPem).export({ format: 'jwk' });
  return Buffer.from(jwk.x ?? '', 'base64url').toString('base64');
}

/** Where the keys are in a school's folder. */
export function keysIn(folder: string): string {
  return join(folder, 'keys');
}

/** One of them; throws a sentence where it cannot be read. */
export function readKeyFile(folder: string, name: string): string {
  const file = join(keysIn(folder), name);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error(`${file} cannot be read. Run the server as the user who ran init.`);
  }
}
