/** `app.commandLine`. Chromium runs already when main is read, so switches are kept and not passed on. */

import { HonestObject } from './honest.ts';

type CommandLineApi = Pick<
  Electron.CommandLine,
  'appendSwitch' | 'removeSwitch' | 'hasSwitch' | 'getSwitchValue' | 'appendArgument'
>;

export class CommandLine extends HonestObject implements CommandLineApi {
  #switches = new Map<string, string>();

  /** Takes the switches among the executable's arguments. */
  read(args: readonly string[]): void {
    for (const argument of args) {
      const parts = /^--?([^=]+)(?:=(.*))?$/s.exec(argument);
      if (parts?.[1] !== undefined) this.#switches.set(parts[1].toLowerCase(), parts[2] ?? '');
    }
  }

  appendSwitch(name: string, value = ''): void {
    this.#switches.set(name.toLowerCase(), value);
  }

  appendArgument(): void {}

  removeSwitch(name: string): void {
    this.#switches.delete(name.toLowerCase());
  }

  hasSwitch(name: string): boolean {
    return this.#switches.has(name.toLowerCase());
  }

  getSwitchValue(name: string): string {
    return this.#switches.get(name.toLowerCase()) ?? '';
  }
}
