/** Many computers of a school behind one address (R42): what the school refuses one costs no other. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { schoolFileOf } from '../../server/cli/school-file.ts';
import { revokeComputer } from '../../server/computer/rows.ts';
import { enrolmentOf, testComputer } from '../../server/testing/envelope.ts';
import { codeOf, enrolled } from '../../server/testing/office.ts';
import { addStaff, addStudent, type TestStaff } from '../../server/testing/people.ts';
import { startTestServer, type TestServer } from '../../server/testing/server.ts';
import { enrolComputer } from '../../src-shared/contract/computer.ts';
import type { VaultRequest } from '../../src-shared/vault.ts';
import type { LogMessage } from '../log.ts';
import { enterSchool, type School } from '../school.ts';
import { forkVaultInNode } from '../testing/fork-vault.ts';

const WAIT = { timeout: 25_000, interval: 100 };
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

class Desk {
  readonly computerId = randomUUID();
  readonly logged: LogMessage[] = [];
  readonly school: School;
  passedMs = 0;

  constructor() {
    const log = (message: LogMessage): void => void this.logged.push(message);
    const school: School = enterSchool(schoolFileOf(server.folder, server.settings), {
      computer: { id: this.computerId, name: 'RECEPTION-2' },
      clock: () => performance.now() + this.passedMs,
      now: () => new Date(),
      random: Math.random,
      log: { info: log, error: log },
      folder: mkdtempSync(join(folder, 'desk-')),
      startVault: () => forkVaultInNode(),
      pages: { end: async () => null, begin: () => undefined },
      idleMs: 15 * MINUTE_MS,
      tell(name) {
        if (name === 'saveNow') school.saving.answered(true);
        return true;
      },
      onWaiting: () => undefined,
      onContact: () => undefined,
    });
    this.school = school;
    desks.push(this);
  }

  /** Submits so many incidents as a person, and waits until nothing is left here. */
  async submit(person: TestStaff, studentId: string, count: number): Promise<void> {
    const { school } = this;
    expect(await school.person.signIn(person.email, person.password)).toMatchObject({ ok: true });
    for (let number = 0; number < count; number += 1) {
      const submission = await incident(studentId);
      expect(await school.vault.ask('submit', { submission, isUrgent: false })).toMatchObject({
        ok: true,
      });
    }
    await school.courier.wake();
    await expect.poll(() => school.courier.waiting.count, WAIT).toBe(0);
  }
}

async function incident(studentId: string): Promise<VaultRequest<'submit'>['submission']> {
  const category = await server.db.selectFrom('category').select('id').executeTakeFirstOrThrow();
  const at = server.clock.now().toISOString();
  return {
    kind: 'incident',
    id: randomUUID(),
    writtenAt: at,
    studentId,
    text: 'Ellie said she has not eaten since yesterday.',
    categoryIds: [category.id],
    linkedStudents: [],
    happenedAt: at,
    status: 'active',
    assigneeIds: [],
    agencies: [],
    alertStaffIds: [],
    alertGroupIds: [],
  };
}

async function people(): Promise<{ teller: TestStaff; studentId: string }> {
  const teller = await addStaff(server, { name: 'Morag Teller' });
  await addStaff(server, { name: 'Ines Duarte', isKeyUser: true });
  return { teller, studentId: await addStudent(server, { forename: 'Ellie', surname: 'Marsh' }) };
}

async function revoke(id: string): Promise<void> {
  const of = { schoolId: server.settings.school.id, id, at: server.clock.now().toISOString() };
  expect(await server.db.transaction().execute((trx) => revokeComputer(trx, of))).toBe(true);
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
  await new Desk().submit(teller, studentId, 5);
  expect(await arrived()).toEqual({ entries: 5, held: 0 });
});

test('R42 a computer that is revoked while it runs: what it has is taken and held, it asks ever less often, and it recovers by itself', async () => {
  server = await startTestServer();
  const { teller, studentId } = await people();
  const desk = new Desk();
  await desk.submit(teller, studentId, 1);
  await revoke(desk.computerId);
  const asked = server.logLines.length;
  // Six hours, minute by minute.
  for (let minute = 0; minute < 6 * 60; minute += 1) {
    desk.passedMs += MINUTE_MS;
    await desk.school.rounds.go();
  }
  const rounds = server.logLines.slice(asked).filter((line) => line.includes('/v1/computers"'));
  expect(rounds.length).toBeGreaterThan(5);
  expect(rounds.length).toBeLessThan(30);
  expect(desk.school.rounds.isDone).toBe(true);
  await desk.submit(teller, studentId, 2);
  expect(await arrived()).toEqual({ entries: 1, held: 2 });

  await server.db.updateTable('computer').set({ revoked_at: null }).execute();
  const seen = server.logLines.length;
  for (let minute = 0; minute < 61; minute += 1) {
    desk.passedMs += MINUTE_MS;
    await desk.school.rounds.go();
  }
  const since = server.logLines.slice(seen).filter((line) => line.includes('/v1/computers"'));
  expect(since.at(-1)).toContain('"status":200');
});

test('R59 a server that lets nobody enrol now, as there are too many: what waits is carried all the same', async () => {
  server = await startTestServer({ openRequestsPerMinute: 12 });
  const { teller, studentId } = await people();
  const desk = new Desk();
  await desk.submit(teller, studentId, 1);
  for (let tries = 0; tries < 12; tries += 1) {
    await server.call(enrolComputer, enrolmentOf(testComputer(), codeOf(server)));
  }
  desk.passedMs += 61 * MINUTE_MS;
  await desk.school.rounds.go();
  expect(desk.logged.some((message) => message === 'round not made')).toBe(true);
  await desk.submit(teller, studentId, 3);
  expect(await arrived()).toEqual({ entries: 4, held: 0 });
});
