/** Receiving submissions, on a real database: once, whole, signed, and told to the right people. */
import { verify } from 'node:crypto';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listAgencies } from '../../src-shared/contract/agency.ts';
import { listAlerts } from '../../src-shared/contract/alert.ts';
import { Submission, receiptBytes } from '../../src-shared/contract/submission.ts';
import { actionBody, addAction, addIncident, incidentBody } from '../testing/entries.ts';
import { itemFrom, sha256 } from '../testing/envelope.ts';
import type { StaffName } from '../testing/larkfield-people.ts';
import type { Larkfield } from '../testing/larkfield.ts';
import { openLarkfield } from '../testing/larkfield.ts';
import { makeAllowance } from './allowance.ts';
import { carry } from './carry.ts';
import { isClockWrong, referenceFrom, tidy } from './rules.ts';

let school: Larkfield;
beforeEach(async () => {
  school = await openLarkfield();
});
afterEach(() => school.close());

const WRITTEN = [
  'submission',
  'incident',
  'incident_category',
  'incident_student',
  'incident_assignee',
  'incident_agency',
  'action',
  'action_student',
  'agency',
  'alert',
  'mail',
  'audit',
];
const counts = () => Object.fromEntries(WRITTEN.map((table) => [table, school.rows(table).length]));

async function alertedTo(who: StaffName) {
  const { alerts } = await school.ask(who, listAlerts);
  return alerts.map(({ kind }) => kind);
}

test('S31 an incident is written with everything that was chosen in it', async () => {
  const { staff, students, categories } = school;
  const body = incidentBody(school, {
    categoryIds: [categories['Medical/Asthma'], categories['Medical'], categories['URGENT']],
    linkedStudents: [{ studentId: students.ben, monitorsSameCategories: true }],
    assigneeIds: [staff.deputy],
    agencies: ['Social Care'],
    alertStaffIds: [staff.colleague],
  });
  const receipt = await school.submit('teacher', body);
  expect(receipt).toMatchObject({ submissionId: body.id, alerted: 3 });
  expect(counts()).toEqual({
    submission: 1,
    incident: 1,
    incident_category: 3,
    incident_student: 1,
    incident_assignee: 1,
    incident_agency: 1,
    action: 0,
    action_student: 0,
    agency: 1,
    alert: 3,
    mail: 3,
    audit: 4,
  });
  const { alerts } = await school.ask('colleague', listAlerts);
  expect(alerts).toMatchObject([
    {
      incidentId: body.id,
      kind: 'incident',
      raisedBy: 'Tariq Nasser',
      raisedAt: '2026-11-24T09:00:00.000Z',
      student: { id: students.amina, className: '7B' },
      categories: ['Medical', 'Asthma', 'URGENT'],
      isUrgent: true,
    },
  ]);
});

test('the receipt carries the school’s signature over the sealed bytes that were sent', async () => {
  const item = school.sealed('teacher', incidentBody(school));
  const carried = await school.carry(item);
  if (carried.is !== 'taken') throw new Error('no receipt');
  const { receipt } = carried;
  const signature = Buffer.from(receipt.signature, 'base64');
  expect(verify(null, receiptBytes(receipt), school.publicKey, signature)).toBe(true);
  const forged = receiptBytes({ ...receipt, alerted: 9 });
  expect(verify(null, forged, school.publicKey, signature)).toBe(false);
  expect(receipt.sha256).toBe(sha256(item.sealed));
});

test('R73 the same item sent again, also at once, is written once and gets the same receipt', async () => {
  const body = incidentBody(school, { alertStaffIds: [school.staff.colleague] });
  const item = school.sealed('teacher', body);
  const answers = await Promise.all(Array.from({ length: 5 }, () => school.carry(item)));
  school.now = new Date('2026-12-24T09:00:00.000Z');
  answers.push(await school.carry(item));
  const receipts = answers.map((answer) => (answer.is === 'taken' ? answer.receipt : answer.is));
  expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
  expect(counts()).toMatchObject({ submission: 1, incident: 1, alert: 3, mail: 3, audit: 4 });
});

test('R73 any interleaving of retries of several items gives each one entry and one receipt', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 9 })), { minLength: 1, maxLength: 12 }),
      async (tries) => {
        const items = [0, 1, 2].map(() => school.sealed('teacher', incidentBody(school)));
        const answers = await Promise.all(
          tries.map(async ([which, delay]) => {
            for (let turn = 0; turn < delay; turn += 1) await Promise.resolve();
            const item = items[which];
            if (item === undefined) throw new Error('no such item');
            const carried = await school.carry(item);
            return { id: item.id, receipt: carried.is === 'taken' ? carried.receipt : null };
          }),
        );
        for (const id of new Set(answers.map((answer) => answer.id))) {
          const receipts = answers.filter((answer) => answer.id === id);
          expect(new Set(receipts.map(({ receipt }) => JSON.stringify(receipt))).size).toBe(1);
          expect(receipts[0]?.receipt).toMatchObject({ submissionId: id, alerted: 2 });
          const count = (table: string, column: string) =>
            school.sqlite
              .prepare<[string]>(`SELECT count(*) FROM ${table} WHERE ${column} = ?`)
              .pluck()
              .get(id);
          expect([count('incident', 'id'), count('alert', 'incident_id')]).toEqual([1, 2]);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('R73 the same id with other text is kept aside, once, is shown to the team, and changes nothing', async () => {
  const body = incidentBody(school);
  const receipt = await school.submit('teacher', body);
  const other = school.sealed('teacher', { ...body, text: 'Amina said something else.' });
  expect([await school.carry(other), await school.carry(other)]).toMatchObject([
    { is: 'differs' },
    { is: 'differs' },
  ]);
  expect(school.rows('incident')).toMatchObject([{ text: body.text }]);
  const held = school.rows('held');
  expect(held).toMatchObject([
    { item_id: body.id, reason: 'differs', reference: receipt.reference, identity_is_certain: 1 },
  ]);
  expect(held[0]?.['id']).not.toBe(body.id);
  expect(String(held[0]?.['inside'])).toContain('Amina said something else.');
  expect(school.rows('audit').filter(({ event }) => event === 'submission-aside')).toHaveLength(1);
});

test('R73 an id that came before there was a seal is taken too', async () => {
  const body = incidentBody(school);
  await school.submit('teacher', body);
  school.sqlite.prepare('DELETE FROM carried').run();
  expect(await school.carry(school.sealed('teacher', body))).toMatchObject({ is: 'differs' });
  expect(school.rows('incident')).toHaveLength(1);
});

test('R85 a colleague who signs another’s words under the same id keeps nothing but a held item', async () => {
  const body = incidentBody(school);
  const first = school.sealed('teacher', body);
  await school.carry(first);
  expect(await school.carry(school.sealed('colleague', body))).toMatchObject({ is: 'differs' });
  expect(school.rows('incident')).toMatchObject([{ author_id: school.staff.teacher }]);
  expect(school.rows('held')).toMatchObject([{ staff_id: school.staff.colleague }]);
});

test('S24 a time in the future is flagged, never refused', async () => {
  await addIncident(school, 'teacher', { happenedAt: '2026-11-24T09:05:00.000Z' });
  await addIncident(school, 'teacher', { happenedAt: '2026-11-24T09:05:00.001Z' });
  await addIncident(school, 'teacher', { writtenAt: '2031-01-01T00:00:00.000Z' });
  expect(school.rows('submission').map((row) => row['clock_is_wrong'])).toEqual([0, 1, 1]);
});

test('S24 a computer that was offline for a week has no wrong clock', () => {
  const times = { writtenAt: '2026-11-17T09:00:00.000Z', happenedAt: '2026-11-16T09:00:00.000Z' };
  expect(isClockWrong(times, school.now, null)).toBe(false);
  expect(isClockWrong(times, school.now, 200)).toBe(false);
});

test.each([
  ['a student', { studentId: v7() }],
  ['a linked student', { linkedStudents: [{ studentId: v7(), monitorsSameCategories: false }] }],
  ['a category', { categoryIds: [v7()] }],
  ['a colleague', { alertStaffIds: [v7()] }],
  ['a group', { alertGroupIds: [v7()] }],
  ['an assignee', { assigneeIds: [v7()] }],
])(
  '%s that the school never had: it is held whole, with a receipt, and the team is told',
  async (_what, change) => {
    const before = counts();
    const body = incidentBody(school, change);
    const carried = await school.carry(school.sealed('teacher', body));
    expect(carried).toMatchObject({
      as: 'unknown-reference',
      receipt: { submissionId: body.id, alerted: 2 },
    });
    expect(counts()).toEqual({ ...before, mail: 2, audit: 1 });
    const [held] = school.rows('held');
    expect(held).toMatchObject({ id: body.id, reason: 'unknown-reference' });
    expect(JSON.parse(String(held?.['inside']))).toMatchObject({ submission: body });
    expect(new Set(school.told)).toEqual(new Set([school.staff.lead, school.staff.deputy]));
  },
);

test('S26 only the safeguarding team can be assigned', async () => {
  const body = incidentBody(school, { assigneeIds: [school.staff.colleague] });
  expect(await school.carry(school.sealed('teacher', body))).toMatchObject({
    as: 'unknown-reference',
  });
});

test('a concern is not refused over a student off roll, an archived category or a colleague who left', async () => {
  const archived = school.categories['Transport'];
  school.sqlite.prepare('UPDATE category SET archived_at = ? WHERE id = ?').run('2026', archived);
  const receipt = await school.submit(
    'teacher',
    incidentBody(school, {
      studentId: school.students.goneAway,
      categoryIds: [archived],
      alertStaffIds: [school.staff.leaver],
      assigneeIds: [school.staff.leaver],
    }),
  );
  expect(receipt.alerted).toBe(2);
  expect(school.rows('alert').map((row) => row['staff_id'])).not.toContain(school.staff.leaver);
});

test('S29 the safeguarding team is alerted to every incident, the author is not, each once', async () => {
  await addIncident(school, 'deputy', {
    alertStaffIds: [school.staff.lead, school.staff.lead, school.staff.deputy],
    alertGroupIds: [school.teamId],
  });
  expect(await alertedTo('lead')).toEqual(['incident']);
  expect(await alertedTo('deputy')).toEqual([]);
  await addIncident(school, 'teacher');
  expect(await alertedTo('deputy')).toEqual(['incident']);
});

test('S26 being assigned is one alert, and it says so', async () => {
  await addIncident(school, 'teacher', { assigneeIds: [school.staff.lead] });
  expect(await alertedTo('lead')).toEqual(['assigned']);
});

test('S18 an action alerts the team and whoever is chosen, and is audited', async () => {
  const incidentId = await addIncident(school, 'teacher');
  const receipt = await school.submit(
    'lead',
    actionBody(school, incidentId, {
      alertStaffIds: [school.staff.colleague],
      addCategoryIds: [school.categories['URGENT'], school.categories['Cause for Concern']],
    }),
  );
  expect(receipt.alerted).toBe(2);
  expect(await alertedTo('lead')).toEqual(['incident']);
  expect(await alertedTo('deputy')).toEqual(['action', 'incident']);
  const { alerts } = await school.ask('colleague', listAlerts);
  expect(alerts).toMatchObject([
    { kind: 'action', categories: ['Cause for Concern', 'URGENT'], isUrgent: true },
  ]);
  expect(school.rows('audit').map(({ event }) => event)).toEqual([
    'create',
    'alert',
    'alert',
    'action',
    'alert',
    'alert',
  ]);
});

test('S12 the e-mail names who alerted and the categories, and nothing else of the entry', async () => {
  await addIncident(school, 'teacher', {
    categoryIds: [school.categories['Medical'], school.categories['Medical/Asthma']],
  });
  const [mail] = school.rows('mail');
  const text = `${String(mail?.['subject'])}\n${String(mail?.['body'])}`;
  expect(text).toContain('Tariq Nasser');
  expect(text).toContain('Medical, Asthma');
  expect(text).not.toMatch(/Amina|Yusuf|7B|nobody was at home/);
});

test('S12 a school may switch the categories in e-mails off', async () => {
  await school.close();
  school = await openLarkfield({ categoryInEmail: false });
  await addIncident(school, 'teacher', { categoryIds: [school.categories['Medical']] });
  expect(school.rows('mail').map(({ body }) => body)).not.toContainEqual(
    expect.stringContaining('Medical'),
  );
});

test('S17 an action to a student who is not linked, or out of reach, is held whole', async () => {
  const incidentId = await addIncident(school, 'teacher', {
    linkedStudents: [{ studentId: school.students.ben, monitorsSameCategories: false }],
  });
  const before = counts();
  const held = [
    await addAction(school, 'lead', incidentId, { linkedStudentIds: [school.students.ben2] }),
    await addAction(school, 'lead', v7()),
    await addAction(school, 'assistant', incidentId),
    // The author's own report, as written, takes no action without an alert.
    await addAction(school, 'teacher', incidentId),
  ];
  expect(held).toEqual([
    'unknown-reference',
    'incident-out-of-reach',
    'incident-out-of-reach',
    'incident-out-of-reach',
  ]);
  const { mail = 0, audit = 0 } = before;
  expect(counts()).toEqual({ ...before, mail: mail + 8, audit: audit + 4 });
  expect(
    await addAction(school, 'lead', incidentId, { linkedStudentIds: [school.students.ben] }),
  ).toMatchObject({ alerted: 1 });
});

test('a student who is both the incident’s own and linked stays its own; linked twice, once', () => {
  const { amina, ben } = school.students;
  const body = Submission.parse(
    incidentBody(school, {
      linkedStudents: [
        { studentId: amina, monitorsSameCategories: true },
        { studentId: ben, monitorsSameCategories: false },
        { studentId: ben, monitorsSameCategories: true },
      ],
      agencies: ['CAMHS', 'camhs'],
    }),
  );
  expect(tidy(body)).toMatchObject({
    linkedStudents: [{ studentId: ben, monitorsSameCategories: true }],
    agencies: ['CAMHS'],
  });
});

test('S30 agencies are remembered once, however they are capitalised', async () => {
  await addIncident(school, 'teacher', { agencies: ['Social Care', 'social care', 'Police'] });
  await addIncident(school, 'teacher', { agencies: ['SOCIAL CARE', 'CAMHS'] });
  expect(await school.ask('assistant', listAgencies)).toEqual({
    agencies: ['CAMHS', 'Police', 'Social Care'],
  });
});

test('the people told that something changed are the author and the alerted', async () => {
  await addIncident(school, 'teacher', { alertStaffIds: [school.staff.colleague] });
  const { teacher, lead, deputy, colleague } = school.staff;
  expect(new Set(school.told)).toEqual(new Set([teacher, lead, deputy, colleague]));
});

test('a reference that is taken is drawn again', async () => {
  const draws = [0, 0, 7];
  const house = { ...school.house, randomBytes: () => new Uint8Array(8).fill(draws.shift() ?? 9) };
  const carryOne = () =>
    carry(house, itemFrom(school.sealed('teacher', incidentBody(school))), {
      address: '127.0.0.1',
      allowance: makeAllowance(1_000),
    });
  expect([await carryOne(), await carryOne()]).toMatchObject([
    { receipt: { reference: '2222-2222' } },
    { receipt: { reference: '9999-9999' } },
  ]);
});

test('every eight random bytes give a reference that can be read out', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
      expect(referenceFrom(bytes)).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
    }),
  );
});
