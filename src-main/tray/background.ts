/**
 * Decides whether the program goes on without a window: while anything waits to be sent, and no
 * longer. Started hidden, it also hears what the school has to say before it ends (courier/rounds.ts).
 */
import type { Courier } from '../courier/courier.ts';
import type { Rounds } from '../courier/rounds.ts';
import type { Lock } from '../lock/lock.ts';

/** A program that was started out of sight and cannot reach the school ends after this long. */
export const HIDDEN_AT_MOST_MS = 10 * 60_000;

export interface BackgroundParts {
  /** Null until there is a school file. */
  readonly school: () => {
    readonly courier: Pick<Courier, 'waiting' | 'isKnown' | 'wake'>;
    readonly rounds: Pick<Rounds, 'isDone'>;
    readonly lock: Pick<Lock, 'end'>;
  } | null;
  readonly hasWindow: () => boolean;
  /** The program is ending: it was asked about, or the system said so. */
  readonly isQuitting: () => boolean;
  readonly icon: { show(): void; hide(): void; refresh(): void; sayStaying(): Promise<void> };
  readonly quit: () => void;
  /** Milliseconds that only go forward. */
  readonly clock: () => number;
}

export class Background {
  readonly #parts: BackgroundParts;
  /** Since when it runs without a window that it never had. */
  #hiddenSince: number | null = null;

  constructor(parts: BackgroundParts) {
    this.#parts = parts;
  }

  /** The program was started without a window. */
  startHidden(): void {
    this.#hiddenSince = this.#parts.clock();
    if (this.#parts.school() === null) this.#parts.quit();
  }

  /** The person closed the window: they are signed out, and what waits is carried on. */
  async windowClosed(): Promise<void> {
    const { school, icon, quit, hasWindow, isQuitting } = this.#parts;
    const here = school();
    if (isQuitting()) {
      await here?.lock.end(false);
      quit();
      return;
    }
    await here?.courier.wake();
    const waits = here !== null && here.courier.waiting.count > 0;
    await here?.lock.end(waits);
    if (hasWindow()) return;
    if (!waits) {
      quit();
      return;
    }
    icon.show();
    await icon.sayStaying();
  }

  windowOpened(): void {
    this.#hiddenSince = null;
    this.#parts.icon.hide();
  }

  /** To be looked at when what waits has become another, and every minute. */
  look(): void {
    const { school, icon, quit, hasWindow, clock } = this.#parts;
    const here = school();
    if (hasWindow() || here === null) return;
    if (here.courier.waiting.count > 0) {
      icon.show();
      return;
    }
    if (!here.courier.isKnown) return;
    const isOwed = this.#hiddenSince !== null && !here.rounds.isDone;
    const isLate = clock() - (this.#hiddenSince ?? 0) > HIDDEN_AT_MOST_MS;
    if (!isOwed || isLate) quit();
  }
}
