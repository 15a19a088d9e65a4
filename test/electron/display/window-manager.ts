/**
 * The window manager of the stand-in's display. Chromium asks it before each map, resize or raise,
 * so a window made with `show: false` never flashes and windows that a page opens are never seen.
 * Where another manager is present (a person's desktop) it only gives hints to that one.
 */
import { eventMask, type WindowChanges, type XEvent } from 'x11';
import { Connection } from './connection.ts';

export interface ManagedWindow {
  id: number;
  title: string;
  visible: boolean;
  /** Chromium has written the page's title; `title` is written back unless it is set anew. */
  onTitle(title: string): void;
  onFocus(focused: boolean): void;
  onBounds(bounds: Electron.Rectangle): void;
}

interface Expectation {
  window: Omit<ManagedWindow, 'id'>;
  resolve(id: number): void;
}

const atoms = [
  'WM_CLASS',
  'WM_NAME',
  'WM_STATE',
  '_NET_WM_NAME',
  '_NET_WM_STATE',
  '_NET_WM_STATE_HIDDEN',
  '_NET_ACTIVE_WINDOW',
  '_NET_SUPPORTED',
  '_NET_SUPPORTING_WM_CHECK',
  'UTF8_STRING',
  'STRING',
  'ATOM',
  'WINDOW',
  'WM_CHANGE_STATE',
] as const;

export class WindowManager {
  readonly connection: Connection;
  /** False where another window manager has the display. */
  readonly isManager: boolean;
  #windows = new Map<number, ManagedWindow>();
  #expected: Expectation | null = null;
  /** The X client that our Chromium is, once its first window has come. */
  #chromium: number | null = null;
  /** Windows by when they had the keyboard last, the present one first. */
  #focusOrder: number[] = [];

  private constructor(connection: Connection, isManager: boolean) {
    this.connection = connection;
    this.isManager = isManager;
    connection.onEvent((event) => this.#receive(event));
  }

  static async open(display: string): Promise<WindowManager> {
    const connection = await Connection.open(display, atoms);
    const notify = eventMask.SubstructureNotify | eventMask.StructureNotify;
    const isManager = await connection.select(
      connection.root,
      eventMask.SubstructureRedirect | notify,
    );
    if (!isManager) await connection.select(connection.root, notify);
    return new WindowManager(connection, isManager);
  }

  /** The next window that the window opener makes; one at a time, as nothing else tells them apart. */
  expect(window: Omit<ManagedWindow, 'id'>): Promise<number> {
    return new Promise((resolve) => {
      this.#expected = { window, resolve };
    });
  }

  setVisible(id: number, visible: boolean): void {
    const window = this.#windows.get(id);
    if (!window) return;
    window.visible = visible;
    this.connection.setNumbers(id, 'WM_STATE', 'WM_STATE', [visible ? 1 : 0, 0]);
    if (visible) this.connection.client.MapWindow(id);
    else {
      this.connection.client.UnmapWindow(id);
      this.#passFocusOn(id);
    }
  }

  /** Minimises, which without a panel means: no longer on the screen, and hidden for its page. */
  setMinimized(id: number, minimized: boolean): void {
    if (!this.isManager) {
      if (minimized) this.#askRoot(id, 'WM_CHANGE_STATE', [3]);
      else this.#askRoot(id, '_NET_ACTIVE_WINDOW', [1]);
      return;
    }
    this.connection.setNumbers(
      id,
      '_NET_WM_STATE',
      'ATOM',
      minimized ? [this.connection.atom('_NET_WM_STATE_HIDDEN')] : [],
    );
    this.setVisible(id, !minimized);
    this.connection.setNumbers(id, 'WM_STATE', 'WM_STATE', [minimized ? 3 : 1, 0]);
  }

  setTitle(id: number, title: string): void {
    const window = this.#windows.get(id);
    if (!window) return;
    window.title = title;
    this.#writeTitle(window);
  }

  setBounds(id: number, bounds: WindowChanges): void {
    this.connection.client.ConfigureWindow(id, bounds);
  }

  raise(id: number): void {
    this.connection.client.ConfigureWindow(id, { stackMode: 0 });
  }

  /** Gives the keyboard to a window that is shown. */
  focus(id: number): void {
    if (!this.isManager) this.#askRoot(id, '_NET_ACTIVE_WINDOW', [1]);
    this.connection.client.SetInputFocus(id, 1);
  }

  /** Takes the keyboard from every window. */
  blur(): void {
    this.connection.client.SetInputFocus(this.connection.root, 1);
  }

  forget(id: number): void {
    this.#windows.delete(id);
    this.#passFocusOn(id);
  }

  close(): void {
    this.connection.client.terminate();
  }

  #receive(event: XEvent): void {
    switch (event.name) {
      case 'CreateNotify':
        if (!this.isManager && this.#expected && !event.overrideRedirect)
          void this.#adopt(event.wid);
        break;
      case 'MapRequest':
        void this.#mapRequested(event.wid);
        break;
      case 'ConfigureRequest':
        this.connection.client.ConfigureWindow(event.wid, requestedChanges(event));
        break;
      case 'ConfigureNotify':
        this.#windows.get(event.wid)?.onBounds({
          x: event.x ?? 0,
          y: event.y ?? 0,
          width: event.width ?? 0,
          height: event.height ?? 0,
        });
        break;
      case 'PropertyNotify':
        if (event.atom === this.connection.atom('_NET_WM_NAME')) void this.#keepTitle(event.wid);
        break;
      case 'FocusIn':
      case 'FocusOut':
        // Details 2 and 5 to 7: the focus moved inside the window, or lies under the pointer only.
        if (
          event.mode === 0 &&
          (event.detail === 0 || event.detail === 1 || event.detail === 3 || event.detail === 4)
        ) {
          this.#focusChanged(event.wid, event.name === 'FocusIn');
        }
        break;
      case 'DestroyNotify':
        this.forget(event.wid);
        break;
    }
  }

  #focusChanged(id: number, focused: boolean): void {
    if (!this.#windows.has(id)) return;
    if (focused) this.#focusOrder = [id, ...this.#focusOrder.filter((other) => other !== id)];
    this.#windows.get(id)?.onFocus(focused);
  }

  /** The keyboard of a window that goes belongs to the one that had it before, as on any desktop. */
  #passFocusOn(id: number): void {
    if (!this.isManager || this.#focusOrder[0] !== id) return;
    this.#focusOrder.shift();
    const next = this.#focusOrder.find((other) => this.#windows.get(other)?.visible);
    if (next !== undefined) this.focus(next);
  }

  async #mapRequested(id: number): Promise<void> {
    const known = this.#windows.get(id);
    if (known) {
      if (known.visible) this.connection.client.MapWindow(id);
      return;
    }
    // A window of our Chromium that nobody asked for was opened by a page: it stays unseen. Those
    // of other programs on this display are mapped as by any window manager.
    const isOurs = await this.#adopt(id);
    if (!isOurs && !this.#isOfOurChromium(id)) this.connection.client.MapWindow(id);
  }

  #isOfOurChromium(id: number): boolean {
    return this.#chromium !== null && clientOf(id) === this.#chromium;
  }

  /** Takes the window if it is the expected one. */
  async #adopt(id: number): Promise<boolean> {
    const expected = this.#expected;
    if (!expected || (this.#chromium !== null && !this.#isOfOurChromium(id))) return false;
    const classes = await this.#classOf(id);
    if (this.#expected !== expected || !classes.startsWith('crx_')) return false;
    this.#expected = null;
    this.#chromium = clientOf(id);
    const window: ManagedWindow = { ...expected.window, id };
    this.#windows.set(id, window);
    await this.connection.select(
      id,
      eventMask.PropertyChange | eventMask.FocusChange | eventMask.StructureNotify,
    );
    this.#writeTitle(window);
    if (window.visible || !this.isManager) this.setVisible(id, window.visible);
    expected.resolve(id);
    return true;
  }

  /** At its creation, which is all that we see under another manager, a window has no class yet. */
  async #classOf(id: number): Promise<string> {
    for (let attempt = 0; ; attempt += 1) {
      const text = await this.connection.text(id, 'WM_CLASS');
      if (text !== '' || this.isManager || attempt === 100) return text;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async #keepTitle(id: number): Promise<void> {
    const window = this.#windows.get(id);
    if (!window) return;
    const text = await this.connection.text(id, '_NET_WM_NAME');
    if (text === window.title) return;
    this.#writeTitle(window);
    window.onTitle(text);
  }

  #writeTitle(window: ManagedWindow): void {
    this.connection.setText(window.id, '_NET_WM_NAME', 'UTF8_STRING', window.title);
    this.connection.setText(window.id, 'WM_NAME', 'UTF8_STRING', window.title);
  }

  #askRoot(id: number, message: string, data: number[]): void {
    const { client, root } = this.connection;
    const mask = eventMask.SubstructureRedirect | eventMask.SubstructureNotify;
    client.SendClientMessage(root, id, this.connection.atom(message), 32, data, mask);
  }
}

/** The upper bits of a window's number say which client made it. */
function clientOf(id: number): number {
  return id >>> 21;
}

function requestedChanges(event: XEvent): WindowChanges {
  const mask = Number(event.mask ?? 0);
  const changes: WindowChanges = {};
  if (mask & 1) changes.x = event.x ?? 0;
  if (mask & 2) changes.y = event.y ?? 0;
  if (mask & 4) changes.width = event.width ?? 0;
  if (mask & 8) changes.height = event.height ?? 0;
  if (mask & 16) changes.borderWidth = event.borderWidth ?? 0;
  if (mask & 64) changes.stackMode = event.stackMode ?? 0;
  return changes;
}
