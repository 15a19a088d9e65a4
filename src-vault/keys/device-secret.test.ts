/** R26: a keychain that fails in any way costs protection, never a concern; and a real one. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TestComputer, draft, person, signIn } from '../testing/world.ts';
import type { Keychain } from './device-secret.ts';

const never = (): Promise<never> => Promise.withResolvers<never>().promise;
const failures: Readonly<Record<string, Keychain>> = {
  'is not installed': {
    getPassword: () => Promise.reject(new Error('Cannot autolaunch D-Bus')),
    setPassword: () => Promise.reject(new Error('Cannot autolaunch D-Bus')),
  },
  'never answers': { getPassword: never, setPassword: never },
  'refuses to keep anything': {
    getPassword: () => Promise.resolve(null),
    setPassword: () => Promise.reject(new Error('denied')),
  },
  'keeps what it is given only seemingly': {
    getPassword: () => Promise.resolve(null),
    setPassword: () => Promise.resolve(),
  },
  'holds something that is no secret': {
    getPassword: () => Promise.resolve('hunter2'),
    setPassword: () => Promise.resolve(),
  },
};

for (const [failure, keychain] of Object.entries(failures)) {
  test(`R26 a keychain that ${failure}: reduced protection, and everything still works`, async () => {
    const computer = new TestComputer();
    computer.parts = { keychain };
    const ana = person('Ana');
    const first = await computer.begin();
    expect(first.protection).toBe('reduced');
    await signIn(computer, ana);
    await computer.ask('saveDraft', { draft: draft('Typed.'), revision: 0 });
    const file = join(computer.folder, 'device-secret');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o644);
    const second = await computer.begin();
    expect(second).toEqual({ ...first, store: 'ok' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await signIn(computer, ana);
    expect((await computer.ask('listDrafts', {})).drafts.length).toBe(1);
  });
}

test('a keychain that never answers is waited for in full once, and no vault after that', async () => {
  const computer = new TestComputer();
  const { keychain } = computer;
  const silent = { getPassword: never, setPassword: never };
  computer.parts = { keychain: silent };
  expect(await computer.begin()).toMatchObject({ isKeychainSilent: true, protection: 'reduced' });
  // Longer than the test may take: only the shorter wait ends in time.
  computer.parts = { keychain: silent, keychainMs: { first: 600_000, afterSilence: 50 } };
  const again = await computer.tryBegin({ wasKeychainSilent: true });
  expect(again).toMatchObject({ ok: true, value: { isKeychainSilent: true } });
  computer.parts = { keychain };
  const back = await computer.tryBegin({ wasKeychainSilent: true });
  expect(back).toMatchObject({
    ok: true,
    value: { isKeychainSilent: false, protection: 'keychain' },
  });
});

test('a secret’s file of another owner is not taken, and kept for whoever knows why', async (context) => {
  if (process.getuid?.() !== 0) context.skip('only root can give a file away');
  const computer = new TestComputer();
  computer.parts = { keychain: failures['is not installed'] as Keychain };
  const first = await computer.begin();
  const file = join(computer.folder, 'device-secret');
  const before = readFileSync(file, 'utf8');
  execFileSync('chown', ['65534', file]);
  const second = await computer.begin();
  expect(second.protection).toBe('reduced');
  expect(second.computerKey).not.toBe(first.computerKey);
  expect(readFileSync(`${file}-of-another-owner`, 'utf8')).toBe(before);
  expect(statSync(file).uid).toBe(0);
  // A folder that two accounts share: each start of the other one finds the file of the first.
  const next = readFileSync(file, 'utf8');
  execFileSync('chown', ['65534', file]);
  await computer.begin();
  expect(readFileSync(`${file}-of-another-owner`, 'utf8')).toBe(before);
  expect(readFileSync(`${file}-of-another-owner-2`, 'utf8')).toBe(next);
});

test('a file that holds no whole secret, from a power cut, is kept aside, and another one made', async () => {
  const computer = new TestComputer();
  computer.parts = { keychain: failures['is not installed'] as Keychain };
  const file = join(computer.folder, 'device-secret');
  for (const torn of ['abc', 'def']) {
    writeFileSync(file, torn);
    expect((await computer.begin()).protection).toBe('reduced');
    expect(readFileSync(file, 'utf8').length).toBe(44);
  }
  expect(readFileSync(`${file}-not-whole`, 'utf8')).toBe('abc');
  expect(readFileSync(`${file}-not-whole-2`, 'utf8')).toBe('def');
});

test('a folder or a pipe in the place of the file: nothing while the keychain answers, kept aside without it', async () => {
  for (const make of ['mkdir', 'mkfifo']) {
    const computer = new TestComputer();
    const file = join(computer.folder, 'device-secret');
    execFileSync(make, [file]);
    expect((await computer.begin()).protection).toBe('keychain');
    expect((await computer.begin()).protection).toBe('keychain');
    computer.parts = { keychain: failures['is not installed'] as Keychain };
    const first = await computer.begin();
    expect(first.protection).toBe('reduced');
    expect((await computer.begin()).computerKey).toBe(first.computerKey);
    expect(existsSync(`${file}-not-whole`)).toBe(true);
  }
});

test('a file that cannot be read does not matter while the keychain answers', async (context) => {
  if (process.platform === 'win32') context.skip('a link to itself needs POSIX');
  const computer = new TestComputer();
  symlinkSync('device-secret', join(computer.folder, 'device-secret'));
  expect((await computer.begin()).protection).toBe('keychain');
});

/** Two vaults one after the other in a session of their own, with a real Secret Service. */
test('R26 a real keychain (keytar and the Secret Service): the secret is there, and no file', (context) => {
  const tools = ['dbus-run-session', 'gnome-keyring-daemon'];
  const isHere = tools.every((tool) => spawnSync('which', [tool]).status === 0);
  if (!isHere || process.platform !== 'linux')
    context.skip('no dbus-run-session and gnome-keyring');
  const computer = new TestComputer();
  const script = [
    'export XDG_DATA_HOME="$1" XDG_RUNTIME_DIR="$1"',
    'printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1',
    '"$2" "$3" "$1" "$4"',
  ].join('\n');
  const run = spawnSync(
    'dbus-run-session',
    [
      '--',
      'bash',
      '-c',
      script,
      'bash',
      computer.folder,
      process.execPath,
      join(import.meta.dirname, '../testing/open-twice.ts'),
      computer.id,
    ],
    {
      encoding: 'utf8',
      timeout: 25_000,
      env: { PATH: process.env['PATH'] ?? '', HOME: computer.folder },
    },
  );
  const [first, second] = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(first).toMatchObject({ protection: 'keychain', store: 'ok' });
  expect(second).toEqual(first);
  expect(existsSync(join(computer.folder, 'device-secret'))).toBe(false);
});
