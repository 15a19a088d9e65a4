/** R27: the keychain of a computer is wiped while things wait on it and somebody has a draft there. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addStaff, addStudent } from '../../server/testing/people.ts';
import { startTestServer, type TestServer } from '../../server/testing/server.ts';
import { Desk } from '../../test/chaos/desk.ts';

let server: TestServer;
let folder: string;
let desk: Desk;
beforeEach(async () => {
  server = await startTestServer();
  folder = mkdtempSync(join(tmpdir(), 'meadowlark-wiped-'));
});
afterEach(async () => {
  await desk.school.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

test('R27 what waited arrives as its author’s, the draft comes back by the escrow, and what follows arrives too', async () => {
  const teller = await addStaff(server, { name: 'Morag Teller' });
  await addStaff(server, { name: 'Ines Duarte', isKeyUser: true });
  const studentId = await addStudent(server, { forename: 'Ellie', surname: 'Marsh' });
  const computerId = randomUUID();
  desk = new Desk({ server, folder, computerId });
  await desk.submit(teller, studentId, 1);
  const place = { field: null, selectionStart: null, selectionEnd: null, scrollTop: 0 };
  const draft = { id: randomUUID(), kind: 'incident', incidentId: null, content: '{}', place };
  expect(
    await desk.school.vault.ask('saveDraft', {
      draft: { ...draft, kind: 'incident' },
      revision: 0,
    }),
  ).toMatchObject({ ok: true });
  await desk.queue(studentId, 2);
  await desk.school.close();

  // The file that stands for the keychain where there is none.
  rmSync(join(folder, 'device-secret'));
  desk = new Desk({ server, folder, computerId });
  await desk.school.courier.wake();
  await desk.drained();
  const found = async () => {
    const entries = await server.db.selectFrom('submission').select('staff_id').execute();
    const held = await server.db.selectFrom('held').select('reason').execute();
    return { by: entries.map(({ staff_id: id }) => id), held };
  };
  expect(await found()).toEqual({ by: [teller.id, teller.id, teller.id], held: [] });

  const { person, vault } = desk.school;
  expect(await person.signIn(teller.email, teller.password)).toMatchObject({
    ok: true,
    value: { keys: { is: 'needs-old-password', mayRecover: true } },
  });
  expect(await person.recoverDrafts()).toMatchObject({ ok: true, value: { keys: { is: 'open' } } });
  expect(await vault.ask('listDrafts', {})).toMatchObject({
    ok: true,
    value: { drafts: [{ id: draft.id, content: '{}' }] },
  });
  await desk.queue(studentId, 1);
  await desk.school.courier.wake();
  await desk.drained();
  expect((await found()).held).toEqual([]);
  const computers = await server.db.selectFrom('computer').select(['id', 'revoked_at']).execute();
  // As what it was before, and as what it is now.
  expect(computers.map(({ revoked_at }) => revoked_at)).toEqual([null, null]);
});
