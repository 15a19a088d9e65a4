/** Electron's `session`: partitions, their handlers, and what is stored for them. */
import { toChromium } from '../chromium/addresses.ts';
import { app } from './app.ts';
import { honest, HonestEmitter } from './honest.ts';
import { machine } from './machine.ts';
import { Protocol } from './protocol.ts';
import { WebRequest } from './web-request.ts';

type SessionApi = Pick<
  Electron.Session,
  | 'isPersistent'
  | 'storagePath'
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setBluetoothPairingHandler'
  | 'setUSBProtectedClassesHandler'
  | 'setSpellCheckerEnabled'
  | 'isSpellCheckerEnabled'
  | 'setSpellCheckerDictionaryDownloadURL'
  | 'setSpellCheckerLanguages'
  | 'clearData'
  | 'clearCache'
  | 'clearStorageData'
  | 'clearCodeCaches'
  | 'clearAuthCache'
  | 'clearHostResolverCache'
  | 'closeAllConnections'
  | 'setCertificateVerifyProc'
  | 'getUserAgent'
>;

type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0];

const events = [
  'will-download',
  'select-hid-device',
  'select-serial-port',
  'select-usb-device',
  'preconnect',
  'spellcheck-dictionary-initialized',
  'spellcheck-dictionary-download-begin',
  'spellcheck-dictionary-download-success',
  'spellcheck-dictionary-download-failure',
];

export class Session extends HonestEmitter implements SessionApi {
  /** Part of the address that Chromium loads (chromium/addresses.ts); 1 is the default session. */
  get number(): number {
    return this.#number;
  }

  readonly protocol = new Protocol();
  readonly webRequest = new WebRequest();
  #number: number;
  #partition: string;
  #spellCheckerEnabled = true;
  #origins = new Set<string>();
  requestHandler: RequestHandler = null;
  checkHandler: CheckHandler = null;

  constructor(number: number, partition: string) {
    super('Session', events);
    this.#number = number;
    this.#partition = partition;
  }

  isPersistent(): boolean {
    return this.#partition === '' || this.#partition.startsWith('persist:');
  }

  get storagePath(): string | null {
    if (!this.isPersistent()) return null;
    const root = app.getPath('sessionData');
    return this.#partition === ''
      ? root
      : `${root}/Partitions/${this.#partition.slice('persist:'.length)}`;
  }

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.requestHandler = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.checkHandler = handler;
  }

  setDevicePermissionHandler(): void {}

  setDisplayMediaRequestHandler(): void {}

  setBluetoothPairingHandler(): void {}

  setUSBProtectedClassesHandler(): void {}

  setCertificateVerifyProc(): void {}

  setSpellCheckerEnabled(enabled: boolean): void {
    this.#spellCheckerEnabled = enabled;
  }

  isSpellCheckerEnabled(): boolean {
    return this.#spellCheckerEnabled;
  }

  setSpellCheckerDictionaryDownloadURL(): void {}

  setSpellCheckerLanguages(): void {}

  getUserAgent(): string {
    return `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/${process.versions['chrome']} Electron/${process.versions['electron']}`;
  }

  async clearData(): Promise<void> {
    await this.#clear('all');
  }

  async clearStorageData(): Promise<void> {
    await this.#clear(
      'cookies,file_systems,indexeddb,local_storage,websql,service_workers,cache_storage',
    );
  }

  async clearCache(): Promise<void> {
    await this.#clear('cache_storage');
  }

  async clearCodeCaches(): Promise<void> {}

  async clearAuthCache(): Promise<void> {}

  async clearHostResolverCache(): Promise<void> {}

  async closeAllConnections(): Promise<void> {}

  /** For WebContents: an origin of this session has been loaded, so there may be data of it. */
  noteOrigin(address: string): void {
    const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(address)?.[0];
    if (origin !== undefined) this.#origins.add(toChromium(origin, this.number).replace(/\/$/, ''));
  }

  async #clear(storageTypes: string): Promise<void> {
    const page = [...machine().pages][0];
    if (!page) {
      // Only a page's session reaches its storage. Without one, new origins leave the old data behind.
      this.#number = nextNumber();
      this.#origins.clear();
      return;
    }
    await Promise.all(
      [...this.#origins].map((origin) =>
        page.send('Storage.clearDataForOrigin', { origin, storageTypes }),
      ),
    );
  }
}

const sessions = new Map<string, Session>();

function fromPartition(partition: string, _options?: { cache: boolean }): Session {
  if (!app.isReady()) throw new Error('Session can only be received when app is ready');
  let made = sessions.get(partition);
  if (!made) {
    made = new Session(partition === '' ? 1 : nextNumber(), partition);
    sessions.set(partition, made);
    app.emit('session-created', made);
  }
  return made;
}

let lastNumber = 1;

/** 1 is kept for the default session, whenever it is made. */
function nextNumber(): number {
  return ++lastNumber;
}

/** For the network: the session whose number stands in an address. */
export function sessionOfNumber(number: number): Session | undefined {
  return [...sessions.values()].find((candidate) => candidate.number === number);
}

export const session = honest('session', {
  fromPartition,
  get defaultSession() {
    return fromPartition('');
  },
});
