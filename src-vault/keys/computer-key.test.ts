/** R42, R27: which computer of the school this is, whatever becomes of keychain and store. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { Escrow } from '../../src-shared/contract/key.ts';
import { TestComputer, incident, person, signIn } from '../testing/world.ts';
import type { Keychain } from './device-secret.ts';

const failing: Keychain = {
  getPassword: () => Promise.reject(new Error('no session bus')),
  setPassword: () => Promise.reject(new Error('no session bus')),
};

const whoAmI = async (computer: TestComputer) => {
  const { computerId, computerKey } = await computer.begin();
  return { computerId, computerKey };
};

test('it stays the one that it was, also where main has lost the name that the keychain knows', async () => {
  const computer = new TestComputer();
  const ana = person('Ana');
  const first = await whoAmI(computer);
  await signIn(computer, ana);
  expect(await whoAmI(computer)).toEqual(first);
  Object.assign(computer, { id: '11111111-1111-4111-8111-111111111111' });
  expect(await whoAmI(computer)).toEqual(first);
  await signIn(computer, ana);
  expect(computer.keychain.entries.size).toBe(1);
});

test('a store from before it noted the keychain’s name, and one whose note is wrong, open by the name that main has', async () => {
  const computer = new TestComputer();
  const first = await whoAmI(computer);
  for (const sql of ['DELETE FROM fact', "UPDATE fact SET value = 'nobody'"]) {
    await computer.end();
    const store = new SQLite(join(computer.folder, 'vault.sqlite'));
    expect(store.prepare(sql).run().changes).toBe(1);
    store.close();
    expect(await whoAmI(computer)).toEqual(first);
  }
});

test('the keychain is wiped: another computer with another key, and the same one from then on', async () => {
  const computer = new TestComputer();
  const before = await whoAmI(computer);
  computer.keychain.entries.clear();
  const after = await whoAmI(computer);
  expect(after.computerId).not.toBe(before.computerId);
  expect(after.computerKey).not.toBe(before.computerKey);
  expect(await whoAmI(computer)).toEqual(after);
});

test.each([false, true])(
  'the store is lost, and the keychain too: %s; the school knows the id by a key that is gone',
  async (isKeychainLost) => {
    const computer = new TestComputer();
    const before = await whoAmI(computer);
    await computer.end();
    if (isKeychainLost) computer.keychain.entries.clear();
    for (const end of ['', '-wal', '-shm', '-first-page']) {
      rmSync(join(computer.folder, `vault.sqlite${end}`), { force: true });
    }
    const after = await whoAmI(computer);
    expect(after.computerId).not.toBe(before.computerId);
    expect(await whoAmI(computer)).toEqual(after);
  },
);

test('R26 a keychain that comes and goes makes two computers of this one, not one each time', async () => {
  const computer = new TestComputer();
  const seen: string[] = [];
  for (let day = 0; day < 6; day += 1) {
    computer.parts = day % 2 === 0 ? {} : { keychain: failing };
    seen.push((await whoAmI(computer)).computerId);
  }
  const [there, away] = seen;
  expect(there).not.toBe(away);
  expect(seen).toEqual([there, away, there, away, there, away]);
});

test('R27 what was sealed before is carried by the new computer, and says inside where it was sealed', async () => {
  const computer = new TestComputer();
  const ana = person('Ana');
  const { computerId } = await computer.begin();
  await signIn(computer, ana);
  const { id } = await computer.ask('submit', {
    submission: incident('What Ana submitted.'),
    isUrgent: false,
  });
  computer.keychain.entries.clear();
  await computer.begin();
  expect(computer.computerId).not.toBe(computerId);
  const carried = await computer.ask('readSealed', { id });
  expect(carried.computerId).toBe(computer.computerId);
  expect(computer.school.open(carried.sealed)).toMatchObject({
    computerId,
    certificate: { computerId },
  });
});

test('R27 a person comes back by the escrow, with a key for the new computer, as often as it is lost', async () => {
  const computer = new TestComputer();
  const ana = person('Ana');
  await computer.begin();
  await signIn(computer, ana);
  const keys: string[] = [];
  for (let losses = 0; losses < 3; losses += 1) {
    const named = computer.computerId;
    computer.keychain.entries.clear();
    await computer.begin();
    expect(await computer.ask('unlockOnline', { ...ana, hasEscrow: true })).toMatchObject({
      is: 'needs-old-password',
      mayRecover: true,
    });
    const { sealed, recipient } = await computer.ask('beginRecovery', { staffId: ana.staffId });
    // What the school asks about is a computer that it knows.
    expect(Escrow.parse(computer.school.open(sealed)).computerId).toBe(named);
    const answer = computer.school.recover(sealed, recipient);
    const back = await computer.ask('finishRecovery', { ...ana, sealed: answer });
    expect(back.registrationProof).not.toBeNull();
    keys.push(back.signingKey);
  }
  expect(new Set(keys).size).toBe(3);
});

test('R26, R27 a person whose keys open on both computers has a signing key of each', async () => {
  const computer = new TestComputer();
  const ana = person('Ana');
  computer.parts = { keychain: failing };
  const first = await computer.begin();
  await signIn(computer, ana);
  // Another computer's key, as after a store that was put together from two.
  const before = await computer.ask('unlockOnline', { ...ana, hasEscrow: true });
  await computer.end();
  const store = new SQLite(join(computer.folder, 'vault.sqlite'));
  store.exec('DELETE FROM computer_key');
  store.close();
  await computer.begin();
  expect(computer.computerId).not.toBe(first.computerId);
  const offline = await computer.ask('unlockOffline', {
    email: ana.email,
    password: ana.password,
  });
  expect(offline.registrationProof).not.toBeNull();
  expect(before.is === 'unlocked' && before.signingKey).not.toBe(offline.signingKey);
  await computer.begin();
  expect(await computer.ask('unlockOnline', { ...ana, hasEscrow: true })).toMatchObject({
    is: 'unlocked',
    signingKey: offline.signingKey,
  });
});
