/** The modules of which the program needs a word or two: shell, dialog, Menu. */
import { appendFileSync } from 'node:fs';
import { app } from './app.ts';
import { honest, HonestEmitter } from './honest.ts';

/** Opens nothing, ever. Addresses are kept, and written to a file where a test names one. */
const opened: string[] = [];

export const shell = honest('shell', {
  async openExternal(url: string): Promise<void> {
    opened.push(url);
    const file = process.env['MEADOWLARK_OPENED_EXTERNALLY'];
    if (file) appendFileSync(file, `${url}\n`);
  },
  beep(): void {},
} satisfies Pick<Electron.Shell, 'openExternal' | 'beep'>);

/** Nobody can answer a dialog here: it counts as cancelled. Tests put their own functions in its place. */
export const dialog = honest('dialog', {
  async showOpenDialog(): Promise<Electron.OpenDialogReturnValue> {
    requireReady();
    return { canceled: true, filePaths: [] };
  },
  async showSaveDialog(): Promise<Electron.SaveDialogReturnValue> {
    requireReady();
    return { canceled: true, filePath: '' };
  },
  async showMessageBox(
    window: unknown,
    options: Electron.MessageBoxOptions = window as Electron.MessageBoxOptions,
  ): Promise<Electron.MessageBoxReturnValue> {
    requireReady();
    return { response: options.cancelId ?? 0, checkboxChecked: false };
  },
  showErrorBox(title: string, content: string): void {
    console.error(`${title}\n${content}`);
  },
} satisfies Pick<
  Electron.Dialog,
  'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox'
>);

function requireReady(): void {
  if (!app.isReady()) throw new Error('dialog module can only be used after app is ready');
}

/** Kept and never drawn: there is no menu bar. */
export class Menu extends HonestEmitter {
  static #application: Menu | null = null;
  readonly items: readonly (Electron.MenuItemConstructorOptions | Electron.MenuItem)[];

  constructor(items: readonly (Electron.MenuItemConstructorOptions | Electron.MenuItem)[] = []) {
    super('Menu', ['menu-will-show', 'menu-will-close']);
    this.items = items;
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu;
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }

  static buildFromTemplate(
    template: (Electron.MenuItemConstructorOptions | Electron.MenuItem)[],
  ): Menu {
    if (!Array.isArray(template))
      throw new TypeError('Invalid template for Menu: Menu template must be an array');
    return new Menu(template);
  }

  popup(): void {}
}
