/** Tells a page to save at once and waits for its word, but not for long: it may be hanging. */

export const SAVE_WITHIN_MS = 1_500;

/** What a page says of all that was typed in it: on the disk, or not; `silent`: nothing in time. */
export type Said = 'saved' | 'not-saved' | 'silent';

export class Saving {
  readonly #tell: () => boolean;
  readonly #withinMs: number;
  #asked: PromiseWithResolvers<Said> | null = null;

  /** `tell` answers whether there is a page to be told. */
  constructor(tell: () => boolean, withinMs = SAVE_WITHIN_MS) {
    this.#tell = tell;
    this.#withinMs = withinMs;
  }

  /** What is saved now is saved for the last time: the disk's reserve is for it (R79). */
  get isAsking(): boolean {
    return this.#asked !== null;
  }

  async ask(withinMs = this.#withinMs): Promise<Said> {
    const asked = (this.#asked ??= Promise.withResolvers<Said>());
    if (!this.#tell()) asked.resolve('silent');
    const late = setTimeout(() => asked.resolve('silent'), withinMs);
    const said = await asked.promise;
    clearTimeout(late);
    if (this.#asked === asked) this.#asked = null;
    return said;
  }

  answered(isAllSaved: boolean): void {
    this.#asked?.resolve(isAllSaved ? 'saved' : 'not-saved');
  }
}
