/** Electron's `BrowserWindow`: a real window of Chromium, with the state that Electron answers at once. */
import { openWindow } from '../chromium/windows.ts';
import { app } from './app.ts';
import { BaseWindow } from './base-window.ts';
import type { WindowApi } from './browser-window-api.ts';
import { guardDestroyed, makeEvent } from './honest.ts';
import { machine } from './machine.ts';
import { readPreload } from './preload.ts';
import { session as sessions, type Session } from './session.ts';
import { WebContents } from './web-contents.ts';

const living = new Map<number, BrowserWindow>();
let lastId = 0;

export class BrowserWindow extends BaseWindow implements WindowApi {
  readonly id: number;
  #contents: WebContents;
  #closing = false;
  #shownOnce = false;
  #preloadPath: string | null;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    super(options);
    this.id = ++lastId;
    living.set(this.id, this);
    const preferences = options.webPreferences ?? {};
    this.#preloadPath = preferences.preload ?? null;
    this.#contents = new WebContents(
      sessionOf(preferences),
      this.#ownerOfContents(),
      this.#preloadPath,
    );
    app.emit('browser-window-created', makeEvent({}), this);
    void this.#open();
  }

  static getAllWindows(): BrowserWindow[] {
    return [...living.values()];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return [...living.values()].find((window) => window.isFocused()) ?? null;
  }

  static fromId(id: number): BrowserWindow | null {
    return living.get(id) ?? null;
  }

  static fromWebContents(contents: unknown): BrowserWindow | null {
    return [...living.values()].find((window) => window.#contents === contents) ?? null;
  }

  get webContents(): WebContents {
    return this.#contents;
  }

  loadURL(url: string): Promise<void> {
    return this.#contents.loadURL(url);
  }

  reload(): void {
    this.#contents.reload();
  }

  close(): void {
    if (this.#closing) return;
    const event = makeEvent({});
    this.emit('close', event);
    if (this.isGone) return;
    if (event.defaultPrevented) {
      app.quitRefused();
      return;
    }
    const page = this.#contents.page;
    if (!page) {
      this.destroy();
      return;
    }
    // The page is asked; it goes away by itself, or stays because of beforeunload.
    this.#closing = true;
    page.send('Page.close').catch(() => this.destroy());
  }

  /** `closed` is emitted during the call, the contents go a task later, and nothing asks the page. */
  destroy(): void {
    if (this.isGone) return;
    this.takeAway();
    const contents = this.#contents;
    setImmediate(() => contents.destroy());
    living.delete(this.id);
    this.isGone = true;
    this.emit('closed', makeEvent({}));
    if (living.size === 0) app.allWindowsClosed();
  }

  async #open(): Promise<void> {
    const window = {
      title: this.shownTitle,
      visible: this.isVisible(),
      onTitle: (title: string) => this.#contents.titleFromWindow(title),
      onFocus: (focused: boolean) => this.focusChanged(focused),
      onBounds: (bounds: Electron.Rectangle) => this.toldBounds(bounds),
    };
    const { chromium, ...rest } = machine();
    try {
      const opened = await openWindow(
        { devTools: chromium.devTools, ...rest },
        window,
        this.placement.bounds,
        readPreload(this.#preloadPath),
        this.#contents.pageEvents,
      );
      this.#contents.attach(opened.page, opened.tabId);
      if (this.isGone) return;
      this.hasOpened(opened);
    } catch (error) {
      // Chromium ends while the program quits.
      if (!this.isGone) console.error(error);
    }
  }

  #ownerOfContents(): ConstructorParameters<typeof WebContents>[1] {
    return {
      readyToShow: () => {
        if (this.isGone || this.#shownOnce) return;
        this.#shownOnce = true;
        this.emit('ready-to-show', makeEvent({}));
      },
      titleUpdated: (title) => {
        const event = makeEvent({});
        this.#contents.emit('page-title-updated', event, title, true);
        if (this.isGone) return;
        this.emit('page-title-updated', event, title, true);
        if (this.isGone) return;
        // Chromium has written the page's title by itself: kept out by writing the old one again.
        this.setTitle(event.defaultPrevented ? this.shownTitle : title);
      },
      pageGone: () => this.destroy(),
      closeRequested: (waitForBeforeUnload) =>
        waitForBeforeUnload ? this.close() : this.destroy(),
      refusedToClose: () => {
        this.#closing = false;
        app.quitRefused();
      },
      focus: () => this.focus(),
      isFocused: () => !this.isGone && this.isFocused(),
    };
  }
}

guardDestroyed(BrowserWindow.prototype, ['id', 'destroy']);

app.setWindows(() => BrowserWindow.getAllWindows());

function sessionOf(preferences: Electron.WebPreferences): Session {
  if (preferences.session) return preferences.session as unknown as Session;
  return preferences.partition === undefined
    ? sessions.defaultSession
    : sessions.fromPartition(preferences.partition);
}
