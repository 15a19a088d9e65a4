/** What is said of the things that wait: how many, since when, and whether somebody should be told. */
import type { Waiting } from '../../src-shared/bridge.ts';
import type { SubmissionId } from '../../src-shared/contract/submission.ts';
import { DAMAGED, isDamaged, type WaitingItem } from '../../src-shared/vault.ts';

/** From then on the frame says on every page that nobody has been alerted yet. */
export const NOBODY_ALERTED_MS = 10 * 60_000;

/** Ages of items, by whichever of two clocks says more: one of them may have been put back. */
export class Ages {
  readonly #seen = new Map<SubmissionId, number>();

  /** `steady` only goes forward; `now` is the wall clock; both in milliseconds. */
  waitingOf(items: readonly WaitingItem[], steady: number, now: number): Waiting {
    const ids = new Set(items.map(({ id }) => id));
    for (const id of this.#seen.keys()) if (!ids.has(id)) this.#seen.delete(id);
    let oldest = 0;
    // Nothing carries a damaged one, and how old it is may be lost with it.
    const damaged = items.filter(isDamaged);
    for (const { id, queuedAt } of items.filter((item) => !isDamaged(item))) {
      const seen = this.#seen.get(id) ?? steady;
      this.#seen.set(id, seen);
      oldest = Math.max(oldest, steady - seen, now - Date.parse(queuedAt));
    }
    return {
      count: items.length - damaged.length,
      oldestMinutes: Math.floor(oldest / 60_000),
      nobodyAlertedYet:
        oldest >= NOBODY_ALERTED_MS || damaged.some(({ problem }) => problem === DAMAGED),
      damaged: damaged.length,
    };
  }
}
