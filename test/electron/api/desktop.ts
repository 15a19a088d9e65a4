/** What the desktop tells: power, idleness, colours, displays. */
import { app } from './app.ts';
import { honest, HonestEmitter } from './honest.ts';
import { machine } from './machine.ts';
import { webContents } from './web-contents.ts';

class PowerMonitor
  extends HonestEmitter
  implements Pick<Electron.PowerMonitor, 'getSystemIdleTime' | 'getSystemIdleState'>
{
  #idleMilliseconds = 0;
  #startedAt = 0;

  /** suspend, resume, lock-screen and unlock-screen are emitted by hand; Linux has no lock events. */
  constructor() {
    super('powerMonitor', [
      'suspend',
      'resume',
      'lock-screen',
      'unlock-screen',
      'shutdown',
      'on-ac',
      'on-battery',
      'user-did-become-active',
      'user-did-resign-active',
      'thermal-state-change',
      'speed-limit-change',
    ]);
  }

  getSystemIdleTime(): number {
    return Math.floor(this.#idleMilliseconds / 1000);
  }

  getSystemIdleState(idleThreshold: number): 'active' | 'idle' | 'locked' | 'unknown' {
    if (!(idleThreshold > 0)) throw new TypeError('Invalid idle threshold, must be greater than 0');
    return this.getSystemIdleTime() >= idleThreshold ? 'idle' : 'active';
  }

  /** For the launcher: reads the X server's count four times a second, as it cannot be asked synchronously. */
  watch(): void {
    const { client, root } = machine().windowManager.connection;
    this.#startedAt = Date.now();
    client.require('screen-saver', (error, screenSaver) => {
      if (error) return;
      setInterval(() => {
        screenSaver.QueryInfo(root, (failed, info) => {
          // A server that stood idle before the start says nothing about the person at the screen.
          if (!failed) this.#idleMilliseconds = Math.min(info.idle, Date.now() - this.#startedAt);
        });
      }, 250).unref();
    });
  }
}

export const powerMonitor = new PowerMonitor();

class NativeTheme
  extends HonestEmitter
  implements Pick<Electron.NativeTheme, 'shouldUseDarkColors' | 'themeSource'>
{
  #source: Electron.NativeTheme['themeSource'] = 'system';

  constructor() {
    super('nativeTheme', ['updated']);
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }

  get shouldUseHighContrastColors(): boolean {
    return false;
  }

  get shouldUseInvertedColorScheme(): boolean {
    return false;
  }

  get prefersReducedTransparency(): boolean {
    return false;
  }

  get themeSource(): Electron.NativeTheme['themeSource'] {
    return this.#source;
  }

  /** While it stays 'system' the pages' colours are left to the test's driver (`emulateMedia`). */
  set themeSource(source) {
    this.#source = source;
    const features = source === 'system' ? [] : [{ name: 'prefers-color-scheme', value: source }];
    for (const contents of webContents.getAllWebContents()) {
      contents.page?.send('Emulation.setEmulatedMedia', { features }).catch(() => {});
    }
    this.emit('updated');
  }
}

export const nativeTheme = new NativeTheme();

class Screen
  extends HonestEmitter
  implements Pick<Electron.Screen, 'getPrimaryDisplay' | 'getAllDisplays'>
{
  constructor() {
    super('screen', ['display-added', 'display-removed', 'display-metrics-changed']);
  }

  getPrimaryDisplay(): Electron.Display {
    requireReady();
    const { width, height } = machine().windowManager.connection.size;
    const bounds = { x: 0, y: 0, width, height };
    const size = { width, height };
    const display = {
      id: 1,
      label: 'screen',
      bounds,
      workArea: { ...bounds },
      size,
      workAreaSize: { ...size },
      scaleFactor: 1,
      rotation: 0,
      internal: false,
    };
    return honest('Display', display) as Electron.Display;
  }

  getAllDisplays(): Electron.Display[] {
    return [this.getPrimaryDisplay()];
  }

  override on(event: string | symbol, listener: (...args: never[]) => void): this {
    requireReady();
    return super.on(event, listener);
  }
}

function requireReady(): void {
  if (!app.isReady())
    throw new Error("The 'screen' module can't be used before the app 'ready' event");
}

export const screen = new Screen();
