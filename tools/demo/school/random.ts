/** A small seeded source of randomness (sfc32), so that the same seed makes the same school. */

export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  pick<T>(choices: readonly T[]): T;
  /** `count` different ones, in random order; all of them where there are fewer. */
  some<T>(choices: readonly T[], count: number): T[];
  /** True with this probability. */
  chance(probability: number): boolean;
  /** Picks by weight. */
  weighted<T extends { readonly weight: number }>(choices: readonly T[]): T;
  /** A UUID of version 7 for this moment, from this source. */
  id(at: Date): string;
}

export function seededRandom(seed: number): Random {
  const next = sfc32(0x9e3779b9, 0x243f6a88, 0xb7e15162, seed >>> 0);
  // The first numbers still show the seed's bits.
  for (let round = 0; round < 16; round++) next();
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(choices: readonly T[]): T => {
    const choice = choices[whole(0, choices.length - 1)];
    if (choice === undefined) throw new Error('nothing to pick from');
    return choice;
  };
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => whole(0, 15).toString(16)).join('');
  return {
    next,
    whole,
    pick,
    some(choices, count) {
      const left = [...choices];
      const taken: typeof left = [];
      while (taken.length < count && left.length > 0) {
        taken.push(...left.splice(whole(0, left.length - 1), 1));
      }
      return taken;
    },
    chance: (probability) => next() < probability,
    weighted(choices) {
      let left = next() * choices.reduce((sum, choice) => sum + choice.weight, 0);
      for (const choice of choices) {
        left -= choice.weight;
        if (left < 0) return choice;
      }
      return pick(choices);
    },
    id(at) {
      // A school as old as the largest of the bench has entries from before 1970.
      const time = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`;
    },
  };
}

/** Chris Doty-Humphrey's Small Fast Counting generator, 32 bits, as in PractRand. */
function sfc32(first: number, second: number, third: number, counter: number): () => number {
  let a = first;
  let b = second;
  let c = third;
  let d = counter;
  return () => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
}
