/**
 * The keys of a school as the running server reads them: its certificate, and the two key pairs
 * that clients know by their public halves.
 */
import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CertificateAndKey } from './authority.ts';

/** What the server needs of its keys while it runs. */
export interface SchoolKeys {
  readonly server: CertificateAndKey;
  /** PEM; null where the server has a public certificate. */
  readonly authority: string | null;
  /** Ed25519, PKCS #8 PEM: signs receipts. */
  readonly signingKey: string;
  /** X25519, PKCS #8 PEM: opens what is sealed to the school. */
  readonly sealingKey: string;
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
    sealingKey: readKeyFile(folder, 'sealing-key.pem'),
  };
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
