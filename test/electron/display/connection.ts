/** A connection to the X server, with answers as promises and atoms by name. */
import { createClient, type XClient, type XDisplay, type XEvent } from 'x11';

export class Connection {
  readonly client: XClient;
  readonly root: number;
  readonly size: { width: number; height: number };
  #atoms = new Map<string, number>();

  private constructor(display: XDisplay) {
    const screen = display.screen[0];
    if (!screen) throw new Error('The X server has no screen.');
    this.client = display.client;
    this.root = screen.root;
    this.size = { width: screen.pixel_width, height: screen.pixel_height };
    // A window may be gone before a request about it arrives: not worth more than silence.
    this.client.on('error', () => {});
  }

  static open(display: string, atoms: readonly string[]): Promise<Connection> {
    return new Promise((resolve, reject) => {
      createClient({ display }, (error, connected) => {
        if (error) {
          reject(new Error(`Unable to open X display ${display}`, { cause: error }));
          return;
        }
        const connection = new Connection(connected);
        Promise.all(atoms.map((name) => connection.#intern(name))).then(
          () => resolve(connection),
          reject,
        );
      });
    });
  }

  /** The number of an atom that was named when the connection was opened. */
  atom(name: string): number {
    const number = this.#atoms.get(name);
    if (number === undefined) throw new Error(`Atom not asked for: ${name}`);
    return number;
  }

  onEvent(listener: (event: XEvent) => void): void {
    this.client.on('event', listener);
  }

  /** A property's bytes as text, '' if there is none. */
  text(window: number, property: string): Promise<string> {
    return new Promise((resolve) => {
      this.client.GetProperty(0, window, this.atom(property), 0, 0, 256, (error, value) =>
        resolve(error ? '' : value.data.toString('utf8')),
      );
    });
  }

  setText(window: number, property: string, type: string, text: string): void {
    this.client.ChangeProperty(
      0,
      window,
      this.atom(property),
      this.atom(type),
      8,
      Buffer.from(text),
    );
  }

  setNumbers(window: number, property: string, type: string, numbers: number[]): void {
    this.client.ChangeProperty(0, window, this.atom(property), this.atom(type), 32, numbers);
  }

  /** Selects events; false when somebody else already has what only one client may have. */
  select(window: number, eventMask: number): Promise<boolean> {
    return new Promise((resolve) => {
      this.client.ChangeWindowAttributes(window, { eventMask }, (error) => resolve(!error));
    });
  }

  #intern(name: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.client.InternAtom(false, name, (error, number) => {
        if (error) reject(error);
        this.#atoms.set(name, number);
        resolve();
      });
    });
  }
}
