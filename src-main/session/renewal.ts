/**
 * Tells the server of a person's input (R34): the first at once, then at most once a minute, and
 * always the newest too, with how long ago it was: 15 minutes count from there, not from a telling.
 */
import { SESSION_IDLE_SECONDS } from '../../src-shared/contract/session.ts';

/** Real input renews the session at most this often (R34). */
export const RENEW_MS = 60_000;

export interface RenewalParts {
  /** Milliseconds that only go forward; may stand still while the computer sleeps. */
  readonly clock: () => number;
  /** The wall clock in milliseconds, which goes on in sleep. */
  readonly now: () => number;
  /** Runs something once, after so many milliseconds; the answer takes that back. */
  readonly after: (milliseconds: number, run: () => void) => () => void;
  /** Renews by an input of so many milliseconds ago; whether the server heard it. */
  readonly renew: (inputAgoMs: number) => Promise<boolean>;
}

export class Renewal {
  readonly #parts: RenewalParts;
  /** The newest input that the server has not heard of. */
  #input: { readonly clock: number; readonly now: number } | null = null;
  #triedAt: number;
  #isTelling = false;
  #takeBack: (() => void) | null = null;
  #isClosed = false;

  /** The session has just begun: signing in is input too. */
  constructor(parts: RenewalParts) {
    this.#parts = parts;
    this.#triedAt = parts.clock();
  }

  /** Real input happened. Resolves once it was told, where it is told at once. */
  async noteInput(): Promise<void> {
    const { clock, now } = this.#parts;
    this.#input = { clock: clock(), now: now() };
    await this.#tellWhenDue();
  }

  /** Nothing is told any more. */
  close(): void {
    this.#isClosed = true;
    this.#takeBack?.();
  }

  async #tellWhenDue(): Promise<void> {
    const { clock, after } = this.#parts;
    if (this.#isClosed || this.#isTelling || this.#input === null) return;
    const wait = this.#triedAt + RENEW_MS - clock();
    if (wait <= 0) {
      await this.#tell(this.#input);
      return;
    }
    this.#takeBack ??= after(wait, () => {
      this.#takeBack = null;
      void this.#tellWhenDue();
    });
  }

  /** One that was not heard is told a minute later, unless there was a newer one by then. */
  async #tell(input: { readonly clock: number; readonly now: number }): Promise<void> {
    const { clock, now, renew } = this.#parts;
    const ago = Math.max(0, clock() - input.clock, now() - input.now);
    this.#takeBack?.();
    this.#takeBack = null;
    this.#triedAt = clock();
    this.#isTelling = true;
    // By an input of so long ago nothing lives any more.
    const isOver = ago >= SESSION_IDLE_SECONDS * 1000;
    const isHeard = isOver || (await renew(Math.round(ago)));
    this.#isTelling = false;
    if (isHeard && this.#input === input) this.#input = null;
    await this.#tellWhenDue();
  }
}
