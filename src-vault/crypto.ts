/** The few pieces of cryptography that the vault is made of (R22), each in one place. */
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { PADDED_TO_BYTES } from '../src-shared/contract/left.ts';
import sodium from 'libsodium-wrappers-sumo';

const NONCE_BYTES = 24;
export const KEY_BYTES = 32;

const encoder = new TextEncoder();
export const toBytes = (text: string): Uint8Array => encoder.encode(text);
export const toText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
/** A copy of exactly its size: never a view into Node's pool, which others share. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'base64'));
}

/** Authenticated by what it belongs to: lines are joined as the contract's signed bytes are. */
export type Belonging = readonly (string | number)[];
const belongingBytes = (lines: Belonging): Uint8Array => toBytes(lines.join('\n'));

/** XChaCha20-Poly1305: a fresh random nonce of 24 bytes, then the ciphertext. */
export function lockUnder(key: Uint8Array, bytes: Uint8Array, belonging: Belonging): Uint8Array {
  // From the same source as libsodium's, which draws every four bytes of one for themselves.
  const nonce = randomBytes(NONCE_BYTES);
  const locked = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
    bytes,
    belongingBytes(belonging),
    null,
    nonce,
    key,
  );
  const whole = new Uint8Array(NONCE_BYTES + locked.length);
  whole.set(nonce);
  whole.set(locked, NONCE_BYTES);
  return whole;
}

/** Null where the key, the bytes or what they belong to is another. */
export function openUnder(
  key: Uint8Array,
  locked: Uint8Array,
  belonging: Belonging,
): Uint8Array | null {
  if (locked.length < NONCE_BYTES) return null;
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null,
      locked.subarray(NONCE_BYTES),
      belongingBytes(belonging),
      locked.subarray(0, NONCE_BYTES),
      key,
    );
  } catch {
    return null;
  }
}

/** Padded to whole pieces, so that its length says little. */
export function lockText(key: Uint8Array, text: string, belonging: Belonging): Uint8Array {
  return lockUnder(key, sodium.pad(toBytes(text), PADDED_TO_BYTES), belonging);
}

export function openText(key: Uint8Array, locked: Uint8Array, belonging: Belonging): string | null {
  const padded = openUnder(key, locked, belonging);
  return padded === null ? null : toText(sodium.unpad(padded, PADDED_TO_BYTES));
}

/** Keyed BLAKE2b, 16 bytes: tells equal from different to whoever holds the key, to nobody else. */
export function fingerprint(key: Uint8Array, purpose: string, bytes: Uint8Array): Uint8Array {
  const head = toBytes(`${purpose}\n`);
  const whole = new Uint8Array(head.length + bytes.length);
  whole.set(head);
  whole.set(bytes, head.length);
  return sodium.crypto_generichash(16, whole, key);
}

/** HKDF-SHA-256 without a salt, 32 bytes. */
export function derive(key: Uint8Array, info: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), info, KEY_BYTES));
}

export const randomKey = (): Uint8Array => sodium.randombytes_buf(KEY_BYTES);
export const sha256Hex = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');
/** The contract's name of a sealing key: the first 16 hex digits of its SHA-256. */
export const sealingKeyId = (key: string): string => sha256Hex(fromBase64(key)).slice(0, 16);

/** An Ed25519 pair from its seed; the seed is what is wrapped. */
export interface SigningPair {
  readonly seed: Uint8Array;
  readonly publicKey: string;
}
export function signingPair(seed: Uint8Array): SigningPair {
  const { publicKey, privateKey } = sodium.crypto_sign_seed_keypair(seed);
  sodium.memzero(privateKey);
  return { seed, publicKey: toBase64(publicKey) };
}

export function signWith({ seed }: SigningPair, bytes: Uint8Array): string {
  const { privateKey } = sodium.crypto_sign_seed_keypair(seed);
  const signature = sodium.crypto_sign_detached(bytes, privateKey);
  sodium.memzero(privateKey);
  return toBase64(signature);
}

export function isSignedBy(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  try {
    return sodium.crypto_sign_verify_detached(fromBase64(signature), bytes, fromBase64(publicKey));
  } catch {
    return false;
  }
}

/** An anonymous sealed box to the school's X25519 key. */
export function sealTo(sealingKey: string, bytes: Uint8Array): Uint8Array {
  return sodium.crypto_box_seal(bytes, fromBase64(sealingKey));
}

/** Overwrites keys that are done with; what JavaScript copied elsewhere goes with the process. */
export function wipe(...secrets: readonly (Uint8Array | null | undefined)[]): void {
  for (const secret of secrets) if (secret) sodium.memzero(secret);
}
