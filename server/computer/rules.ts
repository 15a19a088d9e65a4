/** The code that enrols a computer: how it is made, typed and compared. */
import { createHash } from 'node:crypto';

const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
/** 100 bits: five in each letter. */
export const CODE_BYTES = 20;

/** "K7QM-2FXD-9PAT-H3WN-6RBE" from 20 random bytes. */
export function codeFrom(bytes: Uint8Array): string {
  const letters = [...bytes.subarray(0, CODE_BYTES)]
    .map((byte) => LETTERS.charAt(byte % LETTERS.length))
    .join('');
  return letters.match(/.{4}/g)?.join('-') ?? letters;
}

/** What the database keeps of a code; case, spaces and dashes do not count. Hex. */
export function codeHash(code: string): string {
  const plain = code.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return createHash('sha256').update(plain).digest('hex');
}
