/** R27, T13: somebody leaves; the real client hands over what they had not finished, and has no key of theirs any more. */
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OneComputer } from '../chaos/one-computer.ts';

let one: OneComputer;
beforeEach(async () => {
  one = await OneComputer.begin();
});
afterEach(() => one.end());

test('what Ana had not finished when she left reaches the team once, and her keys are gone from the computer', async () => {
  const [ana, ben] = one.people;
  const client = await one.start();
  const typed = async (text: string): Promise<void> => {
    await client.must('saveDraft', {
      draft: {
        id: newId(),
        kind: 'incident',
        incidentId: null,
        content: JSON.stringify({ text, studentId: null }),
        place: { field: null, selectionStart: null, selectionEnd: null, scrollTop: 0 },
      },
      revision: 0,
    });
  };
  await client.signIn(ana);
  await typed('He was afraid to go home.');
  await client.must('signOut');
  await client.signIn(ben);
  await typed('Of Ben, who stays.');
  await client.must('signOut');
  await one.stop();
  await one.school.stop();
  const sqlite = new SQLite(one.school.databaseFile);
  sqlite.prepare('UPDATE staff SET is_active = 0 WHERE id = ?').run(ana.id);
  sqlite.close();
  await one.school.start();

  // Nobody signs in: the program alone hears it, and carries what was left.
  const again = await one.start();
  const left = () => one.school.read().texts.filter(({ held }) => held);
  await expect.poll(() => left().length, { timeout: 60_000 }).toBe(1);
  expect(left()[0]?.text).toContain('He was afraid to go home.');
  expect(await one.drained(again)).toBe(true);
  const store = new SQLite(join(one.data, 'vault.sqlite'), { readonly: true });
  expect(store.prepare('SELECT staff_id FROM person').pluck().all()).toEqual([ben.id]);
  expect(store.prepare('SELECT count(*) FROM draft').pluck().get()).toBe(1);
  store.close();
  await again.signIn(ben);
  expect(await again.must('listDrafts')).toMatchObject({
    drafts: [{ content: expect.stringContaining('Of Ben, who stays.') as string }],
    losses: [],
  });
  await again.round();
  expect(left().length).toBe(1);
}, 120_000);
