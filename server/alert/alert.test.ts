/** Marking as read and taking it back, on a real database (S15, R45). */
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BRIDGE_LARGEST_BYTES } from '../../src-shared/bridge.ts';
import { listAlerts, markAlertRead, undoAlertRead } from '../../src-shared/contract/alert.ts';
import { readIncident } from '../../src-shared/contract/incident.ts';
import { addAction, addIncident } from '../testing/entries.ts';
import type { StaffName } from '../testing/larkfield-people.ts';
import type { Larkfield } from '../testing/larkfield.ts';
import { openLarkfield } from '../testing/larkfield.ts';
import { alertsToRaise } from './rules.ts';

let school: Larkfield;
beforeEach(async () => {
  school = await openLarkfield();
});
afterEach(() => school.close());

const unread = async (who: StaffName) => (await school.ask(who, listAlerts)).alerts;
const opens = async (who: StaffName, incidentId: string) =>
  (await school.call(who, readIncident, { incidentId, openingId: v7() })) !== 'not-found';

test('S7 unread alerts are listed newest first', async () => {
  const first = await addIncident(school, 'teacher', { alertStaffIds: [school.staff.colleague] });
  const second = await addIncident(school, 'teacher', { alertStaffIds: [school.staff.colleague] });
  expect((await unread('colleague')).map(({ incidentId }) => incidentId)).toEqual([second, first]);
});

test('R16 however much others send, the list of alerts stays small enough to be shown', async () => {
  const incidentId = await addIncident(school, 'teacher');
  const all = school.sqlite.prepare('SELECT id FROM category').all() as { id: string }[];
  const add = school.sqlite.prepare(
    'INSERT OR IGNORE INTO incident_category VALUES (?, ?, ?, NULL)',
  );
  for (const { id } of all) add.run(school.schoolId, incidentId, id);
  const raise = school.sqlite.prepare(
    `INSERT INTO alert (id, school_id, staff_id, incident_id, kind, raised_by, raised_at)
     VALUES (?, ?, ?, ?, 'incident', ?, '2026-11-24T09:00:00.000Z')`,
  );
  const { lead, teacher } = school.staff;
  school.sqlite.transaction(() => {
    for (let count = 0; count < 900; count += 1) {
      raise.run(v7(), school.schoolId, lead, incidentId, teacher);
    }
  })();
  const shown = await unread('lead');
  expect(JSON.stringify({ alerts: shown }).length).toBeLessThan(BRIDGE_LARGEST_BYTES);
  expect(shown.length).toBeGreaterThan(100);
  const newest = school.sqlite.prepare('SELECT id FROM alert ORDER BY position DESC LIMIT 1').get();
  expect(shown[0]?.id).toBe((newest as { id: string }).id);
});

test('S15 a non-key user cannot open the incident again after marking it as read', async () => {
  const incidentId = await addIncident(school, 'teacher', {
    alertStaffIds: [school.staff.colleague],
  });
  expect(await opens('colleague', incidentId)).toBe(true);
  const [alert] = await unread('colleague');
  expect(await school.ask('colleague', markAlertRead, { alertId: alert?.id })).toEqual({
    unread: 0,
    undoUntil: '2026-11-24T09:00:10.000Z',
  });
  expect(await opens('colleague', incidentId)).toBe(false);
  expect(await addAction(school, 'colleague', incidentId)).toBe('incident-out-of-reach');
  expect(await unread('colleague')).toEqual([]);
});

test('S15 a key user still reads what they marked as read', async () => {
  const incidentId = await addIncident(school, 'teacher');
  const [alert] = await unread('lead');
  await school.ask('lead', markAlertRead, { alertId: alert?.id });
  expect(await opens('lead', incidentId)).toBe(true);
});

test('S15 one alert takes along the earlier ones of its incident, and no others', async () => {
  const told = { alertStaffIds: [school.staff.colleague] };
  const incidentId = await addIncident(school, 'teacher', told);
  const other = await addIncident(school, 'teacher', told);
  await addAction(school, 'lead', incidentId, told);
  const [action] = await unread('colleague');
  await addAction(school, 'lead', incidentId, told);
  await school.ask('colleague', markAlertRead, { alertId: action?.id });
  expect((await unread('colleague')).map((row) => [row.kind, row.incidentId])).toEqual([
    ['action', incidentId],
    ['incident', other],
  ]);
  expect(await opens('colleague', incidentId)).toBe(true);
});

test('S15 undone within ten seconds, exactly what was taken along comes back', async () => {
  const told = { alertStaffIds: [school.staff.colleague] };
  const incidentId = await addIncident(school, 'teacher', told);
  const [early] = await unread('colleague');
  await school.ask('colleague', markAlertRead, { alertId: early?.id });
  await addAction(school, 'lead', incidentId, told);
  await addAction(school, 'lead', incidentId, told);
  const [latest] = await unread('colleague');
  await school.ask('colleague', markAlertRead, { alertId: latest?.id });
  school.now = new Date('2026-11-24T09:00:09.999Z');
  expect(await school.ask('colleague', undoAlertRead, { alertId: latest?.id })).toEqual({
    unread: 2,
  });
  expect(await opens('colleague', incidentId)).toBe(true);
});

test('S15 after ten seconds by the server’s clock it cannot be undone', async () => {
  const incidentId = await addIncident(school, 'teacher', {
    alertStaffIds: [school.staff.colleague],
  });
  const [alert] = await unread('colleague');
  const { undoUntil } = await school.ask('colleague', markAlertRead, { alertId: alert?.id });
  school.now = new Date(undoUntil);
  expect(await school.call('colleague', undoAlertRead, { alertId: alert?.id })).toBe('not-found');
  expect(await opens('colleague', incidentId)).toBe(false);
});

test('S15 two computers marking the same alert at once get the same answer, audited once', async () => {
  await addIncident(school, 'teacher', { alertStaffIds: [school.staff.colleague] });
  const [alert] = await unread('colleague');
  const request = { alertId: alert?.id };
  const answers = await Promise.all([
    school.ask('colleague', markAlertRead, request, v7()),
    school.ask('colleague', markAlertRead, request, v7()),
  ]);
  expect(answers[0]).toEqual(answers[1]);
  expect(school.rows('audit').filter(({ event }) => event === 'acknowledge')).toHaveLength(1);
  await Promise.all([
    school.ask('colleague', undoAlertRead, request),
    school.ask('colleague', undoAlertRead, request),
  ]);
  expect(school.rows('audit').filter(({ event }) => event === 'undo-acknowledge')).toHaveLength(1);
  expect(await unread('colleague')).toHaveLength(1);
});

test('an alert read along with a later one cannot be undone by itself', async () => {
  const told = { alertStaffIds: [school.staff.colleague] };
  const incidentId = await addIncident(school, 'teacher', told);
  const [early] = await unread('colleague');
  await addAction(school, 'lead', incidentId, told);
  const [late] = await unread('colleague');
  await school.ask('colleague', markAlertRead, { alertId: late?.id });
  expect(await school.ask('colleague', markAlertRead, { alertId: early?.id })).toEqual({
    unread: 0,
    undoUntil: '2026-11-24T09:00:00.000Z',
  });
  expect(await school.call('colleague', undoAlertRead, { alertId: early?.id })).toBe('not-found');
});

test('R47 somebody else’s alert is answered like one that does not exist', async () => {
  await addIncident(school, 'teacher', { alertStaffIds: [school.staff.colleague] });
  const [theirs] = await unread('colleague');
  for (const alertId of [theirs?.id, v7()]) {
    expect(await school.call('assistant', markAlertRead, { alertId })).toBe('not-found');
    expect(await school.call('assistant', undoAlertRead, { alertId })).toBe('not-found');
  }
  expect(await unread('colleague')).toHaveLength(1);
  expect(school.rows('audit').some(({ event }) => event === 'acknowledge')).toBe(false);
});

test('marking as read tells the person’s other computers after the commit', async () => {
  await addIncident(school, 'teacher', { alertStaffIds: [school.staff.colleague] });
  const [alert] = await unread('colleague');
  school.told.length = 0;
  await school.ask('colleague', markAlertRead, { alertId: alert?.id });
  expect(school.told).toEqual([school.staff.colleague]);
});

test('alerts are raised once each, assigned before told, without the author and the leavers', () => {
  expect(
    alertsToRaise({
      kind: 'incident',
      authorId: 'author',
      toldIds: ['team', 'chosen', 'chosen', 'author', 'left'],
      assigneeIds: ['team', 'author'],
      activeIds: new Set(['author', 'team', 'chosen']),
    }),
  ).toEqual([
    { staffId: 'team', kind: 'assigned' },
    { staffId: 'chosen', kind: 'incident' },
  ]);
});
