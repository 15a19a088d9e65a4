/** `Tray` and `nativeImage`: an icon that is kept and never drawn, as there is no area for one. */
import { existsSync } from 'node:fs';
import { app } from './app.ts';
import { honest, HonestEmitter, HonestObject, guardDestroyed } from './honest.ts';
import type { Menu } from './small-modules.ts';

export class NativeImage extends HonestObject implements Pick<Electron.NativeImage, 'isEmpty'> {
  readonly #path: string;

  constructor(path: string) {
    super();
    this.#path = path;
  }

  /** As in Electron, a file that is not there makes an empty image and no error. */
  isEmpty(): boolean {
    return !existsSync(this.#path);
  }

  resize(_options: Electron.ResizeOptions): NativeImage {
    return new NativeImage(this.#path);
  }
}

export const nativeImage = honest('nativeImage', {
  createFromPath: (path: string) => new NativeImage(path),
});

type TrayApi = Pick<Electron.Tray, 'destroy' | 'isDestroyed' | 'setToolTip'>;

export class Tray extends HonestEmitter implements TrayApi {
  /** For tests: those that a person would see. */
  static readonly living = new Set<Tray>();
  #isDestroyed = false;
  /** For tests: Electron gives neither back. */
  toolTip = '';
  menu: Menu | null = null;

  constructor(image: NativeImage | string) {
    super('Tray', ['click', 'right-click', 'double-click', 'balloon-click']);
    if (!app.isReady()) throw new Error('Cannot create Tray before app is ready');
    const isEmpty = typeof image === 'string' ? !existsSync(image) : image.isEmpty();
    if (isEmpty) throw new Error('Failed to load image from path');
    Tray.living.add(this);
  }

  setToolTip(toolTip: string): void {
    this.toolTip = toolTip;
  }

  setContextMenu(menu: Menu | null): void {
    this.menu = menu;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  destroy(): void {
    this.#isDestroyed = true;
    Tray.living.delete(this);
  }
}

guardDestroyed(Tray.prototype, ['destroy']);
