/**
 * What may be chosen as a password: 12 to 128 characters, and not easily guessed by somebody who
 * knows common passwords, the school and the person (R29). No rules about kinds of characters.
 */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as commonDictionary } from '@zxcvbn-ts/language-common';
import { dictionary as englishDictionary } from '@zxcvbn-ts/language-en';
import type { ErrorCode } from '../../src-shared/contract/errors.ts';
import { LIMITS } from '../../src-shared/contract/values.ts';

/** Of 4, by zxcvbn: "safely unguessable: moderate protection from offline attack". */
const LOWEST_SCORE = 3;

export type PasswordFault = Extract<
  ErrorCode,
  'password-too-short' | 'password-too-long' | 'password-too-easy'
>;

export type Strength = (password: string, contextWords: readonly string[]) => PasswordFault | null;

/** The form in which a password is judged, hashed and compared: the same letters, the same bytes. */
export function normalised(password: string): string {
  return password.normalize('NFC');
}

/** Reads the word lists (a quarter of a second); null from what it makes: the password may be used. */
export function makeStrength(): Strength {
  const estimator = new ZxcvbnFactory({
    dictionary: { ...commonDictionary, ...englishDictionary },
    graphs: adjacencyGraphs,
    maxLength: LIMITS.passwordLongest,
  });
  return (password, contextWords) => {
    const text = normalised(password);
    const characters = [...text].length;
    if (characters < LIMITS.passwordShortest) return 'password-too-short';
    if (characters > LIMITS.passwordLongest) return 'password-too-long';
    const words = contextWords.flatMap(wordsOf);
    if (estimator.check(text, words).score < LOWEST_SCORE) return 'password-too-easy';
    // A password that is a context word with ornaments around it counts for what is left of it.
    const rest = words
      .toSorted((a, b) => b.length - a.length)
      .reduce((left, word) => left.replaceAll(word, ''), text.toLowerCase());
    if (rest.length < text.length && estimator.check(rest, words).score < LOWEST_SCORE - 1) {
      return 'password-too-easy';
    }
    return null;
  };
}

/** "St Mary's, Larkfield" gives st-marys..., larkfield: words of three letters or more, and the whole. */
function wordsOf(text: string): string[] {
  const lower = text.toLowerCase();
  const words = lower.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= 3);
  return [...new Set([...words, words.join('')])].filter((word) => word !== '');
}
