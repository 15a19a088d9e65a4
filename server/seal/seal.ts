/**
 * The school's seal: opens what was sealed to the school, checks who signed it, and seals to a key
 * that somebody made for one answer. Nothing here knows what is inside.
 */
import { createHash, createPrivateKey } from 'node:crypto';
import sodium from 'libsodium-wrappers-sumo';

/** The keys as the house knows them. */
export interface Seal {
  /** The school's public sealing keys, newest first, as they are in its folder at this moment. */
  publicKeys(): readonly [string, ...string[]];
  /** What was sealed to any of the school's keys; null where none of them opens it. */
  open(sealed: Uint8Array, keyId: string | null): Uint8Array | null;
  /** Whether the school's own signing key signed these bytes. */
  isOurs(bytes: Uint8Array, signature: string): boolean;
}

interface SealingPair {
  readonly id: string;
  readonly publicKey: string;
  readonly privateBytes: Uint8Array;
}

/** Before anything else here is called. */
export const sealIsReady: Promise<void> = sodium.ready;

/**
 * `readPrivateKeys` answers with the sealing keys (PKCS #8 PEM, X25519), newest first. It is asked
 * again where an item names a key that was not known: `rotate-keys` needs no restart.
 */
export function makeSeal(parts: {
  readonly readPrivateKeys: () => readonly string[];
  /** Ed25519, 32 bytes in base64. */
  readonly signingKey: string;
}): Seal {
  const read = () => {
    const pairs = parts.readPrivateKeys().map(sealingPair);
    const [newest, ...older] = pairs;
    if (newest === undefined) throw new Error('The school has no sealing key.');
    return [newest, ...older] as const;
  };
  let pairs = read();
  return {
    publicKeys: () => {
      pairs = read();
      const [newest, ...older] = pairs;
      return [newest.publicKey, ...older.map(({ publicKey }) => publicKey)];
    },
    open: (sealed, keyId) => {
      if (keyId !== null && !pairs.some(({ id }) => id === keyId)) pairs = read();
      // The one that is named first; a wrong name must not cost what another one opens.
      const inOrder = pairs.toSorted((one, other) => rank(other, keyId) - rank(one, keyId));
      for (const pair of inOrder) {
        const opened = openWith(pair, sealed);
        if (opened !== null) return opened;
      }
      return null;
    },
    isOurs: (bytes, signature) => isSignedBy(parts.signingKey, bytes, signature),
  };
}

/** Whether the Ed25519 key (base64) made this signature (base64). Keys of small order never did. */
export function isSignedBy(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  try {
    return sodium.crypto_sign_verify_detached(fromBase64(signature), bytes, fromBase64(publicKey));
  } catch {
    return false;
  }
}

/** An anonymous sealed box to an X25519 key (base64); null where that is no such key. */
export function sealTo(recipient: string, bytes: Uint8Array): Uint8Array | null {
  try {
    return sodium.crypto_box_seal(bytes, fromBase64(recipient));
  } catch {
    return null;
  }
}

/** The contract's name of a sealing key: the first 16 hex digits of its SHA-256. */
export function sealingKeyId(publicKey: string): string {
  return sha256Hex(fromBase64(publicKey)).slice(0, 16);
}

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function openWith({ publicKey, privateBytes }: SealingPair, sealed: Uint8Array): Uint8Array | null {
  try {
    return sodium.crypto_box_seal_open(sealed, fromBase64(publicKey), privateBytes);
  } catch {
    return null;
  }
}

function rank(pair: SealingPair, keyId: string | null): number {
  return pair.id === keyId ? 1 : 0;
}

function sealingPair(privateKeyPem: string): SealingPair {
  const jwk = createPrivateKey(privateKeyPem).export({ format: 'jwk' });
  const publicKey = Buffer.from(jwk.x ?? '', 'base64url').toString('base64');
  const privateBytes = new Uint8Array(Buffer.from(jwk.d ?? '', 'base64url'));
  return { id: sealingKeyId(publicKey), publicKey, privateBytes };
}
