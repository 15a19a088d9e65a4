/** What the program says about a new password while it is typed. The server judges (R29); this advises. */
import { LIMITS } from '../../src-shared/contract/values.ts';

export interface Advice {
  readonly tone: 'info' | 'warning' | 'success';
  readonly text: string;
}

export const THREE_WORDS =
  'Three random words are a good password, such as a colour, a tool and an animal. No words about you or the school.';

/** The least estimate that the server accepts, of 0 to 4 (R29). */
export const LEAST_SCORE = 3;

/** How long a password is, as the server counts: code points after NFC. */
export function lengthOf(password: string): number {
  return Array.from(password.normalize('NFC')).length;
}

/** `score` is zxcvbn's, 0 to 4; null while it is not known yet. */
export function adviceOn(password: string, score: number | null): Advice {
  const length = lengthOf(password);
  if (length === 0)
    return { tone: 'info', text: `At least ${LIMITS.passwordShortest} characters.` };
  if (length < LIMITS.passwordShortest) {
    const missing = LIMITS.passwordShortest - length;
    return {
      tone: 'warning',
      text: `${missing} more character${missing === 1 ? '' : 's'} needed.`,
    };
  }
  if (length > LIMITS.passwordLongest) {
    return {
      tone: 'warning',
      text: `${length - LIMITS.passwordLongest} too many: ${LIMITS.passwordLongest} characters are the most.`,
    };
  }
  if (score === null) return { tone: 'info', text: 'Long enough.' };
  return score < LEAST_SCORE
    ? { tone: 'warning', text: 'Long enough, but easy to guess. Add another random word.' }
    : { tone: 'success', text: 'Long enough and hard to guess.' };
}

/** Whether it can be sent at all; what is too easy is the server's to say. */
export function isLengthRight(password: string): boolean {
  const length = lengthOf(password);
  return length >= LIMITS.passwordShortest && length <= LIMITS.passwordLongest;
}
