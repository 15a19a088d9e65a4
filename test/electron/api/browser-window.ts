/** Electron's `BrowserWindow`: a real window of Chromium, with the state that Electron answers at once. */
import { openWindow, type OpenedWindow } from '../chromium/windows.ts';
import { app } from './app.ts';
import { guardDestroyed, HonestEmitter, makeEvent } from './honest.ts';
import { machine } from './machine.ts';
import { readPreload } from './preload.ts';
import { session as sessions, type Session } from './session.ts';
import { WebContents } from './web-contents.ts';

type WindowApi = Pick<
  Electron.BrowserWindow,
  | 'loadURL'
  | 'reload'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'focus'
  | 'blur'
  | 'restore'
  | 'minimize'
  | 'isMinimized'
  | 'isVisible'
  | 'isFocused'
  | 'isDestroyed'
  | 'destroy'
  | 'close'
  | 'setTitle'
  | 'getTitle'
  | 'setBounds'
  | 'getBounds'
  | 'setContentBounds'
  | 'getContentBounds'
  | 'setSize'
  | 'getSize'
  | 'setPosition'
  | 'getPosition'
  | 'center'
  | 'moveTop'
  | 'maximize'
  | 'unmaximize'
  | 'isMaximized'
  | 'getNormalBounds'
  | 'setContentProtection'
  | 'isContentProtected'
  | 'setMenu'
  | 'removeMenu'
  | 'setMenuBarVisibility'
  | 'setMinimumSize'
  | 'setBackgroundColor'
  | 'setIcon'
  | 'id'
>;

const events = [
  'ready-to-show',
  'closed',
  'close',
  'page-title-updated',
  'focus',
  'blur',
  'show',
  'hide',
  'resize',
  'resized',
  'move',
  'moved',
  'minimize',
  'restore',
  'unresponsive',
  'responsive',
  'query-session-end',
  'session-end',
  'always-on-top-changed',
  'maximize',
  'unmaximize',
  'enter-full-screen',
  'leave-full-screen',
];

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
  /** The bounds to return to, while the window is maximised. */
  #normalBounds: Electron.Rectangle | null = null;
  #shownOnce = false;
  #preloadPath: string | null;
  #title: string;
  #bounds: Electron.Rectangle;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super('BrowserWindow', events);
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    this.id = ++lastId;
    this.#visible = options.show ?? true;
    this.#title = options.title ?? app.getName();
    this.#bounds = placed(options);
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
    this.#whenOpened(({ xWindow }) => {
      machine().windowManager.raise(xWindow);
      machine().windowManager.focus(xWindow);
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
    if (this.#normalBounds) return;
    const { width, height } = machine().windowManager.connection.size;
    this.#normalBounds = this.getBounds();
    this.#place({ x: 0, y: 0, width, height });
    if (!this.#visible) this.showInactive();
    this.#emitLater('maximize');
  }

  unmaximize(): void {
    if (!this.#normalBounds) return;
    this.#place(this.#normalBounds);
    this.#normalBounds = null;
    this.#emitLater('unmaximize');
  }

  isMaximized(): boolean {
    return this.#normalBounds !== null;
  }

  getNormalBounds(): Electron.Rectangle {
    return { ...(this.#normalBounds ?? this.#bounds) };
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
    this.#normalBounds = null;
    this.#place({ ...this.#bounds, ...bounds });
  }

  getBounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }

  setContentBounds(bounds: Electron.Rectangle): void {
    this.setBounds(bounds);
  }

  getContentBounds(): Electron.Rectangle {
    return this.getBounds();
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getSize(): number[] {
    return [this.#bounds.width, this.#bounds.height];
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  getPosition(): number[] {
    return [this.#bounds.x, this.#bounds.y];
  }

  center(): void {
    const { width, height } = this.#bounds;
    this.setBounds(placed({ width, height }));
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

  #place(bounds: Electron.Rectangle): void {
    const before = this.#bounds;
    this.#bounds = bounds;
    this.#whenOpened(({ xWindow }) => machine().windowManager.setBounds(xWindow, bounds));
    this.#emitBoundsEvents(before);
  }

  async #open(): Promise<void> {
    const window = {
      title: this.#title,
      visible: this.#visible,
      onTitle: (title: string) => this.#contents.titleFromWindow(title),
      onFocus: (focused: boolean) => this.#focusChanged(focused),
      onBounds: (bounds: Electron.Rectangle) => this.#boundsChanged(bounds),
    };
    const { chromium, ...rest } = machine();
    try {
      const opened = await openWindow(
        { devTools: chromium.devTools, ...rest },
        window,
        this.#bounds,
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

  #boundsChanged(bounds: Electron.Rectangle): void {
    if (this.#destroyed || !this.#opened) return;
    const before = this.#bounds;
    this.#bounds = bounds;
    this.#emitBoundsEvents(before);
  }

  #emitBoundsEvents(before: Electron.Rectangle): void {
    const { x, y, width, height } = this.#bounds;
    if (before.x !== x || before.y !== y) this.#emitLater('move');
    if (before.width !== width || before.height !== height) this.#emitLater('resize');
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

/** In the middle of the screen unless told otherwise, 800 × 600 by default. */
function placed(options: Electron.BrowserWindowConstructorOptions): Electron.Rectangle {
  const screen = machine().windowManager.connection.size;
  const { width = 800, height = 600 } = options;
  const x = options.x ?? Math.max(0, Math.round((screen.width - width) / 2));
  const y = options.y ?? Math.max(0, Math.round((screen.height - height) / 2));
  return { x, y, width, height };
}
