/** Tells the page to save at once and waits for its word, but not for long: it may be hanging. */

export const SAVE_WITHIN_MS = 1_500;

export class Saving {
  readonly #tell: () => boolean;
  readonly #withinMs: number;
  #asked: PromiseWithResolvers<boolean> | null = null;

  /** `tell` answers whether there is a page to be told. */
  constructor(tell: () => boolean, withinMs = SAVE_WITHIN_MS) {
    this.#tell = tell;
    this.#withinMs = withinMs;
  }

  /** Whether the page says that everything typed is on the disk; false where it says nothing in time. */
  async ask(): Promise<boolean> {
    const asked = (this.#asked ??= Promise.withResolvers<boolean>());
    if (!this.#tell()) asked.resolve(false);
    const late = setTimeout(() => asked.resolve(false), this.#withinMs);
    const isAllSaved = await asked.promise;
    clearTimeout(late);
    if (this.#asked === asked) this.#asked = null;
    return isAllSaved;
  }

  answered(isAllSaved: boolean): void {
    this.#asked?.resolve(isAllSaved);
  }
}
