/** Electron's `BrowserWindow`: a real window of Chromium, with the state that Electron answers at once. */
import { openWindow, type OpenedWindow } from '../chromium/windows.ts';
import { app } from './app.ts';
import { windowEvents, type WindowApi } from './browser-window-api.ts';
import { guardDestroyed, HonestEmitter, makeEvent } from './honest.ts';
import { machine } from './machine.ts';
import { Placement } from './placement.ts';
import { readPreload } from './preload.ts';
import { session as sessions, type Session } from './session.ts';
import { WebContents } from './web-contents.ts';

const living = new Map<number, BrowserWindow>();
let lastId = 0;

export class BrowserWindow extends HonestEmitter implements WindowApi {
  readonly id: number;
  #contents: WebContents;
  #opened: OpenedWindow | null = null;
  #afterOpening: ((opened: OpenedWindow) => void)[] = [];
  #destroyed = false;
  #closing = false;
  #visible: boolean;
  #minimized = false;
  #focused = false;
  #placement: Placement;
  #shownOnce = false;
  #preloadPath: string | null;
  #title: string;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super('BrowserWindow', windowEvents);
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    this.id = ++lastId;
    this.#visible = options.show ?? true;
    this.#title = options.title ?? app.getName();
    this.#placement = new Placement(options, {
      apply: (bounds) =>
        this.#whenOpened(({ xWindow }) => machine().windowManager.setBounds(xWindow, bounds)),
      emit: (name) => this.#emitLater(name),
    });
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
    return [...living.values()].find((window) => window.#focused) ?? null;
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

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  show(): void {
    this.showInactive();
    this.focus();
  }

  showInactive(): void {
    const wasVisible = this.#visible;
    this.#visible = true;
    this.#minimized = false;
    this.#whenOpened(({ xWindow }) => {
      const { windowManager } = machine();
      windowManager.setVisible(xWindow, true);
      windowManager.raise(xWindow);
    });
    if (!wasVisible) this.#emitLater('show');
  }

  hide(): void {
    const wasVisible = this.#visible;
    this.#visible = false;
    this.#whenOpened(({ xWindow }) => machine().windowManager.setVisible(xWindow, false));
    if (wasVisible) this.#emitLater('hide');
  }

  focus(): void {
    if (!this.#visible) return;
    this.#whenOpened(({ xWindow, page }) => {
      machine().windowManager.raise(xWindow);
      machine().windowManager.focus(xWindow);
      // The window has the keyboard now; this gives it to the page inside.
      page.send('Page.bringToFront').catch(() => {});
    });
  }

  blur(): void {
    if (this.#focused) machine().windowManager.blur();
  }

  minimize(): void {
    this.#minimized = true;
    this.#whenOpened(({ xWindow }) => machine().windowManager.setMinimized(xWindow, true));
    this.#emitLater('minimize');
  }

  restore(): void {
    if (!this.#minimized) return;
    this.#minimized = false;
    this.#whenOpened(({ xWindow }) => machine().windowManager.setMinimized(xWindow, false));
    this.#emitLater('restore');
    this.focus();
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  isVisible(): boolean {
    return this.#visible && !this.#minimized;
  }

  isFocused(): boolean {
    return this.#focused;
  }

  /** Fills the screen; shows the window too, as Electron does. */
  maximize(): void {
    this.#placement.maximize();
    if (!this.#visible) this.showInactive();
  }

  unmaximize(): void {
    this.#placement.unmaximize();
  }

  isMaximized(): boolean {
    return this.#placement.isMaximized;
  }

  getNormalBounds(): Electron.Rectangle {
    return this.#placement.normalBounds;
  }

  moveTop(): void {
    this.#whenOpened(({ xWindow }) => machine().windowManager.raise(xWindow));
  }

  close(): void {
    if (this.#closing) return;
    const event = makeEvent({});
    this.emit('close', event);
    if (this.#destroyed) return;
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
    if (this.#destroyed) return;
    const { xWindow } = this.#opened ?? {};
    if (xWindow !== undefined) {
      machine().windowManager.setVisible(xWindow, false);
      machine().windowManager.forget(xWindow);
    }
    this.#visible = false;
    this.#focused = false;
    const contents = this.#contents;
    setImmediate(() => contents.destroy());
    living.delete(this.id);
    this.#destroyed = true;
    this.emit('closed', makeEvent({}));
    if (living.size === 0) app.allWindowsClosed();
  }

  setTitle(title: string): void {
    this.#title = title;
    this.#whenOpened(({ xWindow }) => machine().windowManager.setTitle(xWindow, title));
  }

  getTitle(): string {
    return this.#title;
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#placement.set(bounds);
  }

  getBounds(): Electron.Rectangle {
    return this.#placement.bounds;
  }

  // A bare window is its content.
  setContentBounds(bounds: Electron.Rectangle): void {
    this.#placement.set(bounds);
  }

  getContentBounds(): Electron.Rectangle {
    return this.#placement.bounds;
  }

  setSize(width: number, height: number): void {
    this.#placement.set({ width, height });
  }

  getSize(): number[] {
    const { width, height } = this.#placement.bounds;
    return [width, height];
  }

  setPosition(x: number, y: number): void {
    this.#placement.set({ x, y });
  }

  getPosition(): number[] {
    const { x, y } = this.#placement.bounds;
    return [x, y];
  }

  center(): void {
    this.#placement.center();
  }

  // On Linux Electron itself protects nothing and says so.
  setContentProtection(): void {}

  isContentProtected(): boolean {
    return false;
  }

  // A person cannot resize the window, and there is no menu bar: nothing to do.
  setMinimumSize(): void {}

  setMenu(): void {}

  removeMenu(): void {}

  setMenuBarVisibility(): void {}

  setBackgroundColor(): void {}

  setIcon(): void {}

  async #open(): Promise<void> {
    const window = {
      title: this.#title,
      visible: this.#visible,
      onTitle: (title: string) => this.#contents.titleFromWindow(title),
      onFocus: (focused: boolean) => this.#focusChanged(focused),
      onBounds: (bounds: Electron.Rectangle) => {
        if (!this.#destroyed && this.#opened) this.#placement.told(bounds);
      },
    };
    const { chromium, ...rest } = machine();
    try {
      const opened = await openWindow(
        { devTools: chromium.devTools, ...rest },
        window,
        this.#placement.bounds,
        readPreload(this.#preloadPath),
        this.#contents.pageEvents,
      );
      this.#contents.attach(opened.page, opened.tabId);
      if (this.#destroyed) return;
      this.#opened = opened;
      for (const task of this.#afterOpening) task(opened);
      machine().windowManager.setTitle(opened.xWindow, this.#title);
      if (this.#visible) this.focus();
    } catch (error) {
      // Chromium ends while the program quits.
      if (!this.#destroyed) console.error(error);
    }
  }

  #whenOpened(task: (opened: OpenedWindow) => void): void {
    if (this.#opened) task(this.#opened);
    else this.#afterOpening.push(task);
  }

  #emitLater(name: string): void {
    setImmediate(() => {
      if (!this.#destroyed) this.emit(name, makeEvent({}));
    });
  }

  #focusChanged(focused: boolean): void {
    if (this.#destroyed || this.#focused === focused) return;
    this.#focused = focused;
    this.emit(focused ? 'focus' : 'blur', makeEvent({}));
    app.emit(focused ? 'browser-window-focus' : 'browser-window-blur', makeEvent({}), this);
  }

  #ownerOfContents(): ConstructorParameters<typeof WebContents>[1] {
    return {
      readyToShow: () => {
        if (this.#destroyed || this.#shownOnce) return;
        this.#shownOnce = true;
        this.emit('ready-to-show', makeEvent({}));
      },
      titleUpdated: (title) => {
        const event = makeEvent({});
        this.#contents.emit('page-title-updated', event, title, true);
        if (this.#destroyed) return;
        this.emit('page-title-updated', event, title, true);
        if (this.#destroyed) return;
        // Chromium has written the page's title by itself: kept out by writing the old one again.
        this.setTitle(event.defaultPrevented ? this.#title : title);
      },
      pageGone: () => this.destroy(),
      closeRequested: (waitForBeforeUnload) =>
        waitForBeforeUnload ? this.close() : this.destroy(),
      refusedToClose: () => {
        this.#closing = false;
        app.quitRefused();
      },
      focus: () => this.focus(),
      isFocused: () => this.#focused,
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
