/** The strength estimate: its word lists are large, so they come only when a password is chosen. */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as english } from '@zxcvbn-ts/language-en';
import { LIMITS } from '../../src-shared/contract/values.ts';

let estimator: ZxcvbnFactory | null = null;

/** 0 (guessed at once) to 4. `context` holds words that a guesser would try first: school, name, address. */
export function strengthOf(password: string, context: readonly string[]): number {
  estimator ??= new ZxcvbnFactory({
    dictionary: { ...common, ...english },
    graphs: adjacencyGraphs,
    maxLength: LIMITS.passwordLongest,
  });
  return estimator.check(password.normalize('NFC'), wordsOf(context)).score;
}

/** "Larkfield School" gives larkfield and school: words of three letters or more. */
function wordsOf(context: readonly string[]): string[] {
  const words = context
    .join(' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return [...new Set(words.filter((word) => word.length >= 3))];
}
