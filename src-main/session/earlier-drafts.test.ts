/** R27: drafts that were left closed when their person began anew, opened later, as one goes on working. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addStaff, type TestStaff } from '../../server/testing/people.ts';
import { startTestServer, type TestServer } from '../../server/testing/server.ts';
import { Desk } from '../../test/chaos/desk.ts';

const CHANGED = 'another three words';

let server: TestServer;
let folder: string;
let desk: Desk;
let teller: TestStaff;
let draftId: string;
beforeEach(async () => {
  server = await startTestServer({
    change: (settings) => ({ ...settings, school: { ...settings.school, escrow: true } }),
  });
  folder = mkdtempSync(join(tmpdir(), 'meadowlark-earlier-'));
  desk = new Desk({ server, folder });
  teller = await addStaff(server, { name: 'Morag Teller' });
  await desk.signIn(teller);
  draftId = randomUUID();
  const place = { field: null, selectionStart: null, selectionEnd: null, scrollTop: 0 };
  const draft = { id: draftId, kind: 'incident' as const, incidentId: null, content: '{}', place };
  const saved = await desk.school.vault.ask('saveDraft', { draft, revision: 0 });
  if (!saved.ok) throw new Error(`not saved: ${saved.code}`);
  await desk.school.lock.signOut();
  // Her password is changed on another computer.
  await server.db
    .updateTable('password')
    .set({ hash: await server.tools.hasher.hash(CHANGED) })
    .where('staff_id', '=', teller.id)
    .execute();
  await desk.signIn({ ...teller, password: CHANGED });
  const begun = await desk.school.person.beginAnew();
  if (!begun.ok) throw new Error(`not begun anew: ${begun.code}`);
});
afterEach(async () => {
  await desk.school.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

const kept = async () => {
  const listed = await desk.school.vault.ask('listDrafts', {});
  return listed.ok ? listed.value.drafts.map(({ id }) => id) : listed.code;
};
const closed = async () => {
  const read = await desk.school.vault.ask('readEarlierDrafts', {});
  return read.ok ? read.value.count : read.code;
};

test('the earlier password opens them at any time, a wrong one changes nothing, and anew is not begun twice', async () => {
  const { person } = desk.school;
  desk.passedMs += 60 * 60_000;
  expect([await kept(), await closed()]).toEqual([[], 1]);
  expect(await person.giveOldPassword('not that one')).toEqual({
    ok: false,
    code: 'old-password-wrong',
  });
  expect(await person.beginAnew()).toEqual({ ok: false, code: 'not-allowed' });
  expect(await closed()).toBe(1);
  expect(await person.giveOldPassword(teller.password)).toMatchObject({
    ok: true,
    value: { keys: { is: 'open' } },
  });
  expect([await kept(), await closed()]).toEqual([[draftId], 0]);
});

test('the school’s key opens them at any time', async () => {
  expect(await desk.school.person.recoverDrafts()).toMatchObject({
    ok: true,
    value: { keys: { is: 'open' } },
  });
  expect([await kept(), await closed()]).toEqual([[draftId], 0]);
});
