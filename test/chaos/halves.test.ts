import SQLite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile } from '../../server/folder.ts';
import { addStaff } from '../../server/testing/people.ts';
import { startTestServer, type TestServer } from '../../server/testing/server.ts';
import { halvesIn } from './halves.ts';

let school: TestServer;
beforeAll(async () => {
  school = await startTestServer();
});
afterAll(() => school.close());

test('R68 what is there by halves is found, in the server’s own database', async () => {
  const person = await addStaff(school, { name: 'Rosa Blake' });
  await school.signInAs(person);
  const sqlite = new SQLite(databaseFile(school.folder));
  const whole = halvesIn(sqlite);
  sqlite.exec(`INSERT INTO audit (school_id, at, event, object_id, result)
    SELECT id, '2026-11-24T08:45:00.000Z', 'create', 'no-such-incident', 'done' FROM school`);
  const half = halvesIn(sqlite);
  sqlite.close();
  expect({ whole, half }).toEqual({ whole: [], half: ['1 × audit row without its incident'] });
});
