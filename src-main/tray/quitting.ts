/**
 * Whether the program may end. Quitting over entries that wait is asked about, whichever way it is
 * asked for: the icon's menu, and on macOS Cmd+Q and the Dock.
 */
import type { Waiting } from '../../src-shared/bridge.ts';

export interface QuittingParts {
  readonly waiting: () => Waiting;
  /** Asks the person; answers whether to quit. */
  readonly ask: (waiting: Waiting) => Promise<boolean>;
  /** Begins to quit: `beforeQuit` is called again. */
  readonly quit: () => void;
}

export class Quitting {
  readonly #parts: QuittingParts;
  #isAgreed = false;
  #isAsking = false;
  #isUnderWay = false;

  constructor(parts: QuittingParts) {
    this.#parts = parts;
  }

  /** The program is ending: a window that closes now closes with it, and nothing is said of staying. */
  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  /** The icon's menu: asks first, where there is something to ask. */
  want(): void {
    if (this.#parts.waiting().count === 0) this.#parts.quit();
    else void this.#askOnce();
  }

  /** Electron is about to quit, whoever wanted it. */
  beforeQuit(event: { preventDefault(): void }): void {
    if (this.#isAgreed || this.#parts.waiting().count === 0) {
      this.#isUnderWay = true;
      return;
    }
    event.preventDefault();
    void this.#askOnce();
  }

  /** Not asked any more: the person, or the computer that shuts down, has decided. */
  agree(): void {
    this.#isAgreed = true;
  }

  /** The person went back to a text that is not submitted: the program goes on. */
  stayed(): void {
    this.#isAgreed = false;
    this.#isUnderWay = false;
  }

  async #askOnce(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      if (!(await this.#parts.ask(this.#parts.waiting()))) return;
    } finally {
      this.#isAsking = false;
    }
    this.agree();
    this.#parts.quit();
  }
}
