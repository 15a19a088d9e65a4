/** What ten minutes change: nobody has been alerted yet, and a concern that was left alone goes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addStaff } from '../../server/testing/people.ts';
import { freePort, startTestServer, type TestServer } from '../../server/testing/server.ts';
import { Desk, type DeskParts } from '../../test/chaos/desk.ts';

const MINUTE_MS = 60_000;
const COMPUTER = randomUUID();
const WAIT = { timeout: 25_000, interval: 100 };

let server: TestServer;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meadowlark-minutes-'));
  server = await startTestServer();
  await addStaff(server, { name: 'Ines Duarte', isKeyUser: true });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Runs the program on one computer until `work` is done. */
async function running(parts: Partial<DeskParts>, work: (desk: Desk) => Promise<void>) {
  const desk = new Desk({ server, folder, computerId: COMPUTER, ...parts });
  try {
    await work(desk);
  } finally {
    await desk.school.close();
  }
}

/** Saves a concern without signing in, and lets the courier look at once. */
async function saveConcern({ school }: Desk, isFinished: boolean): Promise<string> {
  const concern = {
    id: randomUUID(),
    writer: 'A dinner lady',
    student: 'A girl in 7B',
    text: 'She said she is afraid to go home.',
    writtenAt: new Date().toISOString(),
    isFinished,
  };
  expect(await school.vault.ask('saveConcern', { concern })).toMatchObject({ ok: true });
  await school.courier.wake();
  return concern.id;
}

const held = () => server.db.selectFrom('held').select(['id', 'reason', 'inside']).execute();

test('ten minutes without a receipt, and the frame is told that nobody has been alerted', async () => {
  await running({ port: await freePort() }, async (desk) => {
    const { courier } = desk.school;
    await saveConcern(desk, true);
    expect(courier.waiting).toEqual({
      count: 1,
      oldestMinutes: 0,
      nobodyAlertedYet: false,
      damaged: 0,
    });
    desk.passedMs = 9 * MINUTE_MS;
    await courier.wake();
    expect(courier.waiting).toEqual({
      count: 1,
      oldestMinutes: 9,
      nobodyAlertedYet: false,
      damaged: 0,
    });
    desk.passedMs = 10 * MINUTE_MS;
    await courier.wake();
    expect(courier.waiting).toEqual({
      count: 1,
      oldestMinutes: 10,
      nobodyAlertedYet: true,
      damaged: 0,
    });
  });
});

test('a concern that is left alone is sent by itself after ten minutes, marked as unfinished', async () => {
  let id = '';
  await running({}, async (desk) => {
    id = await saveConcern(desk, false);
  });
  // The program is started again: its clock, and with it how long it was left alone, goes on.
  await running({ clockWrongByMs: 8 * MINUTE_MS }, async (desk) => {
    // What is finished goes at once: by then the unfinished one would have gone as well.
    await saveConcern(desk, true);
    await expect.poll(() => desk.school.courier.waiting.count, WAIT).toBe(1);
    expect((await held()).map((item) => item.id)).not.toContain(id);
  });
  await running({ clockWrongByMs: 10 * MINUTE_MS }, async (desk) => {
    await desk.school.courier.wake();
    await desk.drained();
  });
  const arrived = (await held()).find((item) => item.id === id);
  expect(arrived?.reason).toBe('without-signing-in');
  expect(JSON.parse(arrived?.inside ?? '{}')).toMatchObject({ concern: { id, isFinished: false } });
});
