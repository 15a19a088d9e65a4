/**
 * The index behind the type-aheads: finds people by any part of any of their names, by class and by
 * year, best match first. Built once for a roster; a keystroke then touches only the few entries
 * that can match, not the whole school.
 */
import { foldName, foldWords, type FoldedName } from './fold.ts';

/** How a person is found. */
export interface Findable {
  /** Each name by itself: forename, surname, what they are called. Found by any part. */
  readonly names: readonly string[];
  /** Names as they are written out in full, in each usual order: only typed whole. */
  readonly fullNames: readonly string[];
  /** Class, year, job title: found by the beginning of any word of them. */
  readonly marks: readonly string[];
}

export interface Found<T> {
  readonly people: readonly T[];
  /** There are more than the limit let through. */
  readonly hasMore: boolean;
}

export interface PeopleIndex<T> {
  readonly size: number;
  /**
   * The best `limit` people for whom every typed word is found, each somewhere, in any order.
   * A word of one letter is found at the beginning of a name or part only. Nothing typed: nobody.
   * Order: whole name, beginning of a name, beginning of another part, inside a name (the sum over
   * the words); within that as the people were given.
   */
  search(typed: string, limit: number, accepts?: (person: T) => boolean): Found<T>;
}

/** How well a word fits a person; smaller is better. */
const WHOLE = 0;
const BEGINS_NAME = 1;
const BEGINS_PART = 2;
const INSIDE = 3;
const NOT_FOUND = 4;

const LONGEST_KEY = 3;

interface Entry<T> {
  readonly person: T;
  readonly names: readonly FoldedName[];
  readonly marks: readonly FoldedName[];
  readonly wholes: ReadonlySet<string>;
}

/** Positions of entries, ascending, by a key of up to three letters. */
type Postings = Map<string, number[]>;

/** Indexes people in the order given, which is the order among equally good matches. */
export function indexPeople<T>(
  people: readonly T[],
  describe: (person: T) => Findable,
): PeopleIndex<T> {
  const entries = people.map((person) => entryOf(person, describe(person)));
  const wholes: Postings = new Map();
  const beginnings: Postings = new Map();
  const insides: Postings = new Map();
  const nameBeginnings = new Set<string>();
  entries.forEach((entry, position) => {
    for (const whole of entry.wholes) post(wholes, whole, position);
    for (const { text, starts } of [...entry.names, ...entry.marks]) {
      for (const start of starts) {
        for (let length = 1; length <= LONGEST_KEY && start + length <= text.length; length += 1) {
          post(beginnings, text.slice(start, start + length), position);
        }
      }
    }
    for (const { text } of entry.names) {
      for (let length = 1; length <= LONGEST_KEY; length += 1) {
        nameBeginnings.add(text.slice(0, length));
      }
      for (let length = 2; length <= LONGEST_KEY; length += 1) {
        for (let start = 0; start + length <= text.length; start += 1) {
          post(insides, text.slice(start, start + length), position);
        }
      }
    }
  });

  /** A list that surely holds everyone in whose entry the word begins a part. */
  function whereBegins(word: string): readonly number[] {
    return beginnings.get(word.slice(0, LONGEST_KEY)) ?? [];
  }

  /** The shortest list that surely holds everyone in one of whose names the word stands. */
  function whereInside(word: string): readonly number[] {
    if (word.length < 2) return [];
    if (word.length <= LONGEST_KEY) return insides.get(word) ?? [];
    let shortest: readonly number[] | undefined;
    for (let start = 0; start + LONGEST_KEY <= word.length; start += 1) {
      const list = insides.get(word.slice(start, start + LONGEST_KEY)) ?? [];
      if (shortest === undefined || list.length < shortest.length) shortest = list;
    }
    return shortest ?? [];
  }

  /** One word: goes through the ranks in order and stops as soon as there is enough. */
  function searchWord(word: string, enough: number, accepts: (person: T) => boolean): T[] {
    const found: T[] = [];
    const take = (positions: readonly number[], fits: (entry: Entry<T>) => boolean) => {
      for (const position of positions) {
        if (found.length >= enough) return;
        const entry = entries[position];
        if (entry !== undefined && fits(entry) && accepts(entry.person)) found.push(entry.person);
      }
    };
    take(wholes.get(word) ?? [], () => true);
    for (const [rank, positions] of [
      [BEGINS_NAME, whereBegins(word)],
      [BEGINS_PART, whereBegins(word)],
      [INSIDE, whereInside(word)],
    ] as const) {
      take(positions, (entry) => !entry.wholes.has(word) && rankOf(entry, word) === rank);
    }
    return found;
  }

  /** Several words: ranks whoever can have all of them, and stops when nobody can be better. */
  function searchWords(
    words: readonly string[],
    enough: number,
    accepts: (person: T) => boolean,
  ): T[] {
    const together = words.join('');
    const best: T[] = [];
    for (const position of wholes.get(together) ?? []) {
      const entry = entries[position];
      if (entry !== undefined && accepts(entry.person)) best.push(entry.person);
    }
    const ranked: { rank: number; position: number; person: T }[] = [];
    const bound = words.reduce((sum, word) => sum + bestRankOf(word), 0);
    let asGoodAsCanBe = best.length;
    for (const position of havingAll(words)) {
      if (asGoodAsCanBe >= enough) break;
      const entry = entries[position];
      if (entry === undefined || entry.wholes.has(together)) continue;
      const rank = rankOfAll(entry, words);
      if (rank === null || !accepts(entry.person)) continue;
      ranked.push({ rank, position, person: entry.person });
      if (rank === bound) asGoodAsCanBe += 1;
    }
    ranked.sort((a, b) => a.rank - b.rank || a.position - b.position);
    return [...best, ...ranked.map(({ person }) => person)].slice(0, enough);
  }

  /** Positions, ascending, of everyone who can have all the words; some of them may not. */
  function havingAll(words: readonly string[]): readonly number[] {
    const lists = words
      .map((word) => merged(whereBegins(word), whereInside(word)))
      .sort((a, b) => a.length - b.length);
    return lists.reduce((all, list) => common(all, list));
  }

  /** No entry can do better with this word. */
  function bestRankOf(word: string): number {
    if (wholes.has(word)) return WHOLE;
    return nameBeginnings.has(word.slice(0, LONGEST_KEY)) ? BEGINS_NAME : BEGINS_PART;
  }

  return {
    size: entries.length,
    search(typed, limit, accepts = () => true) {
      const [word, ...more] = foldWords(typed);
      if (word === undefined) return { people: [], hasMore: false };
      const found =
        more.length === 0
          ? searchWord(word, limit + 1, accepts)
          : searchWords([word, ...more], limit + 1, accepts);
      return { people: found.slice(0, limit), hasMore: found.length > limit };
    },
  };
}

function entryOf<T>(person: T, { names, fullNames, marks }: Findable): Entry<T> {
  const folded = names.map(foldName).filter(({ text }) => text !== '');
  const full = fullNames.map(foldName).filter(({ text }) => text !== '');
  return {
    person,
    names: folded,
    marks: marks.map(foldName).filter(({ text }) => text !== ''),
    wholes: new Set([...folded, ...full].map(({ text }) => text)),
  };
}

function post(postings: Postings, key: string, position: number): void {
  const list = postings.get(key);
  if (list === undefined) postings.set(key, [position]);
  else if (list[list.length - 1] !== position) list.push(position);
}

/** All numbers of two ascending lists, each once, ascending. */
function merged(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const all: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const x = a[i] ?? Infinity;
    const y = b[j] ?? Infinity;
    all.push(Math.min(x, y));
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  return all;
}

/** The numbers that stand in both ascending lists, ascending. */
function common(a: readonly number[], b: readonly number[]): readonly number[] {
  const both: number[] = [];
  let j = 0;
  for (const x of a) {
    while ((b[j] ?? Infinity) < x) j += 1;
    if (b[j] === x) both.push(x);
  }
  return both;
}

/** The sum over the words; null: not all of them are found. */
function rankOfAll<T>(entry: Entry<T>, words: readonly string[]): number | null {
  let sum = 0;
  for (const word of words) {
    const rank = rankOf(entry, word);
    if (rank === NOT_FOUND) return null;
    sum += rank;
  }
  return sum;
}

function rankOf<T>(entry: Entry<T>, word: string): number {
  let best = NOT_FOUND;
  for (const { text, starts } of entry.names) {
    const at = text.indexOf(word);
    if (at === -1) continue;
    if (at === 0) best = Math.min(best, text.length === word.length ? WHOLE : BEGINS_NAME);
    else if (starts.some((start) => text.startsWith(word, start))) {
      best = Math.min(best, BEGINS_PART);
    } else if (word.length > 1) best = Math.min(best, INSIDE);
  }
  if (best <= BEGINS_PART) return best;
  for (const { text, starts } of entry.marks) {
    if (starts.some((start) => text.startsWith(word, start))) return BEGINS_PART;
  }
  return best;
}
