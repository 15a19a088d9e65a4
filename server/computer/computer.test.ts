/** Computers over real HTTPS: enrolled with the school's code, and proven by their own key (R42). */
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  enrolComputer,
  forgottenBytes,
  lackingBytes,
  listForgotten,
  listLacking,
} from '../../src-shared/contract/computer.ts';
import { rotateSealingKey } from '../certificate/make.ts';
import { enrolmentOf, testComputer, testKey, type TestComputer } from '../testing/envelope.ts';
import { codeOf, enrolled } from '../testing/office.ts';
import { addStaff } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { countInWindow, throttleKey } from '../throttle/rows.ts';
import { keepEnrolmentCode, revokeComputer, revokeEnrolmentCodes } from './rows.ts';
import { codeFrom, codeHash } from './rules.ts';

let school: TestServer;
beforeAll(async () => {
  school = await startTestServer();
});
afterAll(() => school.close());

const schoolId = () => school.settings.school.id;
const at = () => school.clock.now().toISOString();
const enrol = (computer: TestComputer, code = codeOf(school)) =>
  school.call(enrolComputer, enrolmentOf(computer, code));
const rowOf = (id: string) =>
  school.db.selectFrom('computer').selectAll().where('id', '=', id).executeTakeFirst();
const revoke = (id: string) =>
  school.db
    .transaction()
    .execute((trx) => revokeComputer(trx, { schoolId: schoolId(), id, at: at() }));

test('R42 a computer enrols with the code, as often as it likes, and gets the sealing key and whom to tell', async () => {
  const computer = testComputer();
  for (let times = 0; times < 3; times += 1) {
    expect(await enrol(computer)).toMatchObject({
      ok: true,
      value: {
        sealingKeys: [...school.house.seal.publicKeys()],
        safeguardingContact: { name: 'Ruth Adeyemi', number: '01632 960 001' },
        serverTime: at(),
      },
    });
  }
  expect(await rowOf(computer.id)).toMatchObject({ name: 'RECEPTION-2', revoked_at: null });
  const audited = await school.db
    .selectFrom('audit')
    .select('event')
    .where('object_id', '=', computer.id)
    .execute();
  expect(audited).toEqual([{ event: 'computer-enrolled' }]);
});

test('it may say a new name, also after its code was taken back', async () => {
  const computer = await enrolled(school);
  expect(await enrol({ ...computer, name: 'RECEPTION-3' }, 'an old code')).toMatchObject({
    ok: true,
  });
  expect((await rowOf(computer.id))?.name).toBe('RECEPTION-3');
});

test('the code may be typed in small letters and without its dashes', async () => {
  const typed = codeOf(school).toLowerCase().replaceAll('-', ' ');
  expect(await enrol(testComputer(), typed)).toMatchObject({ ok: true });
});

test('a wrong code, a wrong proof and another key under a known id are not allowed', async () => {
  const known = await enrolled(school);
  const fresh = testComputer();
  const refused = [
    await enrol(fresh, 'K7QM-2FXD-9PAT-H3WN-6RBE'),
    await school.call(enrolComputer, {
      ...enrolmentOf(fresh, codeOf(school)),
      proof: enrolmentOf({ ...fresh, name: 'OTHER' }, '').proof,
    }),
    await enrol({ ...known, key: testKey() }),
  ];
  for (const answer of refused) expect(answer).toMatchObject({ error: { code: 'not-allowed' } });
  expect(await rowOf(fresh.id)).toBeUndefined();
  expect((await rowOf(known.id))?.public_key).toBe(known.key.publicKey);
});

test('a code that was taken back enrols nobody; the new one does', async () => {
  const old = codeOf(school);
  const fresh = codeFrom(school.house.randomBytes(20));
  await school.db.transaction().execute(async (trx) => {
    await revokeEnrolmentCodes(trx, { schoolId: schoolId(), at: at() });
    await keepEnrolmentCode(trx, { schoolId: schoolId(), hash: codeHash(fresh), at: at() });
  });
  expect(await enrol(testComputer(), old)).toMatchObject({ ok: false });
  expect(await enrol(testComputer(), fresh)).toMatchObject({ ok: true });
  await school.db.updateTable('enrolment_code').set({ revoked_at: null }).execute();
});

test('a revoked computer cannot enrol again, nor ask for anything', async () => {
  const computer = await enrolled(school);
  await revoke(computer.id);
  expect(await enrol(computer)).toMatchObject({ error: { code: 'not-allowed' } });
  const asked = { computerId: computer.id, ids: [v7()] };
  const proof = computer.key.sign(lackingBytes(asked));
  expect(await school.call(listLacking, { ...asked, proof })).toMatchObject({ status: 403 });
});

test('R27 after rotate-keys it is told all keys, the new one first', async () => {
  const [before] = school.house.seal.publicKeys();
  rotateSealingKey(school.folder);
  const answer = await enrol(testComputer());
  if (!answer.ok) throw new Error(answer.error.code);
  const { sealingKeys } = answer.value;
  expect(sealingKeys).toHaveLength(2);
  expect([sealingKeys[0] === before, sealingKeys[1]]).toEqual([false, before]);
});

test('T13 it is told who has left, and of nobody else, known or not', async () => {
  const computer = await enrolled(school);
  const here = await addStaff(school, { name: 'Rosa Blake' });
  const gone = await addStaff(school, { name: 'Len Orme', isActive: false });
  const asked = { computerId: computer.id, staffIds: [here.id, gone.id, v7()] };
  const proof = computer.key.sign(forgottenBytes(asked));
  expect(await school.call(listForgotten, { ...asked, proof })).toMatchObject({
    value: { forgotten: [gone.id] },
  });
  // The proof is for this very list.
  const more = { ...asked, staffIds: [gone.id], proof };
  expect(await school.call(listForgotten, more)).toMatchObject({ status: 403 });
});

test('a stranger is not told which items or people there are', async () => {
  const stranger = testComputer();
  const asked = { computerId: stranger.id, ids: [v7()] };
  const proof = stranger.key.sign(lackingBytes(asked));
  expect(await school.call(listLacking, { ...asked, proof })).toMatchObject({ status: 403 });
});

describe('R42 many computers behind one address', () => {
  let strict: TestServer;
  beforeEach(async () => {
    strict = await startTestServer();
  });
  afterEach(() => strict.close());
  const codeOfRefusal = (answer: Awaited<ReturnType<typeof enrol>>) =>
    answer.ok ? 'enrolled' : answer.error.code;

  test('whoever guesses codes has to wait; the school’s computers and its new ones do not', async () => {
    const before = await enrolled(strict);
    const guess = () => {
      const code = codeFrom(strict.house.randomBytes(20));
      return strict.call(enrolComputer, enrolmentOf(testComputer(), code));
    };
    const answers: string[] = [];
    for (let tries = 0; tries < 52; tries += 1) answers.push(codeOfRefusal(await guess()));
    expect(answers.slice(0, 50)).toEqual(Array.from({ length: 50 }, () => 'not-allowed'));
    expect(answers.at(-1)).toBe('too-many-tries');
    const asked = { computerId: before.id, ids: [] };
    const proof = before.key.sign(lackingBytes(asked));
    expect(await strict.call(listLacking, { ...asked, proof })).toMatchObject({ ok: true });
    for (const computer of [before, testComputer()]) {
      const answer = await strict.call(enrolComputer, enrolmentOf(computer, codeOf(strict)));
      expect(codeOfRefusal(answer)).toBe('enrolled');
    }
  });

  test('a revoked computer that asks on and on is told to wait, and nobody else is', async () => {
    const stolen = await enrolled(strict, 'STOLEN-1');
    const of = { schoolId: strict.settings.school.id, id: stolen.id };
    const revokedAt = strict.clock.now().toISOString();
    await strict.db.transaction().execute((trx) => revokeComputer(trx, { ...of, at: revokedAt }));
    const answers: string[] = [];
    for (let tries = 0; tries < 60; tries += 1) {
      const answer = await strict.call(enrolComputer, enrolmentOf(stolen, codeOf(strict)));
      answers.push(codeOfRefusal(answer));
    }
    expect(new Set(answers)).toEqual(new Set(['not-allowed', 'too-many-tries']));
    // A guesser at the same address still has all the tries of one who begins.
    const code = codeFrom(strict.house.randomBytes(20));
    const guessed = await strict.call(enrolComputer, enrolmentOf(testComputer(), code));
    expect(codeOfRefusal(guessed)).toBe('not-allowed');
    const fresh = await strict.call(enrolComputer, enrolmentOf(testComputer(), codeOf(strict)));
    expect(codeOfRefusal(fresh)).toBe('enrolled');
  });

  test('who comes with another key under a computer’s id does not hold that computer up', async () => {
    const known = await enrolled(strict);
    const other = { ...known, key: testKey() };
    for (let tries = 0; tries < 12; tries += 1) {
      await strict.call(enrolComputer, enrolmentOf(other, codeOf(strict)));
    }
    const refused = await strict.call(enrolComputer, enrolmentOf(other, codeOf(strict)));
    expect(codeOfRefusal(refused)).toBe('too-many-tries');
    const answer = await strict.call(enrolComputer, enrolmentOf(known, codeOf(strict)));
    expect(codeOfRefusal(answer)).toBe('enrolled');
  });
});

test('R42 a code that is known makes no crowd: 300 new computers an hour, each in the log', async () => {
  const busy = await startTestServer();
  const first = await enrolled(busy);
  const key = throttleKey('enrolments', busy.settings.school.id);
  await busy.db.transaction().execute(async (trx) => {
    for (let count = 1; count < 300; count += 1) {
      await countInWindow(trx, key, busy.clock.now(), 60 * 60);
    }
  });
  const one = testComputer();
  const enrolOne = async (computer: TestComputer) => {
    const answer = await busy.call(enrolComputer, enrolmentOf(computer, codeOf(busy)));
    return answer.ok ? 'enrolled' : answer.error.code;
  };
  expect([await enrolOne(one), await enrolOne(first)]).toEqual(['too-many-tries', 'enrolled']);
  busy.clock.advance(60 * 60);
  expect(await enrolOne(one)).toBe('enrolled');
  const logged = busy.logLines.filter((line) => line.includes('a computer enrolled'));
  expect(logged).toHaveLength(2);
  expect(logged.at(-1)).toContain(one.id);
  await busy.close();
});

test('a code has 100 bits, in letters that are not mistaken for each other', () => {
  const codes = Array.from({ length: 200 }, () => codeFrom(school.house.randomBytes(20)));
  for (const code of codes) expect(code).toMatch(/^([2-9A-HJ-NP-Z]{4}-){4}[2-9A-HJ-NP-Z]{4}$/);
  expect(new Set(codes.map(codeHash)).size).toBe(200);
});
