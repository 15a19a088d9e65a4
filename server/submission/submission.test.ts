/** Receiving submissions, on a real database: once, whole, signed, and told to the right people. */
import { verify } from 'node:crypto';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listAgencies } from '../../src-shared/contract/agency.ts';
import { listAlerts } from '../../src-shared/contract/alert.ts';
import {
  Submission,
  receiptBytes,
  sendSubmission,
  submissionBytes,
} from '../../src-shared/contract/submission.ts';
import { actionBody, addIncident, incidentBody } from '../testing/entries.ts';
import type { Larkfield, StaffName } from '../testing/larkfield.ts';
import { openLarkfield } from '../testing/larkfield.ts';
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
  const receipt = await school.ask('teacher', sendSubmission, body);
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

test('the receipt carries the school’s signature over the bytes that were sent', async () => {
  const body = incidentBody(school);
  const receipt = await school.ask('teacher', sendSubmission, body);
  const signature = Buffer.from(receipt.signature, 'base64');
  expect(verify(null, receiptBytes(receipt), school.publicKey, signature)).toBe(true);
  const forged = receiptBytes({ ...receipt, alerted: 9 });
  expect(verify(null, forged, school.publicKey, signature)).toBe(false);
  expect(receipt.sha256).toBe(
    Buffer.from(
      await crypto.subtle.digest('SHA-256', submissionBytes(Submission.parse(body))),
    ).toString('hex'),
  );
});

test('R73 the same submission sent again, also at once, is written once and gets the same receipt', async () => {
  const body = incidentBody(school, { alertStaffIds: [school.staff.colleague] });
  const receipts = await Promise.all(
    Array.from({ length: 5 }, () => school.ask('teacher', sendSubmission, body)),
  );
  school.now = new Date('2026-12-24T09:00:00.000Z');
  receipts.push(await school.ask('teacher', sendSubmission, body));
  expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
  expect(counts()).toMatchObject({ submission: 1, incident: 1, alert: 3, mail: 3, audit: 4 });
});

test('R73 the same id with other text is kept aside, once, and changes nothing', async () => {
  const body = incidentBody(school);
  await school.ask('teacher', sendSubmission, body);
  const other = { ...body, text: 'Amina said something else.' };
  const answers = [
    await school.call('teacher', sendSubmission, other),
    await school.call('teacher', sendSubmission, other),
  ];
  expect(answers).toEqual(['submission-differs', 'submission-differs']);
  expect(school.rows('incident')).toMatchObject([{ text: body.text }]);
  const aside = school.rows('submission_aside');
  expect(aside).toMatchObject([{ id: body.id, staff_id: school.staff.teacher }]);
  expect(JSON.parse(String(aside[0]?.['body']))).toMatchObject({ text: other.text });
  expect(school.rows('audit').filter(({ event }) => event === 'submission-aside')).toHaveLength(1);
});

test('R73 another person’s submission, byte for byte, does not get them the receipt', async () => {
  const body = incidentBody(school);
  await school.ask('teacher', sendSubmission, body);
  expect(await school.call('colleague', sendSubmission, body)).toBe('submission-differs');
  expect(school.rows('submission_aside')).toMatchObject([{ staff_id: school.staff.colleague }]);
});

test('S24 a time in the future is flagged, never refused', async () => {
  await addIncident(school, 'teacher', { happenedAt: '2026-11-24T09:05:00.000Z' });
  await addIncident(school, 'teacher', { happenedAt: '2026-11-24T09:05:00.001Z' });
  await addIncident(school, 'teacher', { writtenAt: '2031-01-01T00:00:00.000Z' });
  expect(school.rows('submission').map((row) => row['clock_is_wrong'])).toEqual([0, 1, 1]);
});

test('S24 a computer that was offline for a week has no wrong clock', () => {
  const times = { writtenAt: '2026-11-17T09:00:00.000Z', happenedAt: '2026-11-16T09:00:00.000Z' };
  expect(isClockWrong(times, school.now)).toBe(false);
});

test.each([
  ['a student', { studentId: v7() }],
  ['a linked student', { linkedStudents: [{ studentId: v7(), monitorsSameCategories: false }] }],
  ['a category', { categoryIds: [v7()] }],
  ['a colleague', { alertStaffIds: [v7()] }],
  ['a group', { alertGroupIds: [v7()] }],
  ['an assignee', { assigneeIds: [v7()] }],
])(
  '%s that the school never had is refused, and nothing at all is written',
  async (_what, change) => {
    const before = counts();
    expect(await school.call('teacher', sendSubmission, incidentBody(school, change))).toBe(
      'unknown-reference',
    );
    expect(counts()).toEqual(before);
  },
);

test('S26 only the safeguarding team can be assigned', async () => {
  const body = incidentBody(school, { assigneeIds: [school.staff.colleague] });
  expect(await school.call('teacher', sendSubmission, body)).toBe('unknown-reference');
});

test('a concern is not refused over a student off roll, an archived category or a colleague who left', async () => {
  const archived = school.categories['Transport'];
  school.sqlite.prepare('UPDATE category SET archived_at = ? WHERE id = ?').run('2026', archived);
  const receipt = await school.ask(
    'teacher',
    sendSubmission,
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
  const receipt = await school.ask(
    'lead',
    sendSubmission,
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

test('S17 an action to a student who is not linked, or to nothing, is refused whole', async () => {
  const incidentId = await addIncident(school, 'teacher', {
    linkedStudents: [{ studentId: school.students.ben, monitorsSameCategories: false }],
  });
  const before = counts();
  const refused = [
    await school.call(
      'lead',
      sendSubmission,
      actionBody(school, incidentId, { linkedStudentIds: [school.students.ben2] }),
    ),
    await school.call('lead', sendSubmission, actionBody(school, v7())),
    await school.call('assistant', sendSubmission, actionBody(school, incidentId)),
    // The author's own report, as written, takes no action without an alert.
    await school.call('teacher', sendSubmission, actionBody(school, incidentId)),
  ];
  expect(refused).toEqual(['unknown-reference', 'not-found', 'not-found', 'not-found']);
  expect(counts()).toEqual(before);
  const linked = actionBody(school, incidentId, { linkedStudentIds: [school.students.ben] });
  expect(await school.ask('lead', sendSubmission, linked)).toMatchObject({ alerted: 1 });
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
  const { receive } = await import('./receive.ts');
  const actor = {
    schoolId: school.schoolId,
    staffId: school.staff.teacher,
    isKeyUser: false,
    sessionId: v7(),
    computerId: v7(),
  };
  const first = await receive(house, actor, Submission.parse(incidentBody(school)));
  const second = await receive(house, actor, Submission.parse(incidentBody(school)));
  expect([first, second]).toMatchObject([
    { kind: 'received', receipt: { reference: '2222-2222' } },
    { kind: 'received', receipt: { reference: '9999-9999' } },
  ]);
});

test('every eight random bytes give a reference that can be read out', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
      expect(referenceFrom(bytes)).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
    }),
  );
});
