/**
 * The vault's process (Electron's utilityProcess): hands each message of the main process to the
 * vault and its answer back. It takes no argument and reads no variable: what keys cost and where
 * the device secret lies cannot be chosen from outside.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { shutDebuggersOut } from './debuggers.ts';
import { SCHOOL_COST } from './keys/cost.ts';
import type { Keychain } from './keys/device-secret.ts';
import { RESERVE_BYTES } from './store/reserve.ts';
import { createVault } from './vault.ts';

/** The part of Electron's `process.parentPort` that is used; this room does not import electron. */
interface ParentPort {
  readonly on: (event: 'message', listener: (event: { readonly data: unknown }) => void) => void;
  readonly postMessage: (message: unknown) => void;
}

const TICK_MS = 10_000;

// Before anything can fail: an error's text may quote what somebody typed, so none is printed.
process.on('uncaughtException', () => process.exit(1));
process.on('unhandledRejection', () => process.exit(1));
shutDebuggersOut();

/** keytar is loaded when it is first asked: where its library is missing, that is one more failure. */
const keychain: Keychain = {
  getPassword: async (service, account) =>
    (await import('keytar')).default.getPassword(service, account),
  setPassword: async (service, account, password) =>
    (await import('keytar')).default.setPassword(service, account, password),
};

const { parentPort } = process as unknown as { readonly parentPort: ParentPort };
const vault = createVault({
  keychain,
  keychainMs: { first: 5_000, afterSilence: 1_000 },
  now: () => new Date(),
  steadyMs: () => performance.now(),
  newId: () => randomUUID(),
  wait: (milliseconds) => wait(milliseconds),
  cost: SCHOOL_COST,
  floor: SCHOOL_COST,
  reserveBytes: RESERVE_BYTES,
  heldFileMs: process.platform === 'win32' ? 5_000 : 1_000,
});

parentPort.on('message', (event) => void answer(event.data));
setInterval(() => void tick(), TICK_MS);

async function answer(message: unknown): Promise<void> {
  const reply = await (await vault).answer(message);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Electron's port, not a window's
  if (reply !== null) parentPort.postMessage(reply);
}

async function tick(): Promise<void> {
  await (await vault).tick();
}
