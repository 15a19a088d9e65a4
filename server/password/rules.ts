/** When a reset dies, and the secrets it is made of (S2). */
import { createHash } from 'node:crypto';

/** R31: so many wrong codes spend a code. */
export const MOST_WRONG_CODES = 10;
/** No 0, 1, I, O: nobody mistakes one for another (the contract's ResetCode). */
const CODE_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const CODE_LENGTH = 10;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The next midnight in `timeZone`: the first moment of its next calendar day, also on the days when
 * clocks change. (Where they change at midnight, the day begins at one o'clock.)
 */
export function midnightAfter(now: Date, timeZone: string): Date {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  const today = day.format(now);
  // The date is still today's at `early` and no longer at `late`; no day is longer than 26 hours.
  let early = now.getTime();
  let late = early + DAY_MS + 2 * 60 * 60 * 1000;
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (day.format(middle) === today) early = middle;
    else late = middle;
  }
  return new Date(late);
}

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
