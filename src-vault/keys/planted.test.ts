/**
 * R22, R27: a colleague under the same account has the folder, the keychain's secret and the program,
 * and leaves keys of their own in another person's name, or kept those of an old password.
 */
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { fromBase64 } from '../crypto.ts';
import { openDraft } from '../drafts/content.ts';
import type { StoredDraft } from '../drafts/rows.ts';
import type { House } from '../house.ts';
import {
  TEST_COST,
  TestComputer,
  certify,
  draft,
  person,
  signIn,
  type TestPerson,
} from '../testing/world.ts';
import { readDeviceSecrets } from './device-secret.ts';
import { unwrapKeys } from './person-keys.ts';
import type { PersonRow } from './rows.ts';

const EVIL = 'a password of the colleague';

async function withPast() {
  const computer = new TestComputer();
  const ana = person('Ana');
  await computer.begin();
  await signIn(computer, ana);
  await computer.ask('saveDraft', { draft: draft('Of the past.'), revision: 0 });
  return { computer, ana };
}

/** The colleague runs the vault itself, as if the school had taken their password for Ana's. */
async function plant(computer: TestComputer, ana: TestPerson): Promise<PersonRow> {
  await computer.begin();
  const { staffId, email } = ana;
  await computer.ask('beginAnew', { staffId, email, password: EVIL, hasEscrow: true });
  return await newestRow(computer);
}

async function newestRow(computer: TestComputer): Promise<PersonRow> {
  await computer.end();
  return read<PersonRow>(computer, 'SELECT * FROM person ORDER BY generation DESC')[0] as PersonRow;
}

function read<T>({ folder }: TestComputer, query: string): T[] {
  const sqlite = new SQLite(join(folder, 'vault.sqlite'), { readonly: true });
  const rows = sqlite.prepare<[], T>(query).all();
  sqlite.close();
  return rows;
}

/** What the record of keys opens with this password, of every row of drafts that is there now. */
async function readBy(computer: TestComputer, row: PersonRow, password: string) {
  await computer.end();
  const [secret] = computer.keychain.entries.values();
  const fromKeychain = { secret: fromBase64(secret ?? '') };
  const secrets = readDeviceSecrets(computer.folder, fromKeychain);
  const house = { secrets, floor: TEST_COST } as House;
  const keys = await unwrapKeys(house, row, password);
  if (keys === null) throw new Error('the password does not open the record at all');
  const owner = { staffId: row.staff_id, draftKey: keys.draftKey };
  return read<StoredDraft>(computer, 'SELECT * FROM draft').map(
    (stored) => openDraft(owner, stored)?.content ?? null,
  );
}

const texts = async (computer: TestComputer): Promise<string[]> =>
  (await computer.ask('listDrafts', {})).drafts.map(({ content }) => content).toSorted();

test('R27 a generation that a colleague left: recovering brings one’s own drafts home, and they read none of them', async () => {
  const { computer, ana } = await withPast();
  const planted = await plant(computer, ana);
  await computer.begin();
  expect(await computer.ask('unlockOnline', { ...ana, hasEscrow: true })).toMatchObject({
    is: 'needs-old-password',
    mayRecover: true,
  });
  const { sealed, recipient } = await computer.ask('beginRecovery', { staffId: ana.staffId });
  const answer = computer.school.recover(sealed, recipient);
  await certify(computer, await computer.ask('finishRecovery', { ...ana, sealed: answer }));
  await computer.ask('saveDraft', { draft: draft('Of the future.'), revision: 0 });
  expect(await texts(computer)).toEqual(['Of the future.', 'Of the past.']);
  expect((await computer.ask('listDrafts', {})).losses).toEqual([]);
  expect(await readBy(computer, planted, EVIL)).toEqual([null, null]);
});

test('R27 a generation that a colleague left: one’s own password as the old one opens the earlier, and leaves theirs', async () => {
  const { computer, ana } = await withPast();
  const planted = await plant(computer, ana);
  await computer.begin();
  const { staffId, email, password } = ana;
  await computer.ask('unlockWithOld', { staffId, email, old: password, password });
  await computer.ask('saveDraft', { draft: draft('Of the future.'), revision: 0 });
  expect(await texts(computer)).toEqual(['Of the future.', 'Of the past.']);
  expect(await readBy(computer, planted, EVIL)).toEqual([null, null]);
});

test.each(['here', 'elsewhere'])(
  'R27 a password changed %s: who knew the old one and kept the old record reads nothing of now',
  async (where) => {
    const { computer, ana } = await withPast();
    const kept = await newestRow(computer);
    expect(await readBy(computer, kept, ana.password)).toEqual(['Of the past.']);
    await computer.begin();
    const password = 'another three words';
    if (where === 'here') {
      await signIn(computer, ana);
      await computer.ask('changePassword', { password });
    } else {
      const { staffId, email } = ana;
      await computer.ask('unlockWithOld', { staffId, email, old: ana.password, password });
    }
    await computer.ask('saveDraft', { draft: draft('Of the future.'), revision: 0 });
    expect(await texts(computer)).toEqual(['Of the future.', 'Of the past.']);
    expect(await readBy(computer, kept, ana.password)).toEqual([null, null]);
    // One record of keys, and none under the old password.
    expect(read(computer, 'SELECT key FROM person').length).toBe(1);
  },
);
