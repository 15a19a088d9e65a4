/** What the server knows of drafts, over real HTTPS: their person, computer and time. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listDraftsElsewhere, tellDrafts } from '../../src-shared/contract/draft.ts';
import { carryTo, enrolled, sealedBy, writerAt } from '../testing/office.ts';
import { addStaff } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let school: TestServer;
beforeAll(async () => {
  school = await startTestServer();
});
afterAll(() => school.close());

async function elsewhere(token: string) {
  const answer = await school.call(listDraftsElsewhere, {}, token);
  return answer.ok ? answer.value.drafts : answer.error.code;
}

test('an unfinished draft is told of on other computers, to its person alone, until it is gone', async () => {
  const rosa = await addStaff(school, { name: 'Rosa Blake' });
  const ben = await addStaff(school, { name: 'Ben Okoro' });
  const reception = await enrolled(school, 'RECEPTION-2');
  const library = await enrolled(school, 'LIBRARY-1');
  const there = await school.signInAs(rosa, reception.id);
  const here = await school.signInAs(rosa, library.id);
  const other = await school.signInAs(ben, library.id);
  const id = v7();
  const early = { id, changedAt: '2026-11-24T10:00:00.000Z' };
  const drafts = [early, { id, changedAt: '2026-11-24T10:42:00.000Z' }, early];
  const told = await school.call(tellDrafts, { computerId: reception.id, drafts }, there);
  expect(told.status).toBe(200);
  expect(await elsewhere(here)).toEqual([
    { computerName: 'RECEPTION-2', changedAt: '2026-11-24T10:42:00.000Z' },
  ]);
  expect(await elsewhere(there)).toEqual([]);
  expect(await elsewhere(other)).toEqual([]);
  await school.call(tellDrafts, { computerId: reception.id, drafts: [] }, there);
  expect(await elsewhere(here)).toEqual([]);
});

test('nobody speaks of drafts on a computer that they are not on', async () => {
  const rosa = await addStaff(school, { name: 'Rosa Bluff' });
  const token = await school.signInAs(rosa, (await enrolled(school)).id);
  const asked = { computerId: (await enrolled(school)).id, drafts: [] };
  expect(await school.call(tellDrafts, asked, token)).toMatchObject({ status: 403 });
});

test('what was submitted is unfinished nowhere, whoever carries it and whatever its person tells later', async () => {
  const rosa = await addStaff(school, { name: 'Rosa Blythe' });
  const reception = await enrolled(school, 'RECEPTION-2');
  const writer = await writerAt(school, reception, rosa);
  const here = await school.signInAs(rosa, (await enrolled(school)).id);
  const [id, other] = [v7(), v7()];
  const changedAt = '2026-11-24T10:42:00.000Z';
  const drafts = [
    { id, changedAt },
    { id: other, changedAt: '2026-11-24T10:43:00.000Z' },
  ];
  await school.call(tellDrafts, { computerId: reception.id, drafts }, writer.token);
  // To an incident that nobody has: it is held, and that is not unfinished either.
  const held = await carryTo(school, sealedBy(school, writer, action(id)));
  expect(held).toMatchObject({ submissionId: id });
  const left = [{ computerName: 'RECEPTION-2', changedAt: '2026-11-24T10:43:00.000Z' }];
  expect(await elsewhere(here)).toEqual(left);
  await school.call(tellDrafts, { computerId: reception.id, drafts }, writer.token);
  expect(await elsewhere(here)).toEqual(left);
});

function action(id: string) {
  const at = '2026-11-24T10:44:00.000Z';
  return {
    kind: 'action',
    id,
    incidentId: v7(),
    writtenAt: at,
    happenedAt: at,
    text: 'Telephoned home.',
    addCategoryIds: [],
    linkedStudentIds: [],
    agencies: [],
    alertStaffIds: [],
    alertGroupIds: [],
  };
}
