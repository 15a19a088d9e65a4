/** Electron's `BaseWindow`: a window on the screen, with its place, title and focus, whatever is in it. */
import type { OpenedWindow } from '../chromium/windows.ts';
import { app } from './app.ts';
import { windowEvents } from './browser-window-api.ts';
import { guardDestroyed, HonestEmitter, makeEvent } from './honest.ts';
import { machine } from './machine.ts';
import { Placement } from './placement.ts';

export class BaseWindow extends HonestEmitter {
  protected isGone = false;
  protected shownTitle: string;
  protected readonly placement: Placement;
  #opened: OpenedWindow | null = null;
  #afterOpening: ((opened: OpenedWindow) => void)[] = [];
  #visible: boolean;
  #minimized = false;
  #focused = false;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super('BrowserWindow', windowEvents);
    this.#visible = options.show ?? true;
    this.shownTitle = options.title ?? app.getName();
    this.placement = new Placement(options, {
      apply: (bounds) =>
        this.whenOpened(({ xWindow }) => machine().windowManager.setBounds(xWindow, bounds)),
      emit: (name) => this.emitLater(name),
    });
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  show(): void {
    this.showInactive();
    this.focus();
  }

  showInactive(): void {
    const wasVisible = this.#visible;
    this.#visible = true;
    this.#minimized = false;
    this.whenOpened(({ xWindow }) => {
      const { windowManager } = machine();
      windowManager.setVisible(xWindow, true);
      windowManager.raise(xWindow);
    });
    if (!wasVisible) this.emitLater('show');
  }

  hide(): void {
    const wasVisible = this.#visible;
    this.#visible = false;
    this.whenOpened(({ xWindow }) => machine().windowManager.setVisible(xWindow, false));
    if (wasVisible) this.emitLater('hide');
  }

  focus(): void {
    if (!this.#visible) return;
    this.whenOpened(({ xWindow, page }) => {
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
    this.whenOpened(({ xWindow }) => machine().windowManager.setMinimized(xWindow, true));
    this.emitLater('minimize');
  }

  restore(): void {
    if (!this.#minimized) return;
    this.#minimized = false;
    this.whenOpened(({ xWindow }) => machine().windowManager.setMinimized(xWindow, false));
    this.emitLater('restore');
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
    this.placement.maximize();
    if (!this.#visible) this.showInactive();
  }

  unmaximize(): void {
    this.placement.unmaximize();
  }

  isMaximized(): boolean {
    return this.placement.isMaximized;
  }

  getNormalBounds(): Electron.Rectangle {
    return this.placement.normalBounds;
  }

  moveTop(): void {
    this.whenOpened(({ xWindow }) => machine().windowManager.raise(xWindow));
  }

  setTitle(title: string): void {
    this.shownTitle = title;
    this.whenOpened(({ xWindow }) => machine().windowManager.setTitle(xWindow, title));
  }

  getTitle(): string {
    return this.shownTitle;
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.placement.set(bounds);
  }

  getBounds(): Electron.Rectangle {
    return this.placement.bounds;
  }

  // A bare window is its content.
  setContentBounds(bounds: Electron.Rectangle): void {
    this.placement.set(bounds);
  }

  getContentBounds(): Electron.Rectangle {
    return this.placement.bounds;
  }

  setSize(width: number, height: number): void {
    this.placement.set({ width, height });
  }

  getSize(): number[] {
    const { width, height } = this.placement.bounds;
    return [width, height];
  }

  setPosition(x: number, y: number): void {
    this.placement.set({ x, y });
  }

  getPosition(): number[] {
    const { x, y } = this.placement.bounds;
    return [x, y];
  }

  center(): void {
    this.placement.center();
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

  protected whenOpened(task: (opened: OpenedWindow) => void): void {
    if (this.#opened) task(this.#opened);
    else this.#afterOpening.push(task);
  }

  protected emitLater(name: string): void {
    setImmediate(() => {
      if (!this.isGone) this.emit(name, makeEvent({}));
    });
  }

  protected focusChanged(focused: boolean): void {
    if (this.isGone || this.#focused === focused) return;
    this.#focused = focused;
    this.emit(focused ? 'focus' : 'blur', makeEvent({}));
    app.emit(focused ? 'browser-window-focus' : 'browser-window-blur', makeEvent({}), this);
  }

  /** The window is on the screen now: what was asked of it before is done. */
  protected hasOpened(opened: OpenedWindow): void {
    this.#opened = opened;
    for (const task of this.#afterOpening) task(opened);
    machine().windowManager.setTitle(opened.xWindow, this.shownTitle);
    if (this.#visible) this.focus();
  }

  /** Where the X server has put it. */
  protected toldBounds(bounds: Electron.Rectangle): void {
    if (!this.isGone && this.#opened) this.placement.told(bounds);
  }

  /** Takes it off the screen, for ever. */
  protected takeAway(): void {
    if (this.#opened) {
      const { xWindow } = this.#opened;
      machine().windowManager.setVisible(xWindow, false);
      machine().windowManager.forget(xWindow);
    }
    this.#visible = false;
    this.#focused = false;
  }
}

guardDestroyed(BaseWindow.prototype, [
  'whenOpened',
  'emitLater',
  'focusChanged',
  'hasOpened',
  'toldBounds',
  'takeAway',
]);
