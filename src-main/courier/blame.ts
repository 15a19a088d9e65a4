/**
 * Tells an item that is at fault itself from a way that is closed: whatever fails while others come
 * through waits by itself, ever longer, and the others go on (R84). In memory alone, by a clock that
 * only goes forward: it is a guess, and another start of the program may guess anew.
 */
import type { SubmissionId } from '../../src-shared/contract/submission.ts';
import type { WaitingItem } from '../../src-shared/vault.ts';
import { waitOfBlamed } from './next-up.ts';

interface Underway {
  readonly since: number;
  /** Something else has come through since. */
  othersCameThrough: boolean;
}

export class Blame {
  readonly #clock: () => number;
  readonly #random: () => number;
  readonly #underway = new Map<SubmissionId, Underway>();
  /** When they failed last, while nothing else had come through yet. */
  readonly #suspects = new Map<SubmissionId, number>();
  readonly #blamed = new Map<SubmissionId, { readonly times: number; readonly until: number }>();

  constructor(clock: () => number, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  begins(id: SubmissionId): void {
    this.#underway.set(id, { since: this.#clock(), othersCameThrough: false });
  }

  ends(id: SubmissionId): void {
    this.#underway.delete(id);
  }

  /** The school answered for this item: what failed while it was on its way did so by itself. */
  cameThrough(id: SubmissionId): void {
    const since = this.#underway.get(id)?.since ?? this.#clock();
    this.#blamed.delete(id);
    this.#suspects.delete(id);
    for (const [other, underway] of this.#underway) {
      if (other !== id) underway.othersCameThrough = true;
    }
    for (const [suspect, failedAt] of this.#suspects) {
      if (failedAt >= since) this.#blameIt(suspect);
    }
    this.#suspects.clear();
  }

  /** It failed as if the way were closed. Answers whether that is known to be its own fault. */
  failed(id: SubmissionId): boolean {
    if (this.#underway.get(id)?.othersCameThrough === true) {
      this.#blameIt(id);
      return true;
    }
    this.#suspects.set(id, this.#clock());
    return false;
  }

  /** The item with the time before which it is not to be tried; `now` by the wall clock. */
  delayed(item: WaitingItem, now: number): WaitingItem {
    const waitMs = (this.#blamed.get(item.id)?.until ?? 0) - this.#clock();
    if (waitMs <= 0) return item;
    const nextTryAt = new Date(Math.max(Date.parse(item.nextTryAt), now + waitMs)).toISOString();
    return { ...item, nextTryAt };
  }

  #blameIt(id: SubmissionId): void {
    const times = this.#blamed.get(id)?.times ?? 0;
    const until = this.#clock() + waitOfBlamed(times, this.#random);
    this.#blamed.set(id, { times: times + 1, until });
  }
}
