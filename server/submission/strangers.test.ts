/** R42: what anybody on the network can do with the one address that takes items from everybody. */
import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { completeHeld, fileHeld, listHeld, readHeld } from '../../src-shared/contract/held.ts';
import type { Concern } from '../../src-shared/contract/seal.ts';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import {
  concernFrom,
  itemFrom,
  testComputer,
  type TestComputer,
  type TestItem,
} from '../testing/envelope.ts';
import { carryTo, enrolled, sealedBy, sealedTo, writerAt } from '../testing/office.ts';
import { addStaff, addStudent, type TestStaff } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { makeAllowance } from './allowance.ts';
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
      const address = `2001:db8::${sent.toString(16)}`;
      await carry(school.house, item, { address, allowance: makeAllowance(60) }).then(
        () => (taken += 1),
        () => undefined,
      );
    }
    expect(taken).toBe(60);
  });
});

test('one computer that enrols under many ids fills no inbox: the e-mails of one network are gathered', async () => {
  for (let enrolment = 0; enrolment < 6; enrolment += 1) {
    const one = await enrolled(school, 'HEAD-OFFICE');
    for (let sent = 0; sent < 5; sent += 1) await carryTo(school, concernOf(one));
  }
  const queued = await mails();
  const gathered = queued.filter(({ message_id }) => message_id.includes('gathered'));
  expect([queued.length, gathered.length]).toEqual([21, 1]);
  expect((await shown()).total).toBe(30);
});

describe('what a stranger sends stays sealed until somebody of the team looks', () => {
  const whole = async (heldId: string) => {
    const answer = await school.call(readHeld, { heldId }, await school.signInAs(lead));
    return answer.ok ? answer.value : answer.error.code;
  };

  test('R53 nothing of it is opened, whether it is taken or refused: that would keep the server busy', async () => {
    const opened = vi.spyOn(school.house.seal, 'open');
    const stranger = testComputer('X');
    const answers: unknown[] = [];
    for (let sent = 0; sent < 62; sent += 1) {
      answers.push(await carryTo(school, concernOf(stranger, { text: `Number ${sent}.` })));
    }
    expect(answers.at(-1)).toBe('too-many-tries');
    expect(opened).not.toHaveBeenCalled();
    await carryTo(school, concernOf(computer));
    expect(opened).toHaveBeenCalledOnce();
    opened.mockRestore();
  });

  test('a concern from a computer that is not enrolled yet is read and completed from the list', async () => {
    const stranger = testComputer('NEW-PC');
    const item = concernOf(stranger, { text: 'x'.repeat(5_000) });
    await carryTo(school, item);
    const { items } = await shown();
    expect(items).toMatchObject([
      { id: item.id, reason: 'computer-unknown', kind: 'unopened', text: null, writer: null },
    ]);
    expect(await whole(item.id)).toMatchObject({
      kind: 'concern',
      writer: 'A supply teacher',
      identityIsCertain: false,
      text: 'x'.repeat(5_000),
    });
    const studentId = await addStudent(school, { forename: 'Amina', surname: 'Yusuf' });
    const { id } = await school.db.selectFrom('category').select('id').executeTakeFirstOrThrow();
    const answer = await school.call(
      completeHeld,
      completeHeld.request.parse({ heldId: item.id, studentId, categoryIds: [id] }),
      await school.signInAs(lead),
    );
    expect(answer).toMatchObject({ ok: true, value: { incidentId: item.id } });
    expect(await whole(item.id)).toBe('not-found');
  });

  test('what cannot be opened is called unreadable once it was tried', async () => {
    const item = garbage(testComputer('X'));
    await carryTo(school, item);
    expect((await shown()).items).toMatchObject([{ kind: 'unopened' }]);
    expect(await whole(item.id)).toMatchObject({ kind: 'unreadable', text: null });
  });
});

describe('R73 an id that a stranger took does not stand in the way of a computer of the school', () => {
  const incidentOf = async (id: string) =>
    await school.db.selectFrom('incident').select('id').where('id', '=', id).execute();
  const entry = async () => {
    const studentId = await addStudent(school, { forename: 'Amina', surname: 'Yusuf' });
    const { id } = await school.db.selectFrom('category').select('id').executeTakeFirstOrThrow();
    const at = school.clock.now().toISOString();
    const rosa = await addStaff(school, { name: 'Rosa Blake', email: `${v7()}@larkfield.example` });
    return sealedBy(school, await writerAt(school, computer, rosa), {
      kind: 'incident',
      id: v7(),
      writtenAt: at,
      studentId,
      text: 'Amina said that nobody was at home.',
      categoryIds: [id],
      linkedStudents: [],
      happenedAt: at,
      status: 'active',
      assigneeIds: [],
      agencies: [],
      alertStaffIds: [],
      alertGroupIds: [],
    });
  };

  test('its very bytes, sent first by a stranger: they are entered when they come from the computer', async () => {
    const item = await entry();
    const first = await carryTo(school, { ...item, computer: testComputer('THIEF') });
    expect(await incidentOf(item.id)).toEqual([]);
    const receipt = await carryTo(school, item);
    if (typeof first === 'string' || typeof receipt === 'string') throw new Error('no receipt');
    expect(receipt.reference).toBe(first.reference);
    expect(await incidentOf(item.id)).toHaveLength(1);
    expect((await shown()).total).toBe(0);
    expect(await carryTo(school, item)).toEqual(receipt);
  });

  test('other bytes: the entry is entered, and those stay on the list as what differs', async () => {
    const item = await entry();
    await carryTo(school, garbage(testComputer('THIEF'), item.id));
    expect(await carryTo(school, item)).toMatchObject({ submissionId: item.id });
    expect(await incidentOf(item.id)).toHaveLength(1);
    const { items } = await shown();
    expect(items).toMatchObject([{ reason: 'differs', kind: 'unopened' }]);
    expect(items[0]?.id).not.toBe(item.id);
  });

  test('what the team has filed stays filed', async () => {
    const item = await entry();
    const first = await carryTo(school, { ...item, computer: testComputer('THIEF') });
    const filed = { heldId: item.id, reason: 'Seen.' };
    await school.call(fileHeld, filed, await school.signInAs(lead));
    expect(await carryTo(school, item)).toEqual(first);
    expect(await incidentOf(item.id)).toEqual([]);
  });
});
