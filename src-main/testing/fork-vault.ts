/** For tests: the real vault, in a process of Node's, over Node's channel. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { VaultProcess } from '../vault/process.ts';

const ROOM = join(import.meta.dirname, '../../src-vault');

export interface ForkedVault extends VaultProcess {
  readonly pid: number;
}

/**
 * `entry` is another script where a test needs a process that misbehaves, `sessionBus` the address of
 * the D-Bus that leads to its keychain.
 */
export function forkVaultInNode(
  entry = join(ROOM, 'main.ts'),
  { sessionBus }: { readonly sessionBus?: string } = {},
): ForkedVault {
  const child = fork(entry, [], {
    execArgv: ['--import', join(ROOM, 'testing/parent-port.ts')],
    serialization: 'advanced',
    stdio: 'ignore',
    // No keychain: the file beside the store is used, as on a computer without one.
    env: {
      HOME: '/nonexistent',
      ...(sessionBus === undefined ? {} : { DBUS_SESSION_BUS_ADDRESS: sessionBus }),
    },
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
