/** The secrets of a reset: the code that is typed and the token of the link (S1). */
import { createHash } from 'node:crypto';

/** No 0, 1, I, O: nobody mistakes one for another (the contract's ResetCode). */
const CODE_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const CODE_LENGTH = 10;

/** Ten characters, 50 bits; `random` must give uniform bytes. */
export function newCode(random: (length: number) => Uint8Array): string {
  // 32 letters divide 256: every letter is as likely as every other.
  return Array.from(random(CODE_LENGTH), (byte) => CODE_ALPHABET[byte % 32]).join('');
}

/** 32 random bytes, base64url. */
export function newLinkToken(random: (length: number) => Uint8Array): string {
  return Buffer.from(random(32)).toString('base64url');
}

/** A link's token is random enough for a plain digest: nobody can try 2^256 of them. */
export function linkHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
