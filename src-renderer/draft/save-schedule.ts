/** When a form is saved: 400 ms after the last key, at the latest 2 s after the first (architecture.md). */

export const AFTER_LAST_KEY_MS = 400;
export const AT_THE_LATEST_MS = 2_000;
/** After a save that failed: again and again, for as long as the page lives. */
export const TRY_AGAIN_MS = 2_000;

/** What was typed and is not on the disk: since when, and when the last key came (milliseconds). */
export interface Unsaved {
  readonly firstAt: number;
  readonly lastAt: number;
}

/** A key at `now`, on top of what was not saved before it. */
export function typed(before: Unsaved | null, now: number): Unsaved {
  return { firstAt: before?.firstAt ?? now, lastAt: now };
}

export function dueAt({ firstAt, lastAt }: Unsaved): number {
  return Math.min(lastAt + AFTER_LAST_KEY_MS, firstAt + AT_THE_LATEST_MS);
}
