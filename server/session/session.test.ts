import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSession } from '../../src-shared/contract/session.ts';
import { addStaff } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let school: TestServer;
beforeAll(async () => {
  school = await startTestServer();
});
afterAll(() => school.close());

describe('S4 signing in', () => {
  test('a member of staff signs in', async () => {
    const rosa = await addStaff(school, { name: 'Rosa Blake' });
    const token = await school.signInAs(rosa);
    const answer = await school.call(readSession, {}, token);
    expect(answer).toMatchObject({ ok: true, value: { staff: { name: 'Rosa Blake' } } });
  });
});
