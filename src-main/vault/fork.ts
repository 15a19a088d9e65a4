/** Starts the vault as a process of its own (Electron's utilityProcess). Only after `ready`. */
import { utilityProcess } from 'electron';
import { vaultEnvironment } from './environment.ts';
import type { VaultProcess } from './process.ts';

/** `entry` is the absolute path of the vault's bundle. */
export function forkVault(entry: string): VaultProcess {
  const child = utilityProcess.fork(entry, [], {
    // What task lists show; the default names Node.
    serviceName: 'Meadowlark',
    // The default would hand on main's streams, and with them whatever a library prints.
    stdio: 'ignore',
    env: vaultEnvironment(process.env),
  });
  // Its event carries a report with environment and stack: nothing of it is looked at. `exit` follows.
  child.on('error', () => undefined);
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
    post: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', () => listener()),
    kill() {
      // Before `spawn` it would do nothing and say nothing.
      if (child.pid === undefined) child.once('spawn', () => child.kill());
      else child.kill();
    },
  };
}
