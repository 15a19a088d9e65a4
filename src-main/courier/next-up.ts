/**
 * What the courier carries next, and what follows from how it went. Pure: it knows neither the
 * server nor a timer. Urgent first, then oldest; an item that is refused waits by itself, a way
 * that is closed makes all of them wait.
 */
import type { Answer, ErrorCode } from '../../src-shared/contract/errors.ts';
import type { Receipt, SubmissionId } from '../../src-shared/contract/submission.ts';
import { CONCERN_LEFT_ALONE_MS } from '../../src-shared/vault.ts';
import type { WaitingItem } from '../../src-shared/vault.ts';

/** Carried at the same time (R84). */
export const MOST_AT_ONCE = 3;
/** What takes longer than this gives up its place to another, and goes on beside it. */
export const SLOW_MS = 5_000;
/** On their way at all; the connections to the server are for the pages too. */
export const MOST_UNDERWAY = 6;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** The courier looks at its list at least this often: a timer does not run while a computer sleeps. */
const LOOK_AT_LEAST_MS = 60_000;

export interface Outlook {
  readonly items: readonly WaitingItem[];
  /** On their way at this moment. */
  readonly carrying: ReadonlySet<SubmissionId>;
  /** How many of those have been on their way for `SLOW_MS`. */
  readonly slow: number;
  /** How often in a row the way was found closed; 0 while it is open. */
  readonly misses: number;
  /** Milliseconds until the way is tried again; 0 or less: now. */
  readonly pauseMs: number;
}

export interface NextUp {
  readonly carry: readonly SubmissionId[];
  /** Milliseconds until it is worth looking again; null where nothing waits. */
  readonly lookAgainMs: number | null;
}

/** `now` by the wall clock in milliseconds, as the items' times are. */
export function nextUp(outlook: Outlook, now: number): NextUp {
  const { items, carrying, slow, misses, pauseMs } = outlook;
  const left = items.filter(({ id }) => !carrying.has(id));
  if (left.length === 0) return { carry: [], lookAgainMs: null };
  if (pauseMs > 0) return { carry: [], lookAgainMs: Math.min(pauseMs, LOOK_AT_LEAST_MS) };
  const waits = left.map((item) => ({ item, ms: waitOf(item, now) }));
  // A way that was closed is tried with one item, and not always with the same: it may be the reason.
  const isProbing = misses > 0;
  const brisk = carrying.size - slow;
  const free = isProbing ? Number(brisk === 0) : MOST_AT_ONCE - brisk;
  const places = Math.max(0, Math.min(free, MOST_UNDERWAY - carrying.size));
  const due = waits
    .filter(({ ms }) => ms <= 0)
    .map(({ item }) => item)
    .toSorted((a, b) => (isProbing ? a.tries - b.tries : 0) || inOrder(a, b));
  const later = waits.filter(({ ms }) => ms > 0).map(({ ms }) => ms);
  // Those on their way may turn out to be slow.
  const placesMs = due.length > places ? [SLOW_MS] : [];
  return {
    carry: due.slice(0, places).map(({ id }) => id),
    lookAgainMs: Math.min(LOOK_AT_LEAST_MS, ...later, ...placesMs),
  };
}

function inOrder(a: WaitingItem, b: WaitingItem): number {
  return (
    Number(b.isUrgent) - Number(a.isUrgent) ||
    Date.parse(a.queuedAt) - Date.parse(b.queuedAt) ||
    (a.id < b.id ? -1 : 1)
  );
}

/** No item is ever set to wait longer than a concern is left alone: more means that the clock was put back. */
function waitOf(item: WaitingItem, now: number): number {
  const ms = Date.parse(item.nextTryAt) - now;
  return ms > CONCERN_LEFT_ALONE_MS + LOOK_AT_LEAST_MS ? 0 : ms;
}

/** Twice as long each time, from 1 s to 5 min, half of it by chance. `before`: how many there were. */
export function waitAfter(before: number, random: () => number): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(before, 20));
  return Math.round(full / 2 + (full / 2) * random());
}

export type Outcome =
  | { readonly is: 'receipt'; readonly receipt: Receipt }
  | { readonly is: 'differs' }
  /** The item is tried again after `itemMs`; where `pauseMs` is not null the way is closed so long. */
  | {
      readonly is: 'again';
      readonly problem: ErrorCode;
      readonly itemMs: number;
      readonly pauseMs: number | null;
    };

/** Of an item that fails while others come through, after so many times of that in a row. */
export function waitOfBlamed(times: number, random: () => number): number {
  // Not five minutes: the line may be at fault after all, and is to be drained soon after it heals.
  return Math.min(BLAMED_LONGEST_MS, waitAfter(times, random));
}
const BLAMED_LONGEST_MS = 30_000;

/** Of the way, but for an item that fails so while others come through: then it is to blame itself. */
export const MAY_BE_THE_ITEM: readonly ErrorCode[] = [
  'server-unreachable',
  'reply-not-understood',
  'request-too-slow',
];

/** Answers that are about the way and not about the item. */
const OF_THE_WAY: readonly ErrorCode[] = [
  'server-unreachable',
  'server-not-trusted',
  'reply-not-understood',
  'request-too-slow',
  'server-busy',
  'too-many-tries',
];

/** `tries` of this item and `misses` of the way, both before this answer. */
export function outcomeOf(
  answer: Answer<Receipt>,
  { tries, misses }: { readonly tries: number; readonly misses: number },
  random: () => number,
): Outcome {
  if (answer.ok) return { is: 'receipt', receipt: answer.value };
  const { code: problem, waitSeconds } = answer;
  if (problem === 'submission-differs') return { is: 'differs' };
  const itemMs = waitAfter(tries, random);
  if (!OF_THE_WAY.includes(problem)) return { is: 'again', problem, itemMs, pauseMs: null };
  const asked = Math.min((waitSeconds ?? 0) * 1000, LONGEST_WAIT_MS);
  const pauseMs = Math.max(asked, waitAfter(misses, random));
  // Something may answer so for this item alone: it must not be the first again each time.
  return { is: 'again', problem, itemMs: problem === 'reply-not-understood' ? itemMs : 0, pauseMs };
}
