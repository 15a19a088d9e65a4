/** R42: what anybody on the network can do with the one address that takes items from everybody. */
import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listHeld } from '../../src-shared/contract/held.ts';
import type { Concern } from '../../src-shared/contract/seal.ts';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import {
  concernFrom,
  itemFrom,
  testComputer,
  type TestComputer,
  type TestItem,
} from '../testing/envelope.ts';
import { carryTo, enrolled, sealedTo } from '../testing/office.ts';
import { addStaff, type TestStaff } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { carry } from './carry.ts';

let school: TestServer;
let computer: TestComputer;
let lead: TestStaff;

beforeAll(async () => {
  school = await startTestServer();
  lead = await addStaff(school, { name: 'Iris Lyle', isKeyUser: true });
  computer = await enrolled(school);
});
beforeEach(async () => {
  school.clock.advance(2 * 60 * 60);
  await school.db.deleteFrom('held').execute();
  await school.db.deleteFrom('mail').execute();
});
afterAll(() => school.close());

function concern(changes: Partial<Concern> = {}): Concern {
  return {
    id: SubmissionId.parse(v7()),
    writer: 'A supply teacher',
    student: 'Amina, in 7B I think',
    text: 'She would not go home.',
    writtenAt: school.clock.now().toISOString(),
    isFinished: true,
    ...changes,
  };
}
const concernOf = (from: TestComputer, changes: Partial<Concern> = {}) =>
  sealedTo(school, from, concernFrom(from, concern(changes)));

function garbage(from: TestComputer, id: string = v7(), bytes = 300): TestItem {
  const [sealingKey] = school.house.seal.publicKeys();
  return {
    id,
    isUrgent: true,
    computer: from,
    sealingKey,
    sealed: new Uint8Array(randomBytes(bytes)),
  };
}
const shown = async () => {
  const answer = await school.call(listHeld, {}, await school.signInAs(lead));
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
};
const mails = () => school.db.selectFrom('mail').select(['message_id', 'next_try_at']).execute();

describe('a flood of a computer that the school does not know', () => {
  test('other bytes under one id, again and again: few are kept, the team gets few e-mails, and the concern stands first', async () => {
    const genuine = concernOf(computer, { text: 'He has a bruise.' });
    await carryTo(school, genuine);
    school.clock.advance(3600);
    const before = (await mails()).length;
    const stranger = testComputer('X');
    const id = v7();
    const answers: unknown[] = [];
    for (let sent = 0; sent < 70; sent += 1) {
      if (sent % 30 === 29) school.clock.advance(61);
      answers.push(await carryTo(school, garbage(stranger, id)));
    }
    expect(answers.slice(1, 4)).toEqual(Array.from({ length: 3 }, () => 'submission-differs'));
    expect(new Set(answers.slice(4))).toEqual(new Set(['too-many-tries']));
    expect((await mails()).length - before).toBe(4);
    const { items, total } = await shown();
    expect(total).toBe(5);
    expect(items[0]).toMatchObject({ id: genuine.id, reason: 'without-signing-in' });
  });

  test('other bytes under many ids: the e-mails are gathered from the sixth on, and they count to what may wait', async () => {
    const stranger = testComputer('X');
    for (let sent = 0; sent < 10; sent += 1) {
      const id = v7();
      await carryTo(school, garbage(stranger, id));
      await carryTo(school, garbage(stranger, id));
    }
    const gathered = (await mails()).filter(({ message_id }) => message_id.includes('gathered'));
    expect([(await mails()).length, gathered.length]).toEqual([6, 1]);
    const rows = await school.db.selectFrom('held').selectAll().execute();
    expect(rows.every(({ is_vouched_for }) => is_vouched_for === 0)).toBe(true);
    expect(rows.filter(({ is_one_of_many }) => is_one_of_many === 1)).toHaveLength(15);
  });

  test('that names the id of a computer of the school: the concerns of that one are told of at once', async () => {
    const forger = { ...testComputer(), id: computer.id };
    for (let sent = 0; sent < 6; sent += 1) await carryTo(school, garbage(forger));
    await school.db.deleteFrom('mail').execute();
    const genuine = concernOf(computer);
    await carryTo(school, genuine);
    const { items } = await shown();
    expect(items[0]).toMatchObject({ id: genuine.id, isOneOfMany: false });
    expect((await mails()).map(({ message_id }) => message_id.includes('gathered'))).toEqual([
      false,
    ]);
  });

  test('R31 from one /64 of addresses counts as one', async () => {
    let taken = 0;
    for (let sent = 0; sent < 70; sent += 1) {
      const item = itemFrom(garbage(testComputer()));
      await carry(school.house, item, `2001:db8::${sent.toString(16)}`).then(
        () => (taken += 1),
        () => undefined,
      );
    }
    expect(taken).toBe(60);
  });
});
