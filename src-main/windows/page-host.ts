/**
 * The program's one window, which is another window after each lock and sign-out: a page that
 * showed somebody's text is never used again, nor its session, nor the process that drew it.
 */
import type { BrowserWindow } from 'electron';
import { tell } from '../bridge/register.ts';
import type { CoveredPage, Stand } from '../lock/covered.ts';
import type { Pages } from '../lock/lock.ts';
import { Saving } from '../lock/saving.ts';
import type { Arrival } from './page-address.ts';

/** A page that hangs is gone from the screen at once; longer than this its end is not waited for. */
const GONE_WITHIN_MS = 3_000;
/** A covered page keeps nobody waiting: the vault may take 5 s for a file that is held (R80). */
const COVERED_SAVE_MS = 15_000;

export interface PageHostParts {
  /** Makes the window; `stand` null for the first one. */
  readonly open: (arrival: Arrival, stand: Stand | null) => BrowserWindow;
  /** Before a window goes that is not asked to close. */
  readonly rememberPlace: (window: BrowserWindow) => void;
  /** The person has closed the window. */
  readonly onClosed: () => void;
}

export interface Covered {
  readonly contents: Electron.WebContents;
  readonly saving: Pick<Saving, 'answered'>;
}

export class PageHost implements Pages {
  readonly #parts: PageHostParts;
  #window: BrowserWindow | null = null;
  /** By their contents' ids. */
  readonly #covered = new Map<number, Covered>();

  constructor(parts: PageHostParts) {
    this.#parts = parts;
  }

  get window(): BrowserWindow | null {
    return this.#window === null || this.#window.isDestroyed() ? null : this.#window;
  }

  get contents(): Electron.WebContents | null {
    return this.window?.webContents ?? null;
  }

  /** Brings the window to the front, or opens one. */
  show(): void {
    const { window } = this;
    if (window === null) {
      this.#open('first', null);
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** destroy() asks no page and runs no handler of it; the contents go a moment later. */
  async end(): Promise<Stand | null> {
    const { window } = this;
    if (window === null) return null;
    const stand = standOf(window);
    this.#window = null;
    try {
      this.#parts.rememberPlace(window);
    } finally {
      await destroy(window);
    }
    return stand;
  }

  /** Out of sight, and no longer the page that is asked or told anything but to save. */
  cover(): CoveredPage | null {
    const { window } = this;
    if (window === null) return null;
    const stand = standOf(window);
    const { webContents: contents } = window;
    const { id } = contents;
    let isGone = false;
    contents.once('render-process-gone', () => (isGone = true));
    window.once('closed', () => this.#covered.delete(id));
    window.hide();
    this.#window = null;
    const saving = new Saving(() => {
      if (window.isDestroyed()) return false;
      tell(contents, 'saveNow', {});
      return true;
    }, COVERED_SAVE_MS);
    this.#covered.set(id, { contents, saving });
    return {
      stand,
      isGone: () => isGone || window.isDestroyed(),
      save: () => saving.ask(),
      end: () => destroy(window),
      bringBack: async (session) => {
        if (window.isDestroyed()) return;
        this.#covered.delete(id);
        await this.end();
        this.#window = window;
        tell(contents, 'cameBack', session);
        // Of all that was told meanwhile it heard nothing.
        tell(contents, 'changed', {});
        this.show();
      },
    };
  }

  /** A page that is out of sight and may save, where the contents of this id are one's. */
  coveredBy(contentsId: number): Covered | null {
    return this.#covered.get(contentsId) ?? null;
  }

  begin(arrival: Arrival, stand: Stand): void {
    this.#open(arrival, stand);
  }

  #open(arrival: Arrival, stand: Stand | null): void {
    const window = this.#parts.open(arrival, stand);
    this.#window = window;
    window.once('closed', () => {
      if (this.#window !== window) return;
      this.#window = null;
      this.#parts.onClosed();
    });
  }
}

function standOf(window: BrowserWindow): Stand {
  return { isMinimized: window.isMinimized(), isFocused: window.isFocused() };
}

/** Resolves when what the page showed has gone. */
async function destroy(window: BrowserWindow): Promise<void> {
  if (window.isDestroyed()) return;
  const gone = Promise.withResolvers<void>();
  window.webContents.once('destroyed', () => gone.resolve());
  const late = setTimeout(() => gone.resolve(), GONE_WITHIN_MS);
  window.destroy();
  await gone.promise;
  clearTimeout(late);
}
