/** The icon that is there while the program runs without a window. */
import { Menu, Tray, dialog, nativeImage } from 'electron';
import type { Waiting } from '../../src-shared/bridge.ts';
import { PROGRAM_NAME } from '../windows/window-title.ts';
import { STAYING, quitting, trayTitle } from './words.ts';

/** As large as the areas of Windows and macOS draw one, in points. */
const ICON_SIZE = 16;

export interface TrayParts {
  /** Absolute path of an .ico or .png. */
  readonly icon: string;
  readonly waiting: () => Waiting;
  readonly open: () => void;
  /** Begins to quit; it is asked about on the way (quitting.ts). */
  readonly quit: () => void;
}

export class TrayIcon {
  readonly #parts: TrayParts;
  /** Held: a Tray that nobody refers to vanishes. */
  #tray: Tray | null = null;
  #wasSaid = false;

  constructor(parts: TrayParts) {
    this.#parts = parts;
  }

  show(): void {
    if (this.#tray === null) {
      const image = nativeImage.createFromPath(this.#parts.icon);
      const size = { width: ICON_SIZE, height: ICON_SIZE };
      // Windows' own kind of file holds all its sizes.
      this.#tray = new Tray(this.#parts.icon.endsWith('.ico') ? image : image.resize(size));
      this.#tray.on('click', () => this.#parts.open());
    }
    this.refresh();
  }

  hide(): void {
    this.#tray?.destroy();
    this.#tray = null;
  }

  /** What waits has become another. */
  refresh(): void {
    const { waiting, open, quit } = this.#parts;
    this.#tray?.setToolTip(`${PROGRAM_NAME}: ${trayTitle(waiting())}`);
    this.#tray?.setContextMenu(
      Menu.buildFromTemplate([
        { label: `Open ${PROGRAM_NAME}`, click: open },
        { label: trayTitle(waiting()), enabled: false },
        { type: 'separator' },
        { label: `Quit ${PROGRAM_NAME}`, click: quit },
      ]),
    );
  }

  /** Once for each run of the program: after that people know. */
  async sayStaying(): Promise<void> {
    if (this.#wasSaid) return;
    this.#wasSaid = true;
    await dialog.showMessageBox({
      type: 'info',
      title: PROGRAM_NAME,
      ...STAYING,
      buttons: ['OK'],
      noLink: true,
    });
  }
}

/** Answers whether the person quits although something waits. */
export async function askToQuit(waiting: Waiting): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: PROGRAM_NAME,
    ...quitting(waiting),
    buttons: ['Keep it running', 'Quit'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}
