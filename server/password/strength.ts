/**
 * What may be chosen as a password: 12 to 128 characters, and not easily guessed by somebody who
 * knows common passwords, the school and the person (R29). No rules about kinds of characters.
 */
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import type { ErrorCode } from '../../src-shared/contract/errors.ts';
import { LIMITS } from '../../src-shared/contract/values.ts';

/** Of 4, by zxcvbn: "safely unguessable: moderate protection from offline attack". */
const LOWEST_SCORE = 3;
/**
 * A guesser's tries grow with every part, so a password is as strong as its strongest part at
 * least; the estimator's time grows faster than the length, and it runs on the event loop (R30).
 */
const JUDGED_AT_ONCE = 64;
/** Ways of reading symbols as letters; of its usual hundred, one password can cost seconds. */
const SYMBOL_READINGS = 5;

export type PasswordFault = Extract<
  ErrorCode,
  'password-too-short' | 'password-too-long' | 'password-too-easy'
>;

/** Null: the password may be used. */
export type Strength = (
  password: string,
  contextWords: readonly string[],
) => Promise<PasswordFault | null>;

/** The form in which a password is judged, hashed and compared: the same letters, the same bytes. */
export function normalised(password: string): string {
  return password.normalize('NFC');
}

/** Reads the word lists (a quarter of a second) when they are first needed. */
export function makeStrength(): Strength {
  let loading: Promise<ZxcvbnFactory> | undefined;
  return async (password, contextWords) => {
    loading ??= loadEstimator();
    const estimator = await loading;
    const text = normalised(password);
    const characters = Array.from(text).length;
    if (characters < LIMITS.passwordShortest) return 'password-too-short';
    if (characters > LIMITS.passwordLongest) return 'password-too-long';
    const words = contextWords.flatMap(wordsOf);
    if (scoreOf(estimator, text, words) < LOWEST_SCORE) return 'password-too-easy';
    // A password that is a context word with ornaments around it counts for what is left of it.
    const rest = words
      .toSorted((a, b) => b.length - a.length)
      .reduce((left, word) => left.replaceAll(word, ''), text.toLowerCase());
    if (rest.length < text.length && scoreOf(estimator, rest, words) < LOWEST_SCORE - 1) {
      return 'password-too-easy';
    }
    return null;
  };
}

/** 0 to 4; the best of the text's parts. */
function scoreOf(estimator: ZxcvbnFactory, text: string, words: string[]): number {
  let best = estimator.check(text.slice(0, JUDGED_AT_ONCE), words).score;
  for (let from = JUDGED_AT_ONCE; from < text.length; from += JUDGED_AT_ONCE) {
    const { score } = estimator.check(text.slice(from, from + JUDGED_AT_ONCE), words);
    if (score > best) best = score;
  }
  return best;
}

async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [core, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    maxLength: JUDGED_AT_ONCE,
    l33tMaxSubstitutions: SYMBOL_READINGS,
  });
}

/** "St Mary's, Larkfield" gives mary, larkfield and stmaryslarkfield. */
function wordsOf(text: string): string[] {
  const lower = text.toLowerCase();
  const words = lower.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= 3);
  return [...new Set([...words, words.join('')])].filter((word) => word !== '');
}
