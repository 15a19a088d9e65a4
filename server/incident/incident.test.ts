/** Reading incidents and the dashboard's lists, on a real database (S8 to S10, S13, S16). */
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listAlerts, markAlertRead } from '../../src-shared/contract/alert.ts';
import {
  listAssigned,
  listHistory,
  listRecentlyViewed,
  readIncident,
} from '../../src-shared/contract/incident.ts';
import { addAction, addIncident } from '../testing/entries.ts';
import type { StaffName } from '../testing/larkfield-people.ts';
import type { Larkfield } from '../testing/larkfield.ts';
import { openLarkfield } from '../testing/larkfield.ts';

let school: Larkfield;
beforeEach(async () => {
  school = await openLarkfield();
});
afterEach(() => school.close());

const open = (who: StaffName, incidentId: string, openingId = v7()) =>
  school.ask(who, readIncident, { incidentId, openingId });
const tryToOpen = (who: StaffName, incidentId: string) =>
  school.call(who, readIncident, { incidentId, openingId: v7() });
const readNewest = async (who: StaffName) => {
  const { alerts } = await school.ask(who, listAlerts);
  await school.ask(who, markAlertRead, { alertId: alerts[0]?.id });
};
const later = (milliseconds: number) => {
  school.now = new Date(school.now.getTime() + milliseconds);
};
const DAY = 24 * 60 * 60 * 1000;

test('S13 whoever is alerted reads all of the incident, with its actions in order', async () => {
  const { staff, students, categories } = school;
  const incidentId = await addIncident(school, 'teacher', {
    categoryIds: [categories['Medical/Asthma'], categories['Medical']],
    linkedStudents: [{ studentId: students.ben2, monitorsSameCategories: true }],
    assigneeIds: [staff.deputy],
    agencies: ['Police'],
    alertStaffIds: [staff.colleague],
  });
  later(60_000);
  await addAction(school, 'lead', incidentId, {
    text: 'First.',
    addCategoryIds: [categories['Home Issues']],
    linkedStudentIds: [students.ben2],
    agencies: ['CAMHS'],
  });
  later(60_000);
  await addAction(school, 'deputy', incidentId, {
    text: 'Second.',
    alertStaffIds: [staff.colleague],
  });
  const { alerts } = await school.ask('colleague', listAlerts);
  expect(await open('colleague', incidentId)).toEqual({
    id: incidentId,
    scope: 'whole',
    student: {
      id: students.amina,
      forename: 'Amina',
      surname: 'Yusuf',
      knownAs: null,
      className: '7B',
      year: '7',
    },
    linkedStudents: [
      {
        student: {
          id: students.ben2,
          forename: 'Ben',
          surname: 'Stone',
          knownAs: null,
          className: '9C',
          year: '9',
        },
        monitorsSameCategories: true,
      },
    ],
    author: { id: staff.teacher, name: 'Tariq Nasser' },
    text: 'Amina said that nobody was at home last night.',
    categories: [
      { id: categories['Home Issues'], name: 'Home Issues', parentId: null, isUrgent: false },
      { id: categories['Medical'], name: 'Medical', parentId: null, isUrgent: false },
      {
        id: categories['Medical/Asthma'],
        name: 'Asthma',
        parentId: categories['Medical'],
        isUrgent: false,
      },
    ],
    status: 'active',
    assignees: [{ id: staff.deputy, name: 'Owen Marsh', jobTitle: null, isKeyUser: true }],
    agencies: ['Police'],
    happenedAt: '2026-11-24T09:00:00.000Z',
    submittedAt: '2026-11-24T09:00:00.000Z',
    clockWasWrong: false,
    actions: [
      expect.objectContaining({
        text: 'First.',
        author: { id: staff.lead, name: 'Iris Lyle' },
        addedCategories: ['Home Issues'],
        linkedStudentIds: [students.ben2],
        agencies: ['CAMHS'],
        tagged: false,
      }),
      expect.objectContaining({ text: 'Second.', tagged: true }),
    ],
    earlierActions: null,
    alert: { id: alerts[0]?.id, raisedBy: 'Owen Marsh', raisedAt: '2026-11-24T09:02:00.000Z' },
    mayAddAction: true,
    markingAsRead: 'closes',
  });
  expect(await open('lead', incidentId)).toMatchObject({ markingAsRead: 'keeps' });
});

test('S16 the author reads their report as they wrote it: no action, and no category that came by one', async () => {
  const incidentId = await addIncident(school, 'teacher', { agencies: ['Police'] });
  await addAction(school, 'lead', incidentId, {
    addCategoryIds: [school.categories['Home Issues']],
    agencies: ['CAMHS'],
  });
  expect(await open('teacher', incidentId)).toMatchObject({
    scope: 'as-written',
    categories: [{ name: 'Cause for Concern' }],
    agencies: ['Police'],
    actions: [],
    alert: null,
    mayAddAction: false,
    markingAsRead: null,
  });
});

test('S16 tagged in an action, the author sees all while the alert is unread, then that action alone', async () => {
  const incidentId = await addIncident(school, 'teacher');
  await addAction(school, 'lead', incidentId, { text: 'Not for them.' });
  await addAction(school, 'lead', incidentId, {
    text: 'For them.',
    alertStaffIds: [school.staff.teacher],
    addCategoryIds: [school.categories['SEND']],
  });
  expect(await open('teacher', incidentId)).toMatchObject({
    scope: 'whole',
    actions: [{ text: 'Not for them.' }, { text: 'For them.' }],
  });
  await readNewest('teacher');
  expect(await open('teacher', incidentId)).toMatchObject({
    scope: 'as-written',
    categories: [{ name: 'Cause for Concern' }, { name: 'SEND' }],
    actions: [{ text: 'For them.', tagged: true }],
  });
});

test('S9 one’s own report can be read for seven days, to the millisecond', async () => {
  const incidentId = await addIncident(school, 'teacher');
  later(7 * DAY - 1);
  expect(await open('teacher', incidentId)).toMatchObject({ scope: 'as-written' });
  expect((await school.ask('teacher', listHistory)).rows).toMatchObject([{ mayOpen: true }]);
  later(1);
  expect(await tryToOpen('teacher', incidentId)).toBe('not-found');
  expect((await school.ask('teacher', listHistory)).rows).toEqual([]);
});

test('a colleague who was not alerted cannot open it, key user or not', async () => {
  const incidentId = await addIncident(school, 'teacher');
  expect(await tryToOpen('assistant', incidentId)).toBe('not-found');
  expect(await tryToOpen('assistant', v7())).toBe('not-found');
  school.sqlite
    .prepare('INSERT INTO alert_group_member VALUES (?, ?, ?)')
    .run(school.schoolId, school.teamId, school.staff.assistant);
  expect(await tryToOpen('assistant', incidentId)).toBe('not-found');
});

test('R49 somebody who leaves the safeguarding team loses what only key users keep, at once', async () => {
  const incidentId = await addIncident(school, 'teacher');
  await readNewest('deputy');
  expect(await tryToOpen('deputy', incidentId)).not.toBe('not-found');
  school.sqlite
    .prepare('DELETE FROM alert_group_member WHERE staff_id = ?')
    .run(school.staff.deputy);
  expect(await tryToOpen('deputy', incidentId)).toBe('not-found');
});

test('R68 one opening is one audit row, however often the page fetches again', async () => {
  const incidentId = await addIncident(school, 'teacher');
  const views = () => school.rows('audit').filter(({ event }) => event === 'view');
  const openingId = v7();
  await Promise.all([open('lead', incidentId, openingId), open('lead', incidentId, openingId)]);
  expect(views()).toMatchObject([
    { staff_id: school.staff.lead, object_id: incidentId, result: 'done' },
  ]);
  await open('lead', incidentId);
  await open('deputy', incidentId, openingId);
  expect(views()).toHaveLength(3);
});

test('what is refused leaves neither an opening nor a view', async () => {
  const incidentId = await addIncident(school, 'teacher');
  await tryToOpen('assistant', incidentId);
  expect(school.rows('opening')).toEqual([]);
  expect(school.rows('audit').some(({ event }) => event === 'view')).toBe(false);
});

test('R71 audit rows hold ids and fixed words only', async () => {
  const incidentId = await addIncident(school, 'teacher', { agencies: ['Police'] });
  await open('lead', incidentId);
  await addAction(school, 'lead', incidentId);
  await readNewest('deputy');
  const fixed = /^(view|create|action|alert|acknowledge|done|2026-11-24T.*Z|[0-9a-f-]{36}|\d+)$/;
  const values = school.rows('audit').flatMap((row) => Object.values(row).map(String));
  // No session stands behind an entry that a computer carried.
  const given = values.filter((value) => value !== 'null');
  expect(given.filter((value) => !fixed.test(value))).toEqual([]);
});

test('S8 My Assigned lists open cases assigned to the person, newest first', async () => {
  const assigned = { assigneeIds: [school.staff.lead] };
  const first = await addIncident(school, 'teacher', assigned);
  later(1);
  const second = await addIncident(school, 'teacher', assigned);
  await addIncident(school, 'teacher', { ...assigned, status: 'closed' });
  await addIncident(school, 'teacher');
  const { rows } = await school.ask('lead', listAssigned);
  expect(rows).toMatchObject([
    { incidentId: second, author: 'Tariq Nasser', categories: ['Cause for Concern'] },
    { incidentId: first },
  ]);
  expect(await school.ask('deputy', listAssigned)).toEqual({ rows: [] });
});

test('S8 a case that may not be read any more is not listed', async () => {
  await addIncident(school, 'teacher', { assigneeIds: [school.staff.lead] });
  await readNewest('lead');
  school.sqlite.prepare('DELETE FROM alert_group_member WHERE staff_id = ?').run(school.staff.lead);
  expect(await school.ask('lead', listAssigned)).toEqual({ rows: [] });
});

test('S9 My History lists incidents and actions of the last seven days, newest first', async () => {
  const told = { alertStaffIds: [school.staff.colleague] };
  const old = await addIncident(school, 'teacher', told);
  later(3 * DAY);
  const own = await addIncident(school, 'colleague');
  later(1);
  await addAction(school, 'colleague', old, { addCategoryIds: [school.categories['SEND']] });
  await addAction(school, 'lead', old, { addCategoryIds: [school.categories['Transport']] });
  await readNewest('colleague');
  const { rows } = await school.ask('colleague', listHistory);
  expect(rows).toMatchObject([
    {
      kind: 'action',
      incidentId: old,
      categories: ['Cause for Concern', 'SEND'],
      mayOpen: false,
      openedByTeamAt: null,
    },
    { kind: 'incident', id: own, incidentId: own, mayOpen: true, showsOpened: true },
  ]);
});

test('My History says when the safeguarding team first opened an entry, and tells its author', async () => {
  const incidentId = await addIncident(school, 'teacher', {
    alertStaffIds: [school.staff.colleague],
  });
  const openedAt = async (who: StaffName) =>
    (await school.ask(who, listHistory)).rows.map((row) => row.openedByTeamAt);
  await open('colleague', incidentId);
  await open('teacher', incidentId);
  expect(await openedAt('teacher')).toEqual([null]);
  later(60_000);
  school.told.length = 0;
  const openingId = v7();
  await open('lead', incidentId, openingId);
  expect(school.told).toEqual([school.staff.teacher]);
  later(60_000);
  await open('lead', incidentId, openingId);
  await open('deputy', incidentId);
  expect(await openedAt('teacher')).toEqual(['2026-11-24T09:01:00.000Z']);
});

test('an action counts as opened only by an opening after it arrived', async () => {
  const incidentId = await addIncident(school, 'teacher', {
    alertStaffIds: [school.staff.colleague],
  });
  await open('lead', incidentId);
  later(1_000);
  await addAction(school, 'colleague', incidentId);
  const actionRow = async () =>
    (await school.ask('colleague', listHistory)).rows.map((row) => row.openedByTeamAt);
  expect(await actionRow()).toEqual([null]);
  later(1_000);
  await open('deputy', incidentId);
  expect(await actionRow()).toEqual(['2026-11-24T09:00:02.000Z']);
});

test('a school may keep to itself whether the team has opened an entry', async () => {
  await school.close();
  school = await openLarkfield({ showsOpenedByTeam: false });
  const incidentId = await addIncident(school, 'teacher');
  await open('lead', incidentId);
  expect((await school.ask('teacher', listHistory)).rows).toMatchObject([
    { openedByTeamAt: null, showsOpened: false },
  ]);
});

test('S10 Recently Viewed lists each incident once, last opened first, ten at a time', async () => {
  const ids: string[] = [];
  for (let count = 0; count < 12; count += 1) ids.push(await addIncident(school, 'teacher'));
  for (const id of [...ids, ids[0] ?? '']) {
    later(1_000);
    await open('lead', id);
  }
  const expected = [ids[0], ...ids.slice(1).toReversed()];
  const first = await school.ask('lead', listRecentlyViewed);
  expect(first.rows.map((row) => row.incidentId)).toEqual(expected.slice(0, 10));
  expect(first.hasMore).toBe(true);
  const last = first.rows.at(-1);
  const cursor = { before: last?.openedAt, beforeId: last?.incidentId };
  const second = await school.ask('lead', listRecentlyViewed, cursor);
  expect(second.rows.map((row) => row.incidentId)).toEqual(expected.slice(10));
  expect(second.hasMore).toBe(false);
});

test('S10 incidents opened in the same moment are each on one page of Recently Viewed', async () => {
  const ids: string[] = [];
  for (let count = 0; count < 23; count += 1) ids.push(await addIncident(school, 'teacher'));
  for (const [index, id] of ids.entries()) {
    // One later and one earlier than the 21 that share their moment.
    if (index === 1 || index === 22) later(1_000);
    await open('lead', id);
  }
  const seen: string[] = [];
  let cursor = {};
  for (let pages = 0; pages < 3; pages += 1) {
    const { rows, hasMore } = await school.ask('lead', listRecentlyViewed, cursor);
    expect(hasMore).toBe(pages < 2);
    seen.push(...rows.map(({ incidentId }) => incidentId));
    const last = rows.at(-1);
    cursor = { before: last?.openedAt, beforeId: last?.incidentId };
  }
  expect(seen).toEqual([ids[22], ...ids.slice(1, 22).toSorted(), ids[0]]);
});

test('S10 what may not be read any more cannot be opened from Recently Viewed', async () => {
  const incidentId = await addIncident(school, 'teacher', {
    alertStaffIds: [school.staff.colleague],
  });
  await open('colleague', incidentId);
  const recent = async () => (await school.ask('colleague', listRecentlyViewed)).rows;
  expect(await recent()).toMatchObject([{ incidentId, mayOpen: true }]);
  await readNewest('colleague');
  expect(await recent()).toMatchObject([{ incidentId, mayOpen: false }]);
});

test('an answer has as many statements behind it for many rows as for one', async () => {
  let count = 0;
  const counting = school.db.withPlugin({
    transformQuery: ({ node }) => {
      count += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  Object.assign(school.house, { db: counting });
  const statements = async (ask: () => Promise<unknown>) => {
    count = 0;
    await ask();
    return count;
  };
  const incidentId = await addIncident(school, 'teacher', { assigneeIds: [school.staff.lead] });
  await addAction(school, 'deputy', incidentId);
  await open('lead', incidentId);
  const asks = [
    () => school.ask('lead', listAlerts),
    () => school.ask('lead', listAssigned),
    () => school.ask('teacher', listHistory),
    () => school.ask('lead', listRecentlyViewed),
    () => open('lead', incidentId),
  ];
  const one: number[] = [];
  for (const ask of asks) one.push(await statements(ask));
  for (let count = 0; count < 9; count += 1) {
    await open('lead', await addIncident(school, 'teacher', { assigneeIds: [school.staff.lead] }));
    await addAction(school, 'deputy', incidentId);
  }
  const many: number[] = [];
  for (const ask of asks) many.push(await statements(ask));
  expect(many).toEqual(one);
  expect(Math.min(...one)).toBeGreaterThan(0);
});

test('R44 an author is told of an opening by the team only where My History shows it', async () => {
  const told = async (act: () => Promise<unknown>) => {
    school.told.length = 0;
    await act();
    return [...school.told];
  };
  const incidentId = await addIncident(school, 'teacher', {
    alertStaffIds: [school.staff.colleague],
  });
  await addAction(school, 'colleague', incidentId);
  const first = await told(() => open('lead', incidentId));
  expect(new Set(first)).toEqual(new Set([school.staff.teacher, school.staff.colleague]));
  // Opened again, by whomever: their lists say the same as before.
  expect(await told(() => open('lead', incidentId))).toEqual([]);
  expect(await told(() => open('deputy', incidentId))).toEqual([]);
  later(60_000);
  await addAction(school, 'colleague', incidentId);
  expect(await told(() => open('deputy', incidentId))).toEqual([school.staff.colleague]);

  const old = await addIncident(school, 'teacher');
  later(8 * DAY);
  expect(await told(() => open('lead', old))).toEqual([]);

  await school.close();
  school = await openLarkfield({ showsOpenedByTeam: false });
  const hidden = await addIncident(school, 'teacher');
  expect(await told(() => open('lead', hidden))).toEqual([]);
});

test('S24 whoever reads an entry is told that its time came from a wrong clock', async () => {
  const incidentId = await addIncident(school, 'teacher', {
    happenedAt: '2026-11-24T10:00:00.000Z',
  });
  expect(await open('lead', incidentId)).toMatchObject({ clockWasWrong: true });
});
