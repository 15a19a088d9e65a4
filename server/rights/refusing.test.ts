/** What is refused, over real HTTPS: nothing shows whether it exists, and nothing is changed. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAlerts } from '../../src-shared/contract/alert.ts';
import { listCategories } from '../../src-shared/contract/category.ts';
import { CARRY_PATH } from '../../src-shared/contract/seal.ts';
import { readIncident } from '../../src-shared/contract/incident.ts';
import { IncidentSubmission } from '../../src-shared/contract/submission.ts';
import { carryTo, enrolled, sealedBy, writerAt } from '../testing/office.ts';
import { headersOf } from '../testing/envelope.ts';
import type { TestStaff } from '../testing/people.ts';
import { addStaff, addStudent } from '../testing/people.ts';
import type { TestServer } from '../testing/server.ts';
import { startTestServer } from '../testing/server.ts';

let server: TestServer;
let author: TestStaff;
let lead: TestStaff;
let outsider: TestStaff;
const tokens = new Map<TestStaff, string>();
let incident: IncidentSubmission;
let leadAlertId: string;

beforeAll(async () => {
  server = await startTestServer();
  author = await addStaff(server, { name: 'Tariq Nasser' });
  lead = await addStaff(server, { name: 'Iris Lyle', isKeyUser: true });
  outsider = await addStaff(server, { name: 'Cora Bligh' });
  for (const person of [author, lead, outsider]) tokens.set(person, await server.signInAs(person));
  const studentId = await addStudent(server, { forename: 'Amina', surname: 'Yusuf' });
  const listed = await server.call(listCategories, {}, tokens.get(author));
  if (!listed.ok) throw new Error('no categories');
  incident = IncidentSubmission.parse({
    kind: 'incident',
    id: v7(),
    writtenAt: server.clock.now().toISOString(),
    studentId,
    text: 'Only for the team.',
    categoryIds: [listed.value.categories[0]?.id],
    linkedStudents: [],
    happenedAt: server.clock.now().toISOString(),
    status: 'active',
    assigneeIds: [],
    agencies: [],
    alertStaffIds: [],
    alertGroupIds: [],
  });
  const writer = await writerAt(server, await enrolled(server), author);
  const sent = await carryTo(server, sealedBy(server, writer, incident));
  if (typeof sent === 'string') throw new Error('the incident was refused');
  const alerts = await server.call(listAlerts, {}, tokens.get(lead));
  if (!alerts.ok) throw new Error('no alerts');
  leadAlertId = alerts.value.alerts[0]?.id ?? '';
});
afterAll(() => server.close());

const as = (person: TestStaff) => ({
  authorization: `Bearer ${tokens.get(person) ?? ''}`,
  'content-type': 'application/json',
});

/** Everything stored, but for what signing in and renewing leave. */
async function stored() {
  const tables = [
    'staff',
    'student',
    'alert_group',
    'alert_group_member',
    'category',
    'agency',
    'submission',
    'carried',
    'held',
    'incident',
    'incident_student',
    'incident_assignee',
    'incident_category',
    'incident_agency',
    'action',
    'action_student',
    'alert',
    'opening',
    'audit',
  ] as const;
  const rows = await Promise.all(
    tables.map((table) => server.db.selectFrom(table).selectAll().execute()),
  );
  return JSON.stringify(rows);
}

test('R47 what may not be seen is answered to the byte like what does not exist', async () => {
  const pairs = [
    ...[incident.id, v7()].map((id) => ({
      method: 'GET',
      path: `/v1/incidents/${id}?openingId=${randomUUID()}`,
    })),
    ...[incident.id, v7()].map((id) => ({
      method: 'GET',
      path: `/v1/incidents/${id}/actions?openingId=${randomUUID()}&before=${v7()}`,
    })),
    ...[leadAlertId, v7()].map((id) => ({
      method: 'POST',
      path: `/v1/alerts/${id}/read`,
      body: '{}',
    })),
    ...[leadAlertId, v7()].map((id) => ({
      method: 'POST',
      path: `/v1/alerts/${id}/undo-read`,
      body: '{}',
    })),
  ];
  const before = await stored();
  const answers = await Promise.all(
    pairs.map((asked) => server.raw({ ...asked, headers: as(outsider) })),
  );
  const bare = answers.map(({ status, headers, text }) => ({
    status,
    text: text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, 'ID'),
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'date')),
  }));
  for (const answer of bare) expect(answer).toEqual(bare[0]);
  expect(bare[0]?.status).toBe(404);
  expect(await stored()).toBe(before);
  // The lead, who may, gets the same record by the same request.
  const [asked] = pairs;
  const own = await server.raw({ method: 'GET', path: asked?.path ?? '', headers: as(lead) });
  expect(own.status).toBe(200);
});

test('R47 a submission id that is taken by somebody else gives nothing of theirs away', async () => {
  const writer = await writerAt(server, await enrolled(server), outsider);
  const item = sealedBy(server, writer, incident);
  const answer = await server.raw({
    method: 'POST',
    path: CARRY_PATH,
    headers: headersOf(item),
    body: item.sealed,
  });
  expect(answer.status).toBe(409);
  expect(answer.text).toContain('submission-differs');
  expect(answer.text).not.toMatch(/reference|sha256|receivedAt/);
});

test('R48 nothing but the fields of the contract can be set, at any depth', async () => {
  const columns = fc.constantFrom(
    'author_id',
    'authorId',
    'school_id',
    'submitted_at',
    'receivedAt',
    'is_urgent',
    'reference',
    'receipt',
    'clock_is_wrong',
    'read_at',
    'staffId',
    'isKeyUser',
    'alerted',
    '__proto__',
    'constructor',
    'toString',
  );
  const before = await stored();
  await fc.assert(
    fc.asyncProperty(columns, fc.jsonValue(), fc.nat({ max: 3 }), async (name, value, where) => {
      const extra = `"${name}":${JSON.stringify(value)}`;
      const asked = [
        {
          path: '/v1/drafts',
          method: 'PUT',
          body: `{"computerId":"${v7()}","drafts":[],${extra}}`,
        },
        { path: `/v1/held/${v7()}/file`, body: `{"reason":"Seen.",${extra}}` },
        { path: `/v1/alerts/${leadAlertId}/read`, body: `{${extra}}` },
        { path: `/v1/alerts/${leadAlertId}/undo-read`, body: `{${extra}}` },
      ][where];
      const answer = await server.raw({ method: 'POST', path: '', ...asked, headers: as(lead) });
      expect(answer.status).toBe(400);
    }),
    { numRuns: 300 },
  );
  expect(await stored()).toBe(before);
});

test('R49 somebody who stops working here is refused by their next request', async () => {
  const token = await server.signInAs(lead);
  const asked = { incidentId: incident.id, openingId: randomUUID() } as const;
  const open = async () =>
    (await server.call(readIncident, readIncident.request.parse(asked), token)).status;
  expect(await open()).toBe(200);
  await server.db.updateTable('staff').set({ is_active: 0 }).where('id', '=', lead.id).execute();
  expect(await open()).toBe(401);
});
