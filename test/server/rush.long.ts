/**
 * R30: two hundred people sign in at once, with the hashing that schools have, while `/health` is
 * asked again and again. Judged by what one hash takes in the very rush, on however busy a computer:
 * a server that hashed on its event loop would answer nobody for at least that long, again and again.
 */
import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ErrorReply } from '../../src-shared/contract/errors.ts';
import { signIn } from '../../src-shared/contract/session.ts';
import { makeHasher, REAL_COST } from '../../server/password/hasher.ts';
import { addStaff } from '../../server/testing/people.ts';
import { quantile } from './ranks.ts';
import { NO_MAIL, SchoolProcess } from './school-process.ts';

const PEOPLE = 200;
const PASSWORD = 'copper hammer otter';
const BETWEEN_LOOKS_MS = 20;
const IDLE_LOOKS = 200;
/** R30: two a core. */
const HASHES_AT_ONCE = availableParallelism() * 2;

let school: SchoolProcess;
beforeAll(async () => {
  const hasher = await makeHasher(REAL_COST);
  const hash = await hasher.hash(PASSWORD);
  school = await SchoolProcess.make({
    mailUrl: NO_MAIL,
    hashCost: REAL_COST,
    populate: async (server) => {
      const at = server.house.now().toISOString();
      const school_id = server.house.settings.school.id;
      for (let number = 0; number < PEOPLE; number += 1) {
        const person = { name: `Person N${number}`, email: addressOf(number), password: null };
        const { id } = await addStaff(server, person);
        const password = { staff_id: id, school_id, hash, changed_at: at };
        await server.db.insertInto('password').values(password).execute();
      }
    },
  });
  await school.start();
});
afterAll(() => school.end());

const addressOf = (number: number) => `person.${number}@larkfield.example`;

async function lookAtHealth(): Promise<number> {
  const started = performance.now();
  const answer = await school.ask({ method: 'GET', path: '/health' });
  expect(answer?.status).toBe(200);
  return performance.now() - started;
}

/** Signs in, and comes back where the queue is full when it is told to; how often that was. */
async function signInAt(number: number): Promise<number> {
  const computer = { id: randomUUID(), name: `ROOM-${number}` };
  const body = JSON.stringify({ email: addressOf(number), password: PASSWORD, computer });
  const headers = { 'content-type': 'application/json' };
  for (let refused = 0; ; refused += 1) {
    const answer = await school.ask({ method: signIn.method, path: signIn.path, headers, body });
    if (answer?.status === 200) return refused;
    const { code, waitSeconds = 0 } = ErrorReply.parse(JSON.parse(answer?.text ?? '{}'));
    // The second is for a computer so slow that they come back too often for one address.
    expect(['server-busy', 'too-many-tries']).toContain(code);
    await pause(waitSeconds * 1_000 + Math.random() * 1_000);
  }
}

test('R30 two hundred sign-ins at once keep nobody else waiting, and everybody gets in', async () => {
  const idle: number[] = [];
  for (let look = 0; look < IDLE_LOOKS; look += 1) {
    idle.push(await lookAtHealth());
    await pause(BETWEEN_LOOKS_MS);
  }
  const rush = { isOver: false };
  const started = performance.now();
  const signingIn = Promise.all(
    Array.from({ length: PEOPLE }, (_, number) => signInAt(number)),
  ).finally(() => {
    rush.isOver = true;
  });
  const busy: number[] = [];
  while (!rush.isOver) {
    busy.push(await lookAtHealth());
    await pause(BETWEEN_LOOKS_MS);
  }
  const refused = await signingIn;
  // More than run and wait at once: some were sent away and came back.
  expect(refused.filter((count) => count > 0).length).toBeGreaterThan(0);
  const oneHash = ((performance.now() - started) * HASHES_AT_ONCE) / PEOPLE;
  const [median, p99, idleP99] = [quantile(busy, 0.5), quantile(busy, 0.99), quantile(idle, 0.99)];
  const figures = { median, p99, idleP99, oneHash };
  expect({
    ...figures,
    mostWaitShort: median < oneHash / 4,
    nobodyWaitsForAHash: p99 < idleP99 + oneHash,
  }).toEqual({ ...figures, mostWaitShort: true, nobodyWaitsForAHash: true });
});
