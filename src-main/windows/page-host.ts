/**
 * The program's one window, which is another window after each lock and sign-out: a page that
 * showed somebody's text is never used again, nor its session, nor the process that drew it.
 */
import type { BrowserWindow } from 'electron';
import type { Pages, Stand } from '../lock/lock.ts';
import type { Arrival } from './page-address.ts';

/** A page that hangs is gone from the screen at once; longer than this its end is not waited for. */
const GONE_WITHIN_MS = 3_000;

export interface PageHostParts {
  /** Makes the window; `stand` null for the first one. */
  readonly open: (arrival: Arrival, stand: Stand | null) => BrowserWindow;
  /** Before a window goes that is not asked to close. */
  readonly rememberPlace: (window: BrowserWindow) => void;
  /** The person has closed the window. */
  readonly onClosed: () => void;
}

export class PageHost implements Pages {
  readonly #parts: PageHostParts;
  #window: BrowserWindow | null = null;

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
    const stand = { isMinimized: window.isMinimized(), isFocused: window.isFocused() };
    this.#window = null;
    try {
      this.#parts.rememberPlace(window);
    } finally {
      await destroy(window);
    }
    return stand;
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

/** Resolves when what the page showed has gone. */
async function destroy(window: BrowserWindow): Promise<void> {
  const gone = Promise.withResolvers<void>();
  window.webContents.once('destroyed', () => gone.resolve());
  const late = setTimeout(() => gone.resolve(), GONE_WITHIN_MS);
  window.destroy();
  await gone.promise;
  clearTimeout(late);
}
