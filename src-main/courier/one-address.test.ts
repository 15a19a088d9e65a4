/** Many computers of a school behind one address (R42): what the school refuses one costs no other. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { revokeComputer } from '../../server/computer/rows.ts';
import { enrolmentOf, testComputer } from '../../server/testing/envelope.ts';
import { codeOf, enrolled } from '../../server/testing/office.ts';
import { addStaff, addStudent, type TestStaff } from '../../server/testing/people.ts';
import { startTestServer, type TestServer } from '../../server/testing/server.ts';
import { enrolComputer } from '../../src-shared/contract/computer.ts';
import { Desk } from '../../test/chaos/desk.ts';

const MINUTE_MS = 60_000;

let server: TestServer;
let folder: string;
let desks: Desk[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meadowlark-desks-'));
  desks = [];
});
afterEach(async () => {
  for (const { school } of desks) await school.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

async function people(): Promise<{ teller: TestStaff; studentId: string }> {
  const teller = await addStaff(server, { name: 'Morag Teller' });
  await addStaff(server, { name: 'Ines Duarte', isKeyUser: true });
  return { teller, studentId: await addStudent(server, { forename: 'Ellie', surname: 'Marsh' }) };
}

function desk(): Desk {
  const made = new Desk({ server, folder: mkdtempSync(join(folder, 'desk-')) });
  desks.push(made);
  return made;
}

async function revoke(id: string): Promise<void> {
  const of = { schoolId: server.settings.school.id, id, at: server.clock.now().toISOString() };
  expect(await server.db.transaction().execute((trx) => revokeComputer(trx, of))).toBe(true);
}

/** The school's one computer, by the id that its vault made with its key. */
async function computerId(): Promise<string> {
  const { id } = await server.db.selectFrom('computer').select('id').executeTakeFirstOrThrow();
  return id;
}

const arrived = async (): Promise<{ entries: number; held: number }> => {
  const entries = await server.db.selectFrom('incident').select('id').execute();
  const held = await server.db.selectFrom('held').select('id').execute();
  return { entries: entries.length, held: held.length };
};

test('R42, R85 a revoked computer asks on and on: all that its healthy neighbour has arrives', async () => {
  server = await startTestServer();
  const { teller, studentId } = await people();
  const stolen = await enrolled(server, 'STOLEN-1');
  await revoke(stolen.id);
  for (let tries = 0; tries < 70; tries += 1) {
    await server.call(enrolComputer, enrolmentOf(stolen, codeOf(server)));
  }
  await desk().submit(teller, studentId, 5);
  expect(await arrived()).toEqual({ entries: 5, held: 0 });
});

test('R42 a computer that is revoked while it runs: what it has is taken and held, it asks ever less often, and it recovers by itself', async () => {
  server = await startTestServer();
  const { teller, studentId } = await people();
  const here = desk();
  await here.submit(teller, studentId, 1);
  await revoke(await computerId());
  const asked = server.logLines.length;
  // Six hours, minute by minute.
  for (let minute = 0; minute < 6 * 60; minute += 1) {
    here.passedMs += MINUTE_MS;
    await here.school.rounds.go();
  }
  const rounds = server.logLines.slice(asked).filter((line) => line.includes('/v1/computers"'));
  expect(rounds.length).toBeGreaterThan(5);
  expect(rounds.length).toBeLessThan(30);
  expect(here.school.rounds.isDone).toBe(true);
  await here.submit(teller, studentId, 2);
  expect(await arrived()).toEqual({ entries: 1, held: 2 });

  await server.db.updateTable('computer').set({ revoked_at: null }).execute();
  const seen = server.logLines.length;
  for (let minute = 0; minute < 61; minute += 1) {
    here.passedMs += MINUTE_MS;
    await here.school.rounds.go();
  }
  const since = server.logLines.slice(seen).filter((line) => line.includes('/v1/computers"'));
  expect(since.at(-1)).toContain('"status":200');
});

test('R59 a server that lets nobody enrol now, as there are too many: what waits is carried all the same', async () => {
  server = await startTestServer({ openRequestsPerMinute: 12 });
  const { teller, studentId } = await people();
  const here = desk();
  await here.submit(teller, studentId, 1);
  // By its id: a computer of the school is counted by itself.
  const like = { ...testComputer(), id: await computerId() };
  for (let tries = 0; tries < 12; tries += 1) {
    await server.call(enrolComputer, enrolmentOf(like, codeOf(server)));
  }
  here.passedMs += 61 * MINUTE_MS;
  await here.school.rounds.go();
  expect(here.logged.some(({ message }) => message === 'round not made')).toBe(true);
  await here.submit(teller, studentId, 3);
  expect(await arrived()).toEqual({ entries: 4, held: 0 });
});
