import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  readSession,
  renewSession,
  signIn,
  signOut,
  signOutEverywhere,
} from '../../src-shared/contract/session.ts';
import { addStaff, TEST_PASSWORD, type TestStaff } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import type { Refusal } from '../http/route.ts';
import { sessionRoutes } from './routes.ts';
import { tokenHash } from './rows.ts';

let school: TestServer;
let rosa: TestStaff;
beforeAll(async () => {
  school = await startTestServer();
});
afterAll(() => school.close());
beforeEach(async () => {
  school.clock.set('2026-11-24T08:45:00.000Z');
  rosa = await addStaff(school, { name: 'Rosa Blake', email: `${randomUUID()}@larkfield.example` });
});

const computer = (id: string = randomUUID()) => ({ id, name: 'Staff room 1' });
const tryPassword = (email: string, password: string, id?: string) =>
  school.call(signIn, { email, password, computer: computer(id) });
const isLive = async (token: string) => (await school.call(readSession, {}, token)).ok;

describe('S4 signing in', () => {
  test('gives a session with the person, the school and how they like to read', async () => {
    const answer = await tryPassword(rosa.email, rosa.password);
    expect(answer).toMatchObject({
      ok: true,
      value: {
        token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
        session: {
          staff: { id: rosa.id, name: 'Rosa Blake', email: rosa.email, isKeyUser: false },
          school: { name: 'Larkfield School', timeZone: 'Europe/London' },
          preferences: { textSize: 100, spacing: 'usual', tint: 'none' },
          serverTime: '2026-11-24T08:45:00.000Z',
          endsAt: '2026-11-24T09:00:00.000Z',
        },
      },
    });
  });

  test('R48 what a session says of the school leaves out what only the server needs', async () => {
    const token = await school.signInAs(rosa);
    const reply = await school.raw({
      path: '/v1/session',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(reply.text).not.toMatch(/smtp|categoryInEmail|listen/);
  });

  test('an address may be typed in any case and with spaces around it', async () => {
    expect((await tryPassword(` ${rosa.email.toUpperCase()} `, rosa.password)).ok).toBe(true);
  });

  test('R29 a password with accents is the same however the keyboard composes them', async () => {
    const person = await addStaff(school, {
      name: 'Zoë Café',
      email: `${randomUUID()}@larkfield.example`,
      password: 'crème brûlée otter'.normalize('NFC'),
    });
    expect((await tryPassword(person.email, 'crème brûlée otter'.normalize('NFD'))).ok).toBe(true);
  });

  test('R49 whoever leaves the school is refused at their next request', async () => {
    const token = await school.signInAs(rosa);
    await school.db.updateTable('staff').set({ is_active: 0 }).where('id', '=', rosa.id).execute();
    expect(await school.call(readSession, {}, token)).toMatchObject({
      status: 401,
      error: { code: 'session-ended' },
    });
    expect(await tryPassword(rosa.email, rosa.password)).toMatchObject({
      error: { code: 'sign-in-refused' },
    });
  });

  test('R49 joining and leaving the safeguarding team counts from the next request on', async () => {
    const token = await school.signInAs(rosa);
    const isKeyUser = async () => {
      const answer = await school.call(readSession, {}, token);
      return answer.ok && answer.value.staff.isKeyUser;
    };
    const team = await school.db
      .selectFrom('alert_group')
      .select(['id', 'school_id'])
      .where('is_safeguarding_team', '=', 1)
      .executeTakeFirstOrThrow();
    const seen = [await isKeyUser()];
    await school.db
      .insertInto('alert_group_member')
      .values({ school_id: team.school_id, group_id: team.id, staff_id: rosa.id })
      .execute();
    seen.push(await isKeyUser());
    await school.db.deleteFrom('alert_group_member').where('staff_id', '=', rosa.id).execute();
    seen.push(await isKeyUser());
    expect(seen).toEqual([false, true, false]);
  });
});

describe('R32 nobody learns who has an account', () => {
  test('an unknown address, a wrong password, no password yet and a leaver look the same', async () => {
    const newcomer = await addStaff(school, { name: 'New Comer', password: null });
    const leaver = await addStaff(school, { name: 'Old Leaver', isActive: false });
    const bodies = [];
    for (const email of [rosa.email, 'nobody@larkfield.example', newcomer.email, leaver.email]) {
      const answer = await tryPassword(email, 'not the password');
      bodies.push(
        answer.ok ? answer : { ...answer, error: { ...answer.error, correlationId: '' } },
      );
    }
    expect(new Set(bodies.map((body) => JSON.stringify(body)))).toEqual(
      new Set([
        JSON.stringify({
          ok: false,
          status: 401,
          error: { code: 'sign-in-refused', correlationId: '' },
        }),
      ]),
    );
  });

  test('an unknown address is held up after as many tries as a known one', async () => {
    const waits = async (email: string) => {
      const id = randomUUID();
      const seen: (number | undefined)[] = [];
      for (let index = 0; index < 7; index += 1) {
        const answer = await tryPassword(email, 'not the password', id);
        seen.push(answer.ok ? -1 : answer.error.waitSeconds);
      }
      return seen;
    };
    expect(await waits('unknown@larkfield.example')).toEqual(await waits(rosa.email));
  });
});

describe('R31 tries that fail are held up, people are not locked out', () => {
  const fail = async (id: string, times: number) => {
    let answer = await tryPassword(rosa.email, 'not the password', id);
    for (let index = 1; index < times; index += 1) {
      answer = await tryPassword(rosa.email, 'not the password', id);
    }
    return answer;
  };

  test('five tries are free, then the wait doubles from 1 second to 15 minutes', async () => {
    const id = randomUUID();
    const waits: number[] = [];
    await fail(id, 5);
    for (let index = 0; index < 12; index += 1) {
      const answer = await tryPassword(rosa.email, 'not the password', id);
      if (answer.ok || answer.error.waitSeconds === undefined) throw new Error('not held up');
      waits.push(answer.error.waitSeconds);
      school.clock.advance(answer.error.waitSeconds);
      await fail(id, 1);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  });

  test('while held up even the right password is not looked at', async () => {
    const id = randomUUID();
    await fail(id, 5);
    const answer = await tryPassword(rosa.email, rosa.password, id);
    expect(answer).toMatchObject({
      status: 429,
      error: { code: 'too-many-tries', waitSeconds: 1 },
    });
  });

  test('a success forgets the failures', async () => {
    const id = randomUUID();
    await fail(id, 4);
    await school.signInAs(rosa, id);
    expect(await fail(id, 5)).toMatchObject({ error: { code: 'sign-in-refused' } });
  });

  test('forty tries at once are not more than five', async () => {
    const id = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => tryPassword(rosa.email, 'not the password', id)),
    );
    const judged = answers.filter(
      (answer) => !answer.ok && answer.error.code === 'sign-in-refused',
    );
    expect(judged).toHaveLength(5);
  });

  test('somebody who guesses on another computer does not hold up a person on their own', async () => {
    const own = randomUUID();
    await school.signInAs(rosa, own);
    for (let index = 0; index < 30; index += 1) {
      await tryPassword(rosa.email, 'not the password', randomUUID());
    }
    expect((await tryPassword(rosa.email, rosa.password, own)).ok).toBe(true);
  });

  test('new computers at one address share their tries, and wait 15 minutes at most', async () => {
    for (let index = 0; index < 200; index += 1) {
      const answer = await tryPassword(rosa.email, 'not the password', randomUUID());
      if (!answer.ok) school.clock.advance(answer.error.waitSeconds ?? 0);
    }
    const held = await tryPassword(rosa.email, rosa.password, randomUUID());
    expect(held).toMatchObject({ error: { code: 'too-many-tries' } });
    school.clock.advance(900);
    expect((await tryPassword(rosa.email, rosa.password, randomUUID())).ok).toBe(true);
  });

  test('whoever comes from many addresses gets no more tries by it', async () => {
    const [route] = sessionRoutes(school.house, school.tools.hasher);
    const ownId = randomUUID();
    await school.signInAs(rosa, ownId);
    const ids = [() => randomUUID(), () => ownId];
    const judged = [0, 0];
    for (let index = 0; index < 300; index += 1) {
      for (const [which, idOf] of ids.entries()) {
        const request = { email: rosa.email, password: 'wrong', computer: computer(idOf()) };
        const call = { address: `10.0.${index}.7`, correlationId: 'test' };
        const refusal = await route?.handle(request, call).catch((error: unknown) => error);
        if ((refusal as Refusal).code === 'sign-in-refused')
          judged[which] = (judged[which] ?? 0) + 1;
      }
    }
    // On a computer of the person's own five, whatever its address is said to be.
    expect(judged).toEqual([80, 5]);
    // Nor does the person's own success give the strangers new tries.
    school.clock.advance(1);
    await school.signInAs(rosa, ownId);
    await tryPassword(rosa.email, 'wrong');
    expect(await tryPassword(rosa.email, 'wrong')).toMatchObject({
      error: { code: 'too-many-tries', waitSeconds: 2 },
    });
    school.clock.advance(900);
    expect((await tryPassword(rosa.email, rosa.password)).ok).toBe(true);
  });

  test('after a hundred failures in a row only a new password opens the account from there', async () => {
    const id = randomUUID();
    await school.signInAs(rosa, id);
    for (let index = 0; index < 100; index += 1) {
      await fail(id, 1);
      school.clock.advance(901);
    }
    expect(await tryPassword(rosa.email, rosa.password, id)).toMatchObject({
      error: { code: 'sign-in-refused' },
    });
    expect((await tryPassword(rosa.email, rosa.password)).ok).toBe(true);
  });

  test('R71 what is counted holds no address of anybody', async () => {
    await fail(randomUUID(), 1);
    const rows = await school.db.selectFrom('throttle').select('key').execute();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((row) => row.key.includes('@'))).toEqual([]);
  });
});

describe('R33 tokens', () => {
  test('every sign-in has a new one, and only its SHA-256 is stored', async () => {
    const tokens = [await school.signInAs(rosa), await school.signInAs(rosa)];
    const rows = await school.db
      .selectFrom('session')
      .select('token_hash')
      .where('staff_id', '=', rosa.id)
      .execute();
    expect(new Set(tokens).size).toBe(2);
    expect(rows.map((row) => row.token_hash).toSorted()).toEqual(tokens.map(tokenHash).toSorted());
  });

  test('signing out ends this session alone', async () => {
    const [first, second] = [await school.signInAs(rosa), await school.signInAs(rosa)];
    await school.call(signOut, {}, first);
    expect([await isLive(first), await isLive(second)]).toEqual([false, true]);
  });

  test('signing out everywhere ends every session of the person and nobody else’s', async () => {
    const other = await addStaff(school, {
      name: 'Ada Okafor',
      email: `${randomUUID()}@larkfield.example`,
    });
    const [first, second] = [await school.signInAs(rosa), await school.signInAs(rosa)];
    const others = await school.signInAs(other);
    expect(await school.call(signOutEverywhere, {}, first)).toMatchObject({ value: { ended: 2 } });
    expect([await isLive(first), await isLive(second), await isLive(others)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test.each(['', 'Bearer', 'Bearer x', `Basic ${'A'.repeat(43)}`, `Bearer ${'A'.repeat(43)}`])(
    'a request with "%s" is told that the session has ended',
    async (authorization) => {
      const reply = await school.raw({ path: '/v1/session', headers: { authorization } });
      expect([reply.status, JSON.parse(reply.text).code]).toEqual([401, 'session-ended']);
    },
  );
});

describe('R34 a session ends by itself', () => {
  test('after 899 seconds without input it lives, after 901 it does not', async () => {
    const token = await school.signInAs(rosa);
    school.clock.advance(899);
    const before = await isLive(token);
    school.clock.advance(2);
    expect([before, await isLive(token)]).toEqual([true, false]);
  });

  test('one from when the server’s clock was ahead has ended: nobody knows how long ago that was', async () => {
    const { clock } = school;
    const now = clock.now().getTime();
    const ahead = async (seconds: number) => {
      clock.set(new Date(now + seconds * 1000).toISOString());
      const token = await school.signInAs(rosa);
      clock.set(new Date(now).toISOString());
      return await isLive(token);
    };
    expect([await ahead(12 * 60 * 60), await ahead(61), await ahead(60)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('input renews it, other requests never do', async () => {
    const token = await school.signInAs(rosa);
    school.clock.advance(600);
    expect(await school.call(renewSession, {}, token)).toMatchObject({
      value: { endsAt: '2026-11-24T09:10:00.000Z' },
    });
    school.clock.advance(600);
    const read = await isLive(token);
    school.clock.advance(301);
    expect([read, await isLive(token)]).toEqual([true, false]);
  });

  test('input that is told late counts from when it was, and never takes time away', async () => {
    const token = await school.signInAs(rosa);
    school.clock.advance(600);
    expect(await school.call(renewSession, { inputAgoMs: 45_000 }, token)).toMatchObject({
      value: { endsAt: '2026-11-24T09:09:15.000Z' },
    });
    expect(await school.call(renewSession, { inputAgoMs: 900_000 }, token)).toMatchObject({
      value: { endsAt: '2026-11-24T09:09:15.000Z' },
    });
    school.clock.set('2026-11-24T09:09:14.000Z');
    const before = await isLive(token);
    school.clock.set('2026-11-24T09:09:16.000Z');
    expect([before, await isLive(token)]).toEqual([true, false]);
  });

  test('after 12 hours it ends however much is typed', async () => {
    const token = await school.signInAs(rosa);
    for (let minute = 0; minute < 12 * 60 - 1; minute += 14) {
      school.clock.advance(14 * 60);
      await school.call(renewSession, {}, token);
    }
    school.clock.set('2026-11-24T20:44:59.000Z');
    const before = await isLive(token);
    school.clock.set('2026-11-24T20:45:00.000Z');
    expect([before, await isLive(token)]).toEqual([true, false]);
  });

  test('an ended session is not woken by input', async () => {
    const token = await school.signInAs(rosa);
    school.clock.advance(901);
    expect(await school.call(renewSession, {}, token)).toMatchObject({ status: 401 });
    expect(await isLive(token)).toBe(false);
  });
});

test('R68 sign-in, refused sign-in and sign-out each leave one row with ids alone', async () => {
  const id = randomUUID();
  await tryPassword(rosa.email, 'not the password', id);
  const token = await school.signInAs({ email: rosa.email, password: TEST_PASSWORD }, id);
  await school.call(signOut, {}, token);
  const rows = await school.db
    .selectFrom('audit')
    .select(['event', 'result', 'computer_id'])
    .where('staff_id', '=', rosa.id)
    .orderBy('position')
    .execute();
  expect(rows).toEqual([
    { event: 'sign-in', result: 'refused', computer_id: id },
    { event: 'sign-in', result: 'done', computer_id: id },
    { event: 'sign-out', result: 'done', computer_id: id },
  ]);
});
