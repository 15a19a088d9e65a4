/** Sealed items over real HTTPS: each once, whole, with a receipt, and never passed off. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestComputer, TestWriter } from '../testing/envelope.ts';
import { carryTo, enrolled, sealedBy, writerAt } from '../testing/office.ts';
import { addStaff, addStudent, type TestStaff } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let school: TestServer;
let computer: TestComputer;
let lead: TestStaff;
let rosa: TestWriter;
let studentId: string;
let categoryId: string;

beforeAll(async () => {
  school = await startTestServer();
  lead = await addStaff(school, { name: 'Iris Lyle', isKeyUser: true });
  studentId = await addStudent(school, { forename: 'Amina', surname: 'Yusuf' });
  const category = await school.db.selectFrom('category').select('id').executeTakeFirstOrThrow();
  categoryId = category.id;
  computer = await enrolled(school);
  rosa = await writerAt(school, computer, await addStaff(school, { name: 'Rosa Blake' }));
});
afterAll(() => school.close());

function incident(changes: Readonly<Record<string, unknown>> = {}) {
  const at = school.clock.now().toISOString();
  return {
    kind: 'incident',
    id: v7(),
    writtenAt: at,
    studentId,
    text: 'Amina said that nobody was at home last night.',
    categoryIds: [categoryId],
    linkedStudents: [],
    happenedAt: at,
    status: 'active',
    assigneeIds: [],
    agencies: [],
    alertStaffIds: [],
    alertGroupIds: [],
    ...changes,
  };
}

test('R73 a sealed entry is written as its author’s, and answered with a signed receipt', async () => {
  const body = incident();
  const receipt = await carryTo(school, sealedBy(school, rosa, body));
  expect(receipt).toMatchObject({ submissionId: body.id, alerted: 1 });
  const row = await school.db
    .selectFrom('incident')
    .selectAll()
    .where('id', '=', body.id)
    .executeTakeFirst();
  expect(row).toMatchObject({ author_id: rosa.staffId, text: body.text });
  expect(lead.id).not.toBe(rosa.staffId);
});
