/** Electron's `app`: the life of the program from start to end. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CommandLine } from './command-line.ts';
import { clone, honest, HonestEmitter, makeEvent } from './honest.ts';
import { stopMachine } from './machine.ts';
import { Paths } from './paths.ts';
import { SingleInstance } from './single-instance.ts';

type AppApi = Pick<
  Electron.App,
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'requestSingleInstanceLock'
  | 'hasSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'setPath'
  | 'getPath'
  | 'getAppPath'
  | 'getVersion'
  | 'getName'
  | 'setName'
  | 'name'
  | 'isPackaged'
  | 'enableSandbox'
  | 'setAppUserModelId'
  | 'focus'
  | 'getLocale'
  | 'disableHardwareAcceleration'
  | 'setLoginItemSettings'
  | 'getLoginItemSettings'
>;

const events = [
  'will-finish-launching',
  'ready',
  'window-all-closed',
  'second-instance',
  'web-contents-created',
  'session-created',
  'before-quit',
  'will-quit',
  'quit',
  'activate',
  'browser-window-created',
  'browser-window-focus',
  'browser-window-blur',
  'child-process-gone',
  'render-process-gone',
  'certificate-error',
  'open-file',
  'open-url',
  'continue-activity',
];

/** What quitting needs to know of windows; BrowserWindow gives it, so that app need not import it. */
export interface OpenWindow {
  close(): void;
  destroy(): void;
  focus(): void;
}

class App extends HonestEmitter implements AppApi {
  readonly isPackaged = false;
  readonly commandLine = new CommandLine();
  #ready = Promise.withResolvers<void>();
  #isReady = false;
  #name = 'Electron';
  #version = process.versions['electron'] ?? '';
  #appPath = '';
  #paths = new Paths(() => this.#name);
  #instance = new SingleInstance();
  #quitting = false;
  #ended = false;
  #windows: () => OpenWindow[] = () => [];
  #loginItem: Electron.Settings = {};

  constructor() {
    super('app', events);
  }

  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = name;
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  quit(): void {
    const event = makeEvent({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) {
      this.#quitting = false;
      return;
    }
    this.#quitting = true;
    const windows = this.#windows();
    if (windows.length === 0) this.#endUnlessPrevented();
    else for (const window of windows) window.close();
  }

  exit(code = 0): void {
    this.#quitting = true;
    for (const window of this.#windows()) window.destroy();
    this.#end(code);
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    const letter = {
      argv: process.argv,
      workingDirectory: process.cwd(),
      additionalData: clone(additionalData),
    };
    return this.#instance.request(this.getPath('userData'), letter, (received) => {
      void this.#ready.promise.then(() => {
        const argv = reorder(received.argv);
        const { workingDirectory, additionalData: data } = received;
        this.emit('second-instance', makeEvent({}), argv, workingDirectory, data);
      });
    });
  }

  hasSingleInstanceLock(): boolean {
    return this.#instance.has();
  }

  releaseSingleInstanceLock(): void {
    this.#instance.release();
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    return this.#paths.get(name);
  }

  getAppPath(): string {
    return this.#appPath;
  }

  getVersion(): string {
    return this.#version;
  }

  getName(): string {
    return this.#name;
  }

  setName(name: string): void {
    this.#name = name;
  }

  enableSandbox(): void {
    if (this.#isReady)
      throw new Error('app.enableSandbox() can only be called before app is ready');
  }

  disableHardwareAcceleration(): void {
    if (this.#isReady)
      throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
  }

  setAppUserModelId(): void {}

  /** Remembered and never done: a test must not make the computer start anything. */
  setLoginItemSettings(settings: Electron.Settings): void {
    this.#loginItem = { ...settings };
  }

  getLoginItemSettings(
    options: Electron.LoginItemSettingsOptions = {},
  ): Electron.LoginItemSettings {
    const { openAtLogin = false, args = [] } = this.#loginItem;
    // Windows compares the arguments: those that were set have to be given again.
    const isSame = JSON.stringify(args) === JSON.stringify(options.args ?? []);
    return honest('LoginItemSettings', {
      openAtLogin: openAtLogin && isSame,
      wasOpenedAtLogin: false,
      executableWillLaunchAtLogin: openAtLogin,
      launchItems: [],
      status: openAtLogin ? 'enabled' : 'not-registered',
    });
  }

  focus(): void {
    this.#windows()[0]?.focus();
  }

  getLocale(): string {
    if (!this.#isReady) throw new Error('app.getLocale() can only be called after app is ready');
    return 'en-GB';
  }

  /** For the launcher: the folder's package.json names the program, a bare file has no name. */
  prepare(args: readonly string[], folder: string, isFolder: boolean): void {
    this.#appPath = folder;
    this.commandLine.read(args);
    if (isFolder) {
      const described = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        name?: string;
        productName?: string;
        version?: string;
      };
      this.#name = described.productName ?? described.name ?? this.#name;
      this.#version = described.version ?? this.#version;
    }
    const userData = this.commandLine.getSwitchValue('user-data-dir');
    if (userData !== '') this.#paths.set('userData', userData);
  }

  /** For the launcher, once main has been read and Chromium answers. */
  becomeReady(): void {
    // Electron deletes this folder, left over from WebSQL, at each start.
    rmSync(join(this.getPath('sessionData'), 'databases'), { recursive: true, force: true });
    this.#isReady = true;
    this.emit('will-finish-launching');
    this.emit('ready', makeEvent({}), {});
    this.#ready.resolve();
  }

  /** For BrowserWindow. */
  setWindows(windows: () => OpenWindow[]): void {
    this.#windows = windows;
  }

  /** For BrowserWindow, when the last one has gone. */
  allWindowsClosed(): void {
    if (this.#quitting) this.#endUnlessPrevented();
    else if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }

  /** For BrowserWindow: a window that refused to close stops the quitting. */
  quitRefused(): void {
    this.#quitting = false;
  }

  #endUnlessPrevented(): void {
    if (this.#ended) return;
    const event = makeEvent({});
    this.emit('will-quit', event);
    if (event.defaultPrevented) this.#quitting = false;
    else this.#end(0);
  }

  #end(code: number): void {
    if (this.#ended) return;
    this.#ended = true;
    this.emit('quit', makeEvent({}), code);
    void stopMachine().finally(() => {
      this.#instance.release();
      exitProcess(code);
    });
  }
}

/** Kept, as `process.exit` becomes `app.exit` in the main process. */
const exitProcess = process.exit.bind(process);

/** Chromium puts switches first: whoever relies on the order is found out. */
function reorder(argv: readonly string[]): string[] {
  const [executable = '', ...rest] = argv;
  return [
    executable,
    ...rest.filter((argument) => argument.startsWith('-')),
    ...rest.filter((argument) => !argument.startsWith('-')),
  ];
}

export const app = new App();
