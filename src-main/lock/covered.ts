/**
 * Pages that were locked before all that was typed in them was on the disk. Each is out of sight,
 * refused everything but saving, and asked to save again and again; nobody but the person whose it
 * is ever brings it back.
 */
import type { SessionHere } from '../../src-shared/bridge.ts';
import type { Said } from './saving.ts';

/** Between two tries: a disk that was full, or a file that a virus scanner held, takes it then. */
export const TRY_EVERY_MS = 5_000;
/** A page that hangs is waited for so often, each time for as long as `save` does; then it is ended. */
export const SILENT_AT_MOST = 4;

/** How a window stood that another one takes the place of. */
export interface Stand {
  readonly isMinimized: boolean;
  /** A window that comes up over another program would catch what is typed there. */
  readonly isFocused: boolean;
}

/** One page, as the window's side of it is (windows/page-host.ts). */
export interface CoveredPage {
  /** How its window stood. */
  readonly stand: Stand;
  /** Its process has died, and what was typed with it. */
  readonly isGone: () => boolean;
  readonly save: () => Promise<Said>;
  readonly end: () => Promise<void>;
  /** Shows it again in the place of the page that is shown, and tells it the session. */
  readonly bringBack: (session: SessionHere) => Promise<void>;
}

/** Whose text it is: of the person who is locked out, or of somebody who did not sign in. */
export type CoveredOf = 'person' | 'concern';

export interface CoveredParts {
  /** Calls back after so many milliseconds. */
  readonly after: (milliseconds: number, run: () => void) => void;
  /** The page has gone: all of it is on the disk now, or the page could not be saved any more. */
  readonly onEnded: (of: CoveredOf, isSaved: boolean) => Promise<void>;
}

export class CoveredPages {
  readonly #parts: CoveredParts;
  readonly #pages = new Map<CoveredPage, CoveredOf>();
  /** While the person's password is being looked at, their page is not ended under their hands. */
  #isHeld = false;

  constructor(parts: CoveredParts) {
    this.#parts = parts;
  }

  /** Something is in this program's memory alone. */
  get isAny(): boolean {
    return this.#pages.size > 0;
  }

  /** The page of the person who is locked out, where it had to be covered. */
  get ofPerson(): CoveredPage | null {
    return [...this.#pages].find(([, of]) => of === 'person')?.[0] ?? null;
  }

  add(page: CoveredPage, of: CoveredOf): void {
    this.#pages.set(page, of);
    // A disk that is only slow has taken it in a moment.
    this.#tryLater(page, 0, 0);
  }

  /** Nothing is ended while `work` runs. */
  async holding<T>(work: () => Promise<T>): Promise<T> {
    this.#isHeld = true;
    try {
      return await work();
    } finally {
      this.#isHeld = false;
    }
  }

  async bringBack(page: CoveredPage, session: SessionHere): Promise<void> {
    this.#pages.delete(page);
    await page.bringBack(session);
  }

  /** Ends one, or all, whatever is in them. */
  async end(only?: CoveredPage): Promise<void> {
    const pages = only === undefined ? [...this.#pages.keys()] : [only];
    for (const page of pages) this.#pages.delete(page);
    await Promise.all(pages.map((page) => page.end()));
  }

  #tryLater(page: CoveredPage, silences: number, milliseconds = TRY_EVERY_MS): void {
    this.#parts.after(milliseconds, () => void this.#try(page, silences));
  }

  async #try(page: CoveredPage, silences: number): Promise<void> {
    if (!this.#pages.has(page)) return;
    const said = this.#isHeld || page.isGone() ? 'silent' : await page.save();
    const of = this.#pages.get(page);
    if (of === undefined) return;
    const isSilent = said === 'silent' && !this.#isHeld;
    const isOver = page.isGone() || (isSilent && silences + 1 >= SILENT_AT_MOST);
    if (this.#isHeld || (said !== 'saved' && !isOver)) {
      this.#tryLater(page, isSilent ? silences + 1 : 0);
      return;
    }
    await this.end(page);
    await this.#parts.onEnded(of, said === 'saved');
  }
}
