/**
 * A client without its window: what the main process is made of, asked through the very door that
 * a page asks through, with the real vault as a process of its own and the real way to the server.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { answerersOf } from '../../src-main/bridge/answerers.ts';
import { dispatch } from '../../src-main/bridge/dispatch.ts';
import { openLog } from '../../src-main/log.ts';
import { enterSchool, type School } from '../../src-main/school.ts';
import { vaultEnvironment } from '../../src-main/vault/environment.ts';
import type { VaultProcess } from '../../src-main/vault/process.ts';
import { PAGE_ORIGIN } from '../../src-main/windows/page-address.ts';
import type { AskName } from '../../src-shared/bridge.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import type { SchoolFile } from '../../src-shared/school-file.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface ClientParts {
  readonly file: SchoolFile;
  /** The client's data folder. */
  readonly folder: string;
  readonly computer: { readonly id: string; readonly name: string };
  /** Home and temporary folder of the one OS account. */
  readonly home: string;
  readonly temp: string;
  /** Another entry of the vault's process, for a clock that is wrong there too. */
  readonly vaultEntry?: string | undefined;
  /** Added to the clock, in milliseconds. */
  readonly clockWrongBy?: number | undefined;
}

export interface Client {
  readonly school: School;
  /** Of the vault that is running now. */
  readonly vaultPid: () => number;
  ask(name: AskName, request: unknown): Promise<Answer<unknown>>;
  close(): Promise<void>;
}

const PAGE = { isMainFrameOfOurWindow: true, origin: PAGE_ORIGIN };

export function openClient(parts: ClientParts): Client {
  let pid = 0;
  const log = openLog(join(parts.folder, 'logs'), false);
  const now = (): Date => new Date(Date.now() + (parts.clockWrongBy ?? 0));
  const school: School = enterSchool(parts.file, {
    computer: parts.computer,
    clock: () => performance.now(),
    now,
    random: Math.random,
    log,
    folder: parts.folder,
    startVault() {
      const vault = startVault(parts);
      pid = vault.pid;
      return vault;
    },
    // No window is open, as where the program was started hidden.
    pages: { end: async () => null, begin: () => undefined, cover: () => null },
    idleMs: 60 * 60_000,
    tell(name) {
      // A page that has nothing unsaved says so.
      if (name === 'saveNow') setImmediate(() => school.saving.answered(true));
      return true;
    },
    onWaiting: () => undefined,
    onContact: () => undefined,
  });
  const noPage = (): never => {
    throw new Error('there is no page here to ask this');
  };
  const answerers = answerersOf({
    school: () => school,
    link: () => school.watch.state,
    readComputer: noPage,
    openSchoolFile: noPage,
    rememberPreferences: () => undefined,
    openOutside: noPage,
    now,
  });
  return {
    school,
    vaultPid: () => pid,
    ask: (name, request) =>
      dispatch(name, request, PAGE, answerers, (ask, why, error) =>
        log.error('message refused', { ask, why }, error),
      ),
    close: () => school.close(),
  };
}

function startVault(parts: ClientParts): VaultProcess & { readonly pid: number } {
  const room = join(ROOT, 'src-vault');
  const child = fork(parts.vaultEntry ?? join(room, 'main.ts'), [], {
    execArgv: ['--import', join(room, 'testing/parent-port.ts')],
    serialization: 'advanced',
    stdio: 'ignore',
    // No session bus: the device secret lies in its file, as on a computer without a keychain.
    env: vaultEnvironment({ HOME: parts.home, TMPDIR: parts.temp }),
  });
  child.on('error', () => undefined);
  return {
    pid: child.pid ?? 0,
    post: (message) => void (child.connected && child.send(message)),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', () => listener()),
    kill: () => void child.kill(),
  };
}
