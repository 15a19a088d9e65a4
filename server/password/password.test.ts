import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  changePassword,
  requestReset,
  setPasswordByCode,
} from '../../src-shared/contract/password.ts';
import { readSession, signIn } from '../../src-shared/contract/session.ts';
import { addStaff, type TestStaff } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

const GOOD = 'violet anchor badger';

let school: TestServer;
let rosa: TestStaff;
beforeAll(async () => {
  school = await startTestServer();
});
afterAll(() => school.close());
beforeEach(async () => {
  school.clock.set('2026-11-24T08:45:00.000Z');
  rosa = await addStaff(school, { name: 'Rosa Blake', email: `${randomUUID()}@larkfield.example` });
  // Every test starts with an address that has not asked for anything.
  await school.db.deleteFrom('throttle').execute();
});

interface Secrets {
  readonly code: string;
  readonly token: string;
}

/** Asks for the e-mail and reads link and code out of it, as the person would. */
async function ask(email = rosa.email, count = 1): Promise<Secrets> {
  await school.call(requestReset, { email });
  const { text } = await school.inbox.next(email, count);
  return {
    code: /^([2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5})$/m.exec(text)?.[1] ?? 'no code',
    token: /\/set-password\/([A-Za-z0-9_-]{43})$/m.exec(text)?.[1] ?? 'no link',
  };
}

const byCode = (code: string, password = GOOD, email = rosa.email) =>
  school.call(setPasswordByCode, { email, code, password });
const openLink = async (token: string) =>
  (await school.raw({ path: `/set-password/${token}` })).status;
const byLink = async (token: string, password = GOOD) =>
  (
    await school.raw({
      method: 'POST',
      path: `/set-password/${token}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ password }).toString(),
    })
  ).status;
const signsInWith = async (password: string) => {
  const computer = { id: randomUUID(), name: 'Room 4' };
  return (await school.call(signIn, { email: rosa.email, password, computer })).ok;
};
const code = (answer: { ok: boolean; error?: { code: string } }) => answer.error?.code ?? 'ok';

describe('S1 a person chooses their own password', () => {
  test('by the code of the e-mail, typed in any way people type codes', async () => {
    const { code: typed } = await ask();
    const answer = await byCode(` ${typed.toLowerCase().replace('-', ' ')} `);
    expect([answer.ok, await signsInWith(GOOD), await signsInWith(rosa.password)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('by the link of the e-mail', async () => {
    const { token } = await ask();
    expect([await openLink(token), await byLink(token), await signsInWith(GOOD)]).toEqual([
      200,
      303,
      true,
    ]);
  });

  test('somebody new, without a password until now, comes in the same way', async () => {
    const email = `${randomUUID()}@larkfield.example`;
    await addStaff(school, { name: 'New Comer', email, password: null });
    const secrets = await ask(email);
    expect((await byCode(secrets.code, GOOD, email)).ok).toBe(true);
  });

  test('setting it spends link and code, ends every session and forgets failed tries', async () => {
    const session = await school.signInAs(rosa);
    for (let index = 0; index < 6; index += 1) await signsInWith('not the password');
    const secrets = await ask();
    await byCode(secrets.code);
    expect({
      code: code(await byCode(secrets.code)),
      link: await openLink(secrets.token),
      session: (await school.call(readSession, {}, session)).ok,
      signsIn: await signsInWith(GOOD),
    }).toEqual({ code: 'code-refused', link: 410, session: false, signsIn: true });
  });

  test('of two who use one e-mail at once, one sets the password', async () => {
    const secrets = await ask();
    const answers = await Promise.all([
      byCode(secrets.code, 'violet anchor badger'),
      byCode(secrets.code, 'marble teapot falcon'),
      byCode(secrets.code, 'ribbon walnut heron'),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });
});

describe('S2 a link and a code die', () => {
  test('opening the link, however often, spends nothing', async () => {
    const { token } = await ask();
    const statuses = [await openLink(token), await openLink(token), await openLink(token)];
    expect([...statuses, await byLink(token)]).toEqual([200, 200, 200, 303]);
  });

  test('both work at 23:59:59 and not at midnight of the school', async () => {
    school.clock.set('2026-07-01T12:00:00.000Z');
    const secrets = await ask();
    school.clock.set('2026-07-01T22:59:59.999Z');
    const before = await openLink(secrets.token);
    school.clock.set('2026-07-01T23:00:00.000Z');
    expect([before, await openLink(secrets.token), code(await byCode(secrets.code))]).toEqual([
      200,
      410,
      'code-refused',
    ]);
  });

  test('a new e-mail replaces the one before', async () => {
    const first = await ask();
    const second = await ask(rosa.email, 2);
    expect([
      await openLink(first.token),
      code(await byCode(first.code)),
      await openLink(second.token),
      code(await byCode(second.code)),
    ]).toEqual([410, 'code-refused', 200, 'ok']);
  });

  test('a forged link is answered like one that is used', async () => {
    const pages = [];
    const used = (await ask()).token;
    await byLink(used);
    for (const token of [used, 'A'.repeat(43), 'short', '..%2f..%2fetc']) {
      const { status, text } = await school.raw({ path: `/set-password/${token}` });
      pages.push(`${status} ${text}`);
    }
    expect(new Set(pages).size).toBe(1);
  });

  test('ten wrong codes spend the code; the link of the same e-mail stays good', async () => {
    const secrets = await ask();
    for (let index = 0; index < 10; index += 1) await byCode('22222-22222');
    expect([code(await byCode(secrets.code)), await openLink(secrets.token)]).toEqual([
      'code-refused',
      200,
    ]);
  });

  test('R32 a wrong code leaves as much behind where nobody has that address', async () => {
    await ask();
    // What is written is waited for until the disk has it: the time that takes can be measured.
    const commits = async (email: string) => {
      const watched = school.db.selectFrom('audit').select(['event', 'result']);
      const before = (await watched.execute()).length;
      const counted = () => school.db.selectFrom('throttle').select(['key', 'failures']).execute();
      const tries = JSON.stringify(await counted());
      await byCode('22222-22222', GOOD, email);
      const audited = (await watched.execute()).slice(before);
      return { audited, isCounted: JSON.stringify(await counted()) !== tries };
    };
    const known = await commits(rosa.email);
    expect(known).toEqual({
      audited: [{ event: 'password-set', result: 'refused' }],
      isCounted: true,
    });
    expect(await commits('nobody@larkfield.example')).toEqual(known);
  });

  test('R31 one network’s wrong codes are limited over all addresses', async () => {
    const answers = [];
    for (let index = 0; index < 201; index += 1) {
      answers.push(code(await byCode('22222-22222', GOOD, `n${index}@larkfield.example`)));
    }
    expect([answers[199], answers[200]]).toEqual(['code-refused', 'too-many-tries']);
  });

  test('many wrong codes at once are not more tries than ten', async () => {
    const secrets = await ask();
    await Promise.all(Array.from({ length: 30 }, () => byCode('22222-22222')));
    expect(code(await byCode(secrets.code))).toBe('code-refused');
  });

  test('a code that is right but comes with a weak password stays good', async () => {
    const secrets = await ask();
    const weak = [];
    for (let index = 0; index < 12; index += 1)
      weak.push(code(await byCode(secrets.code, 'short')));
    expect([new Set(weak), code(await byCode(secrets.code))]).toEqual([
      new Set(['password-too-short']),
      'ok',
    ]);
  });

  test('whoever leaves in between can use neither', async () => {
    const secrets = await ask();
    await school.db.updateTable('staff').set({ is_active: 0 }).where('id', '=', rosa.id).execute();
    expect([code(await byCode(secrets.code)), await openLink(secrets.token)]).toEqual([
      'code-refused',
      410,
    ]);
  });

  test('neither code nor link can be read out of the database once the e-mail is sent', async () => {
    const secrets = await ask();
    const read = async () =>
      JSON.stringify([
        await school.db.selectFrom('password_reset').selectAll().execute(),
        await school.db.selectFrom('mail').selectAll().where('sent_at', 'is not', null).execute(),
      ]);
    const dump = await read();
    expect(dump).not.toContain(secrets.token);
    expect(dump).not.toContain(secrets.code.replace('-', ''));
  });
});

describe('S3 asking says nothing about who is known', () => {
  test('known and unknown addresses are answered alike, and only the known one is sent to', async () => {
    const unknown = 'nobody@larkfield.example';
    const answers = [
      await school.call(requestReset, { email: unknown }),
      await school.call(requestReset, { email: rosa.email }),
    ];
    await school.inbox.next(rosa.email);
    expect(answers).toEqual([
      { ok: true, status: 200, value: {} },
      { ok: true, status: 200, value: {} },
    ]);
    expect(school.inbox.offered).not.toContain(unknown);
  });

  test('a wrong code and an unknown address are answered alike', async () => {
    await ask();
    expect([
      code(await byCode('22222-22222')),
      code(await byCode('22222-22222', GOOD, 'nobody@larkfield.example')),
    ]).toEqual(['code-refused', 'code-refused']);
  });

  test('nobody’s inbox is flooded: three e-mails in a quarter of an hour, ten a day', async () => {
    const sent = async () =>
      (await school.db.selectFrom('mail').select('id').where('staff_id', '=', rosa.id).execute())
        .length;
    const askOnce = async () => {
      await school.call(requestReset, { email: rosa.email });
      await school.tools.later.finish();
    };
    for (let index = 0; index < 20; index += 1) await askOnce();
    const atOnce = await sent();
    for (let index = 0; index < 20; index += 1) {
      school.clock.advance(16 * 60);
      for (let again = 0; again < 3; again += 1) await askOnce();
    }
    expect([atOnce, await sent()]).toEqual([3, 10]);
  });

  test('an address that asks for very many has to wait', async () => {
    const answers = [];
    for (let index = 0; index < 201; index += 1) {
      answers.push(code(await school.call(requestReset, { email: `n${index}@larkfield.example` })));
    }
    expect([answers.slice(0, 200).every((one) => one === 'ok'), answers[200]]).toEqual([
      true,
      'too-many-tries',
    ]);
  });
});

describe('changing the password', () => {
  test('ends the person’s other sessions and keeps this one', async () => {
    const [here, there] = [await school.signInAs(rosa), await school.signInAs(rosa)];
    const request = { current: rosa.password, password: GOOD };
    const answer = await school.call(changePassword, request, here);
    expect([
      answer.ok,
      (await school.call(readSession, {}, here)).ok,
      (await school.call(readSession, {}, there)).ok,
      await signsInWith(GOOD),
      await signsInWith(rosa.password),
    ]).toEqual([true, true, false, true, false]);
  });

  test('of two who change it at once, knowing the same one, one succeeds', async () => {
    const [here, there] = [await school.signInAs(rosa), await school.signInAs(rosa)];
    const answers = await Promise.all([
      school.call(changePassword, { current: rosa.password, password: GOOD }, here),
      school.call(changePassword, { current: rosa.password, password: `${GOOD} 2` }, there),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect([await signsInWith(GOOD), await signsInWith(`${GOOD} 2`)]).toEqual(
      answers.map(({ ok }) => ok),
    );
  });

  test('needs the present one, and holds up guesses at it', async () => {
    const here = await school.signInAs(rosa);
    const answers = [];
    for (let index = 0; index < 6; index += 1) {
      const request = { current: 'not the password', password: GOOD };
      answers.push(code(await school.call(changePassword, request, here)));
    }
    expect(answers).toEqual([...Array(5).fill('current-password-wrong'), 'too-many-tries']);
  });

  test.each([
    ['ten chars!', 'password-too-short'],
    ['Larkfield School 2026', 'password-too-easy'],
    ['x'.repeat(129), 'password-too-long'],
  ])('"%s" is refused and nothing has changed', async (password, expected) => {
    const here = await school.signInAs(rosa);
    const answer = await school.call(changePassword, { current: rosa.password, password }, here);
    expect([code(answer), await signsInWith(rosa.password)]).toEqual([expected, true]);
  });
});
