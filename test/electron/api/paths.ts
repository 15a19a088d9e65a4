/** `app.getPath` and `app.setPath`, with the places that Electron uses on Linux. */
import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';

const known = [
  'home',
  'appData',
  'userData',
  'sessionData',
  'temp',
  'logs',
  'exe',
  'downloads',
  'documents',
  'desktop',
] as const;
type Known = (typeof known)[number];

export class Paths {
  #set = new Map<Known, string>();
  #appName: () => string;

  constructor(appName: () => string) {
    this.#appName = appName;
  }

  get(name: string): string {
    const key = this.#key(name);
    const set = this.#set.get(key);
    if (set !== undefined) return set;
    switch (key) {
      case 'home':
        return homedir();
      case 'appData':
        return process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
      case 'userData':
        return join(this.get('appData'), this.#appName());
      case 'sessionData':
        return this.get('userData');
      case 'temp':
        return tmpdir();
      case 'logs': {
        // The one folder that Electron makes when it is asked for.
        const folder = join(this.get('userData'), 'logs');
        mkdirSync(folder, { recursive: true });
        return folder;
      }
      case 'exe':
        return process.argv[0] ?? process.execPath;
      default:
        return join(homedir(), `${key.slice(0, 1).toUpperCase()}${key.slice(1)}`);
    }
  }

  set(name: string, path: string): void {
    const key = this.#key(name);
    if (!isAbsolute(path)) throw new Error('Path must be absolute');
    this.#set.set(key, path);
  }

  #key(name: string): Known {
    const key = known.find((candidate) => candidate === name);
    if (key === undefined) throw new Error(`Failed to get '${name}' path`);
    return key;
  }
}
