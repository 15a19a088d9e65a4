/** Held items on a real database: listed, completed, filed, by the safeguarding team alone. */
import fc from 'fast-check';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAlerts } from '../../src-shared/contract/alert.ts';
import { completeHeld, fileHeld, listHeld, readHeld } from '../../src-shared/contract/held.ts';
import { listHistory, readIncident } from '../../src-shared/contract/incident.ts';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { actionBody, addAction, addIncident, incidentBody } from '../testing/entries.ts';
import { concernFrom, seal, signedBy, testComputer, testKey } from '../testing/envelope.ts';
import type { Larkfield } from '../testing/larkfield.ts';
import { openLarkfield } from '../testing/larkfield.ts';

let school: Larkfield;
beforeEach(async () => {
  school = await openLarkfield();
});
afterEach(() => school.close());

const held = async () => (await school.ask('lead', listHeld)).items;
const waiting = async () => (await school.ask('lead', listHeld)).total;
const completion = () => ({
  studentId: school.students.amina,
  categoryIds: [school.categories['Cause for Concern']],
});
async function holdConcern(changes: object = {}) {
  const concern = {
    id: SubmissionId.parse(v7()),
    writer: 'A supply teacher',
    student: 'Amina, in 7B I think',
    text: 'She would not go home.',
    writtenAt: school.now.toISOString(),
    isFinished: true,
    ...changes,
  };
  const [key] = school.house.seal.publicKeys();
  await school.carry(seal(key, school.computer, concernFrom(school.computer, concern)));
  return concern;
}
const read = (who: 'lead' | 'deputy' | 'teacher', incidentId: string) =>
  school.ask(who, readIncident, { incidentId, openingId: v7() });

test('the list says who, when, from where, why and what, newest first', async () => {
  await holdConcern({ isFinished: false });
  school.now = new Date('2026-11-24T09:30:00.000Z');
  const body = incidentBody(school, { categoryIds: [v7()] });
  await school.carry(school.sealed('teacher', body));
  expect(await held()).toMatchObject([
    {
      id: body.id,
      reason: 'unknown-reference',
      receivedAt: '2026-11-24T09:30:00.000Z',
      computerName: 'RECEPTION-2',
      writer: 'Tariq Nasser',
      identityIsCertain: true,
      kind: 'incident',
      student: 'Amina Yusuf',
      text: body.text,
      isOneOfMany: false,
    },
    {
      reason: 'without-signing-in',
      writer: 'A supply teacher',
      identityIsCertain: false,
      kind: 'concern',
      student: 'Amina, in 7B I think',
      text: 'She would not go home.',
      isFinished: false,
    },
  ]);
});

test('what strangers send stands below what the school’s computers carry', async () => {
  const { id: first } = await holdConcern();
  school.now = new Date('2026-11-24T09:30:00.000Z');
  const stranger = testComputer('SOMEWHERE');
  const [key] = school.house.seal.publicKeys();
  const later = {
    id: SubmissionId.parse(v7()),
    writer: 'Nobody',
    student: 'Nobody',
    text: 'Nothing.',
    writtenAt: school.now.toISOString(),
    isFinished: true,
  };
  await school.carry(seal(key, stranger, concernFrom(stranger, later)));
  expect(await held()).toMatchObject([
    { id: first, reason: 'without-signing-in' },
    { id: later.id, reason: 'computer-unknown', kind: 'unopened', computerName: null },
  ]);
});

test('a flood from one computer of the school hides nothing: its many stand below, and all are counted', async () => {
  const { id: first } = await holdConcern();
  for (let count = 0; count < 6; count += 1) {
    school.now = new Date(school.now.getTime() + 60_000);
    await holdConcern({ text: 'A joke.' });
  }
  const items = await held();
  expect(items.map(({ isOneOfMany }) => isOneOfMany)).toEqual([
    ...Array.from({ length: 5 }, () => false),
    true,
    true,
  ]);
  expect(items[4]?.id).toBe(first);
  expect(await waiting()).toBe(7);
});

describe('completing', () => {
  test('an entry about a student the school never had becomes its writer’s incident', async () => {
    const body = incidentBody(school, {
      studentId: v7(),
      alertStaffIds: [school.staff.colleague, v7()],
      alertGroupIds: [v7()],
      assigneeIds: [school.staff.deputy, school.staff.assistant],
      linkedStudents: [
        { studentId: school.students.ben, monitorsSameCategories: true },
        { studentId: v7(), monitorsSameCategories: false },
      ],
      agencies: ['Social Care'],
    });
    const carried = await school.carry(school.sealed('teacher', body));
    const [item] = await held();
    const { incidentId } = await school.ask('lead', completeHeld, {
      heldId: body.id,
      ...completion(),
    });
    expect(incidentId).toBe(body.id);
    const incident = await read('lead', incidentId);
    expect(incident).toMatchObject({
      author: { name: 'Tariq Nasser' },
      student: { id: school.students.amina },
      text: body.text,
    });
    expect(await school.ask('deputy', listAlerts)).toMatchObject({
      alerts: [{ kind: 'assigned', raisedBy: 'Tariq Nasser' }],
    });
    expect(await school.ask('colleague', listAlerts)).toMatchObject({
      alerts: [{ kind: 'incident' }],
    });
    expect(await held()).toEqual([]);
    // The reference that its writer was given is the incident’s.
    const { rows } = await school.ask('teacher', listHistory);
    expect(rows).toMatchObject([{ id: body.id, reference: item?.reference }]);
    expect(carried).toMatchObject({ receipt: { reference: item?.reference } });
    // Its courier, who has lost the receipt, gets the first one again.
    expect(school.rows('audit').map(({ event }) => event)).toContain('complete-held');
  });

  test('a courier that lost the receipt still gets the first one afterwards', async () => {
    const item = school.sealed('teacher', incidentBody(school, { studentId: v7() }));
    const first = await school.carry(item);
    await school.ask('lead', completeHeld, { heldId: item.id, ...completion() });
    const again = await school.carry(item);
    if (first.is !== 'taken' || again.is !== 'taken') throw new Error('no receipt');
    expect(again.receipt).toEqual(first.receipt);
    expect(school.rows('incident')).toHaveLength(1);
  });

  test('a concern becomes the team’s, says whose words it holds, and alerts the team alone', async () => {
    const concern = await holdConcern({ isFinished: false });
    await school.ask('lead', completeHeld, { heldId: concern.id, ...completion() });
    const incident = await read('deputy', concern.id);
    expect(incident).toMatchObject({ author: { name: 'Iris Lyle' } });
    expect(incident.text).toBe(
      'Sent without signing in.\n' +
        'Written by (not checked): A supply teacher.\n' +
        'Student as written: Amina, in 7B I think.\n' +
        'It was sent by itself before it was finished.\n\n' +
        'She would not go home.',
    );
    expect(school.rows('alert').map((row) => row['staff_id'])).toEqual([school.staff.deputy]);
  });

  test('a forged entry is nobody’s but the team’s, with none of its choices', async () => {
    const body = incidentBody(school, { alertStaffIds: [school.staff.colleague] });
    const writer = { ...school.writers.teacher, key: testKey() };
    const [key] = school.house.seal.publicKeys();
    await school.carry(seal(key, school.computer, signedBy(writer, body)));
    await school.ask('lead', completeHeld, { heldId: body.id, ...completion() });
    const incident = await read('lead', body.id);
    expect(incident).toMatchObject({ author: { name: 'Iris Lyle' } });
    expect(incident.text).toBe(`Written by (not checked): Tariq Nasser.\n\n${body.text}`);
    expect(school.rows('alert').map((row) => row['staff_id'])).toEqual([school.staff.deputy]);
  });

  test('an action after its writer marked the alert as read is held, and becomes an incident', async () => {
    const incidentId = await addIncident(school, 'lead', {
      studentId: school.students.ben,
    });
    expect(await addAction(school, 'teacher', incidentId, { text: 'I telephoned.' })).toBe(
      'incident-out-of-reach',
    );
    const [item] = await held();
    expect(item).toMatchObject({ kind: 'action', student: 'Ben Stone', writer: 'Tariq Nasser' });
    await school.ask('deputy', completeHeld, { heldId: item?.id, ...completion() });
    const incident = await read('deputy', item?.id ?? '');
    expect(incident).toMatchObject({ author: { name: 'Tariq Nasser' } });
    expect(incident.text).toBe('Written as an action to an incident.\n\nI telephoned.');
  });

  test('what an author who has left wrote is theirs, and they are not alerted', async () => {
    const body = incidentBody(school);
    await school.carry(school.sealed('leaver', body));
    await school.ask('lead', completeHeld, { heldId: body.id, ...completion() });
    expect(await read('lead', body.id)).toMatchObject({ author: { name: 'Len Orme' } });
  });

  test('what differed from an entry becomes an incident of its own, with a reference of its own', async () => {
    const body = incidentBody(school);
    await school.submit('teacher', body);
    await school.carry(school.sealed('teacher', { ...body, text: 'The later words.' }));
    const [item] = await held();
    const { incidentId } = await school.ask('lead', completeHeld, {
      heldId: item?.id,
      ...completion(),
    });
    expect(incidentId).not.toBe(body.id);
    const references = school.rows('submission').map((row) => row['reference']);
    expect(new Set(references).size).toBe(2);
    expect(await read('lead', incidentId)).toMatchObject({ text: 'The later words.' });
  });

  test('an unknown student or category changes nothing; what is unreadable can only be filed', async () => {
    const concern = await holdConcern();
    const wrong = { heldId: concern.id, ...completion(), categoryIds: [v7()] };
    expect(await school.call('lead', completeHeld, wrong)).toBe('unknown-reference');
    const [key] = school.house.seal.publicKeys();
    const nonsense = { id: v7(), isUrgent: false, computer: school.computer, sealingKey: key };
    await school.carry({ ...nonsense, sealed: new Uint8Array(80) });
    const unreadable = { heldId: nonsense.id, ...completion() };
    expect(await school.call('lead', completeHeld, unreadable)).toBe('not-allowed');
    expect(await held()).toHaveLength(2);
    expect(school.rows('incident')).toEqual([]);
  });

  test('the longest text is completed whole', async () => {
    const concern = await holdConcern({ text: 'x'.repeat(50_000) });
    await school.ask('lead', completeHeld, { heldId: concern.id, ...completion() });
    expect((await read('lead', concern.id)).text.endsWith('x'.repeat(50_000))).toBe(true);
  });

  test('two of the team at once make one incident of it', async () => {
    const concern = await holdConcern();
    const asked = { heldId: concern.id, ...completion() };
    const answers = await Promise.all([
      school.call('lead', completeHeld, asked),
      school.call('deputy', completeHeld, asked),
      school.call('deputy', fileHeld, { heldId: concern.id, reason: 'Seen.' }),
    ]);
    expect(answers.filter((answer) => answer === 'not-found')).toHaveLength(2);
    expect(school.rows('incident')).toHaveLength(1);
  });
});

test('filing takes it off the list with a reason; it is kept', async () => {
  const concern = await holdConcern();
  expect(
    await school.ask('deputy', fileHeld, { heldId: concern.id, reason: 'A test by IT.' }),
  ).toEqual({ filedBy: 'Owen Marsh' });
  expect(await held()).toEqual([]);
  expect(school.rows('held')).toMatchObject([
    { resolution: 'filed', resolution_reason: 'A test by IT.', resolved_by: school.staff.deputy },
  ]);
  expect(String(school.rows('held')[0]?.['inside'])).toContain('She would not go home.');
  expect(school.rows('audit').map(({ event }) => event)).toContain('file-held');
});

test('R16 long texts take nothing from the list: it has their beginnings, and each is read whole', async () => {
  const text = '啊'.repeat(49_900);
  const first = await holdConcern({ text: 'She told me.' });
  const ids = [first.id];
  for (let count = 0; count < 12; count += 1) ids.push((await holdConcern({ text })).id);
  const items = await held();
  expect(new Set(items.map(({ id }) => id))).toEqual(new Set(ids));
  expect(Buffer.byteLength(JSON.stringify(items))).toBeLessThan(64 * 1024);
  expect(items.find(({ id }) => id === first.id)?.text).toBe('She told me.');
  const long = items.find(({ id }) => id !== first.id);
  expect(long?.text).toBe(`${'啊'.repeat(200)} …`);
  const whole = await school.ask('lead', readHeld, { heldId: long?.id });
  expect(whole).toEqual({ ...long, text });
  await school.ask('lead', fileHeld, { heldId: long?.id, reason: 'Seen.' });
  expect(await school.call('lead', readHeld, { heldId: long?.id })).toBe('not-found');
});

test('a list that is too long comes in parts, and every item comes up as others are resolved', async () => {
  for (let count = 0; count < 203; count += 1) await holdConcern();
  expect(await held()).toHaveLength(200);
  expect(await waiting()).toBe(203);
  for (const { id } of await held()) {
    await school.ask('lead', fileHeld, { heldId: id, reason: 'Seen.' });
  }
  expect(await held()).toHaveLength(3);
});

test('what was kept aside before there was a seal is listed too', async () => {
  // As the migration brings it: without certificate, signature and computer.
  const body = incidentBody(school);
  school.sqlite
    .prepare(
      `INSERT INTO held (id, item_id, school_id, reason, sha256, reference, received_at, computer_id,
         staff_id, identity_is_certain, kind, inside, is_one_of_many)
       VALUES (?, ?, ?, 'differs', 'x', 'K7QM-2FXD', ?, ?, ?, 1, 'incident', ?, 0)`,
    )
    .run(
      v7(),
      body.id,
      school.schoolId,
      school.now.toISOString(),
      v7(),
      school.staff.teacher,
      JSON.stringify({ kind: 'submission', submission: body }),
    );
  expect(await held()).toMatchObject([
    { writer: 'Tariq Nasser', text: body.text, computerName: null },
  ]);
});

test('whatever order items and their completing come in, each is applied or held, never both', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ isKnown: fc.boolean(), isCompleted: fc.boolean(), isRepeated: fc.boolean() }),
        {
          minLength: 1,
          maxLength: 5,
        },
      ),
      async (plans) => {
        for (const { isKnown, isCompleted, isRepeated } of plans) {
          const item = school.sealed(
            'teacher',
            isKnown ? incidentBody(school) : actionBody(school, v7()),
          );
          await school.carry(item);
          if (isCompleted)
            await school.call('lead', completeHeld, { heldId: item.id, ...completion() });
          if (isRepeated) await school.carry(item);
          const incidents = school.rows('incident').filter(({ id }) => id === item.id);
          const open = (await held()).filter(({ id }) => id === item.id);
          expect(incidents.length + open.length).toBe(1);
          expect(incidents.length).toBe(isKnown || isCompleted ? 1 : 0);
        }
      },
    ),
    { numRuns: 15 },
  );
});
