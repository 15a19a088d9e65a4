/** Where a window is: what the program asked for, corrected by what the X server tells. */
import { machine } from './machine.ts';

export interface PlacementEvents {
  /** Gives the bounds to the X window, now or as soon as there is one. */
  apply(bounds: Electron.Rectangle): void;
  emit(name: 'move' | 'resize' | 'maximize' | 'unmaximize'): void;
}

export class Placement {
  #bounds: Electron.Rectangle;
  /** The bounds to return to, while the window is maximised. */
  #normal: Electron.Rectangle | null = null;
  #events: PlacementEvents;

  constructor(options: Electron.BrowserWindowConstructorOptions, events: PlacementEvents) {
    this.#bounds = placed(options);
    this.#events = events;
  }

  get bounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }

  get normalBounds(): Electron.Rectangle {
    return { ...(this.#normal ?? this.#bounds) };
  }

  get isMaximized(): boolean {
    return this.#normal !== null;
  }

  /** Missing fields keep their present value. */
  set(bounds: Partial<Electron.Rectangle>): void {
    this.#normal = null;
    this.#place({ ...this.#bounds, ...bounds });
  }

  center(): void {
    const { width, height } = this.#bounds;
    this.set(placed({ width, height }));
  }

  maximize(): void {
    if (this.#normal) return;
    const normal = this.bounds;
    this.#place({ x: 0, y: 0, ...machine().windowManager.connection.size });
    this.#normal = normal;
    this.#events.emit('maximize');
  }

  unmaximize(): void {
    if (!this.#normal) return;
    this.#place(this.#normal);
    this.#normal = null;
    this.#events.emit('unmaximize');
  }

  /** What the X server tells: the last word. */
  told(bounds: Electron.Rectangle): void {
    const before = this.#bounds;
    this.#bounds = bounds;
    this.#tell(before);
  }

  #place(bounds: Electron.Rectangle): void {
    const before = this.#bounds;
    this.#bounds = bounds;
    this.#events.apply(bounds);
    this.#tell(before);
  }

  #tell(before: Electron.Rectangle): void {
    const { x, y, width, height } = this.#bounds;
    if (before.x !== x || before.y !== y) this.#events.emit('move');
    if (before.width !== width || before.height !== height) this.#events.emit('resize');
  }
}

/** In the middle of the screen unless told otherwise, 800 × 600 by default. */
function placed(options: Electron.BrowserWindowConstructorOptions): Electron.Rectangle {
  const screen = machine().windowManager.connection.size;
  const { width = 800, height = 600 } = options;
  const x = options.x ?? Math.max(0, Math.round((screen.width - width) / 2));
  const y = options.y ?? Math.max(0, Math.round((screen.height - height) / 2));
  return { x, y, width, height };
}
