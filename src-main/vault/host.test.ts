import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { VaultAskName } from '../../src-shared/vault.ts';
import { forkVaultInNode } from '../testing/fork-vault.ts';
import type { ForkedVault } from '../testing/fork-vault.ts';
import { VaultHost } from './host.ts';

const COMPUTER = { id: randomUUID(), name: 'ROOM-12' };
const SCHOOL = {
  id: randomUUID(),
  signingKey: Buffer.alloc(32, 1).toString('base64'),
  sealingKey: Buffer.alloc(32, 9).toString('base64'),
};

let folder: string;
let started: ForkedVault[];
let opened: string[];
let crashes: number;
let crashed: PromiseWithResolvers<void>;
let host: VaultHost;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meadowlark-host-'));
  started = [];
  opened = [];
  crashes = 0;
  crashed = Promise.withResolvers();
});

afterEach(async () => {
  await host.end();
  rmSync(folder, { recursive: true });
});

function hostOf(
  entry?: string,
  limitMs?: (name: VaultAskName) => number,
  isBegun = true,
): VaultHost {
  host = new VaultHost({
    start() {
      const vault = forkVaultInNode(entry);
      started.push(vault);
      return vault;
    },
    open: () => ({ folder, computer: COMPUTER, school: SCHOOL }),
    clock: () => performance.now(),
    onOpened: (answer) => opened.push(answer.ok ? answer.value.store : answer.code),
    onCrashed() {
      crashes += 1;
      crashed.resolve();
    },
    ...(limitMs === undefined ? {} : { limitMs }),
  });
  if (isBegun) host.begin();
  return host;
}

function script(text: string): string {
  const path = join(folder, 'other.mjs');
  writeFileSync(path, text);
  return path;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const CONCERN = {
  id: randomUUID(),
  writer: 'Ada Fenwick',
  student: 'Somebody in Year 4',
  text: 'He would not say where the marks are from.',
  writtenAt: '2026-11-24T08:45:00.000Z',
  isFinished: true,
};

describe('the real vault, as main keeps it', () => {
  test('answers what was asked before it was open', async () => {
    const vault = hostOf();
    expect(await vault.ask('saveConcern', { concern: CONCERN })).toMatchObject({ ok: true });
    expect(await vault.ask('listDrafts', {})).toEqual({ ok: false, code: 'locked' });
    expect(opened).toEqual(['ok']);
  });

  test('is begun by the first ask, where nobody has begun it', async () => {
    const vault = hostOf(undefined, undefined, false);
    expect(started).toEqual([]);
    expect(await vault.ask('saveConcern', { concern: CONCERN })).toMatchObject({ ok: true });
    expect(started.length).toBe(1);
  });

  test('R24 has ended when end() says so, and the next one carries on with its store', async () => {
    const vault = hostOf();
    await vault.ask('saveConcern', { concern: CONCERN });
    await vault.end();
    expect(started.map(({ pid }) => isAlive(pid))).toEqual([false]);
    expect(await vault.ask('listWaiting', {})).toEqual({ ok: false, code: 'gone' });
    vault.begin();
    const waiting = await vault.ask('listWaiting', {});
    expect(waiting.ok && waiting.value.items.map(({ id }) => id)).toEqual([CONCERN.id]);
    expect({ crashes, opened }).toEqual({ crashes: 0, opened: ['ok', 'ok'] });
  });

  test('is begun again after a crash, and what was being asked is answered with `gone`', async () => {
    const vault = hostOf();
    await vault.ask('saveConcern', { concern: CONCERN });
    const asked = vault.ask('listWaiting', {});
    process.kill(started[0]?.pid ?? 0, 'SIGKILL');
    expect(await asked).toEqual({ ok: false, code: 'gone' });
    await crashed.promise;
    await expect.poll(() => opened, { timeout: 20_000 }).toEqual(['ok', 'ok']);
    const waiting = await vault.ask('listWaiting', {});
    expect(waiting.ok && waiting.value.items.map(({ id }) => id)).toEqual([CONCERN.id]);
    expect(crashes).toBe(1);
  });

  test('is not sent what its table does not know', async () => {
    const vault = hostOf();
    const answer = await vault.ask('readDraft', { id: 'not an id' });
    expect(answer).toEqual({ ok: false, code: 'fault' });
  });
});

describe('a process that is not as it should be', () => {
  test('is ended where it does not answer in time', async () => {
    const vault = hostOf(script('process.parentPort.on("message", () => undefined);'), () => 300);
    expect(await vault.ask('listWaiting', {})).toEqual({ ok: false, code: 'gone' });
    await crashed.promise;
    expect(isAlive(started[0]?.pid ?? 0)).toBe(false);
  });

  test('is not believed where its answers do not fit', async () => {
    const vault = hostOf(
      script(`process.parentPort.on('message', ({ data: { number, ask } }) => {
        process.parentPort.postMessage('nonsense');
        process.parentPort.postMessage({ number: number + 1, answer: { ok: true, value: {} } });
        const value = ask === 'open'
          ? { computerId: '0190a000-0000-7000-8000-000000000001', computerKey: 'A'.repeat(43) + '=', enrolmentProof: 'A'.repeat(86) + '==', protection: 'reduced', isKeychainSilent: false, store: 'ok' }
          : { items: [], key: 'secret' };
        process.parentPort.postMessage({ number, answer: { ok: true, value } });
      });`),
    );
    expect(await vault.ask('listWaiting', {})).toEqual({ ok: false, code: 'fault' });
  });
});
