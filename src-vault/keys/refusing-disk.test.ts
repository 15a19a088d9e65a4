/** R79: what a disk refuses at signing in is put off to the next one; the keys are not refused with it. */
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { sealingKeyId } from '../crypto.ts';
import { TestComputer, draft, makeSchool, person, signIn } from '../testing/world.ts';

/** Another program that holds the store: every write is refused until the answer is called. */
function holdStore({ folder }: TestComputer): () => void {
  const other = new SQLite(join(folder, 'vault.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  return () => void other.close();
}

test('after the school’s sealing key was rotated a disk that refuses does not keep a person from their drafts', async () => {
  const computer = new TestComputer();
  const ana = person('Ana');
  await computer.begin();
  await signIn(computer, ana);
  await computer.ask('saveDraft', { draft: draft('What Ana typed.'), revision: 0 });
  await computer.begin();
  const { sealingKey } = makeSchool();
  await computer.ask('useSealingKey', { sealingKey });
  const escrowKey = (): unknown => {
    const raw = new SQLite(join(computer.folder, 'vault.sqlite'), { readonly: true });
    const id: unknown = raw.prepare('SELECT escrow_key_id FROM person').pluck().get();
    raw.close();
    return id;
  };

  const letGo = holdStore(computer);
  expect(await computer.ask('unlockOnline', { ...ana, hasEscrow: true })).toMatchObject({
    is: 'unlocked',
  });
  expect((await computer.ask('listDrafts', {})).drafts).toMatchObject([
    { content: 'What Ana typed.' },
  ]);
  letGo();
  expect(escrowKey()).not.toBe(sealingKeyId(sealingKey));
  await computer.ask('unlockOnline', { ...ana, hasEscrow: true });
  expect(escrowKey()).toBe(sealingKeyId(sealingKey));
});

test('earlier drafts that the disk would not move yet come home at the next sign-in', async () => {
  const computer = new TestComputer();
  const ana = person('Ana');
  await computer.begin();
  await signIn(computer, ana);
  await computer.ask('saveDraft', { draft: draft('Earlier.'), revision: 0 });
  await computer.begin();
  await computer.ask('beginAnew', { ...ana, password: 'another three words', hasEscrow: true });
  await computer.ask('changePassword', { password: ana.password });
  const texts = async () =>
    (await computer.ask('listDrafts', {})).drafts.map(({ content }) => content);
  // The password is the first one again: what is under it opens at the next sign-in.
  await computer.begin();
  const letGo = holdStore(computer);
  expect(await computer.ask('unlockOnline', { ...ana, hasEscrow: true })).toMatchObject({
    is: 'unlocked',
  });
  expect(await texts()).toEqual([]);
  letGo();
  await computer.ask('unlockOnline', { ...ana, hasEscrow: true });
  expect(await texts()).toEqual(['Earlier.']);
});
