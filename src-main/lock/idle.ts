/**
 * Notices that nobody has used the program for a while. Real input in its own windows counts, by
 * a clock that only goes forward; a computer that slept shows in the wall clock instead (R81).
 */

export interface IdleParts {
  readonly limitMs: number;
  /** Milliseconds that only go forward; may stand still while the computer sleeps. */
  readonly clock: () => number;
  /** The wall clock in milliseconds. */
  readonly now: () => number;
  readonly onIdle: () => void;
}

/** To be looked at every few seconds: `EVERY_MS`. */
export const EVERY_MS = 2_000;

export class IdleWatch {
  readonly #parts: IdleParts;
  #inputAt: number;
  #lookedAt: number;

  constructor(parts: IdleParts) {
    this.#parts = parts;
    this.#inputAt = parts.clock();
    this.#lookedAt = parts.now();
  }

  /** Looks first: whoever wakes a computer that slept may be somebody else. */
  noteInput(): void {
    this.look();
    this.#inputAt = this.#parts.clock();
  }

  /** Calls `onIdle` where the limit has passed, and begins to count anew. */
  look(): void {
    const { limitMs, clock, now, onIdle } = this.#parts;
    const wall = now();
    // Timers do not run in sleep: a gap between two looks is time that nobody spent here.
    const hasSlept = wall - this.#lookedAt >= limitMs;
    this.#lookedAt = wall;
    if (clock() - this.#inputAt < limitMs && !hasSlept) return;
    this.#inputAt = clock();
    onIdle();
  }
}
