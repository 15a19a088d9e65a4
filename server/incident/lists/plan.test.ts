/** The dashboard's lists read what they show, however long a school has been kept. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countUnread, unreadAlertsOf } from '../../alert/rows.ts';
import { migrate } from '../../db/migrate.ts';
import { openDatabase, type Db } from '../../db/open.ts';
import type { Schema } from '../../db/schema.ts';
import type { Actor } from '../../http/route.ts';
import { assignedRows, historyRows, recentRows } from './rows.ts';

const NOW = new Date('2026-11-24T09:00:00.000Z');

let folder: string;
let sqlite: ReturnType<typeof openDatabase>['sqlite'];
let db: Db;
/** Statements since it was emptied, with their values. */
const asked: { sql: string; values: readonly unknown[] }[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meadowlark-plan-'));
  sqlite = openDatabase(join(folder, 'school.sqlite')).sqlite;
  migrate(sqlite);
  db = new Kysely<Schema>({
    dialect: new SqliteDialect({ database: sqlite }),
    log: ({ query }) => void asked.push({ sql: query.sql, values: query.parameters }),
  });
});
afterAll(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true, force: true });
});

for (const isKeyUser of [true, false]) {
  const actor: Actor = { schoolId: 's', staffId: 'p', isKeyUser, sessionId: 'x', computerId: 'c' };
  const lists: Readonly<Record<string, () => Promise<unknown>>> = {
    Alert: () => unreadAlertsOf(db, actor.staffId),
    'the bell': () => countUnread(db, actor.staffId),
    'My Assigned': () => db.transaction().execute((trx) => assignedRows(trx, actor, NOW)),
    'My History': () =>
      db
        .transaction()
        .execute((trx) =>
          historyRows(trx, { actor, now: NOW, since: NOW.toISOString(), showsOpened: true }),
        ),
    'Recently Viewed': () => recentRows(db, { actor, now: NOW, cursor: {} }),
    'see more': () =>
      recentRows(db, { actor, now: NOW, cursor: { before: NOW.toISOString(), beforeId: 'i' } }),
  };
  for (const [name, list] of Object.entries(lists)) {
    test(`S7 to S10 ${name} of a ${isKeyUser ? 'key user' : 'teacher'} is read by index`, async () => {
      asked.length = 0;
      await list();
      const selects = asked.filter(({ sql }) => sql.startsWith('select'));
      expect(selects.length).toBeGreaterThan(0);
      expect(selects.flatMap(readsTooMuch)).toEqual([]);
    });
  }
}

/**
 * What of a statement's plan reads more than it answers with: a table from end to end, or all of a
 * person's rows to bring them into order. The categories of the listed incidents alone are ordered
 * afterwards. (Ordering within one instant, and leaving out repeats, go along with the reading.)
 */
function readsTooMuch({ sql, values }: (typeof asked)[number]): string[] {
  const isOfListed = sql.includes('from "incident_category"');
  return sqlite
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...values)
    .map(({ detail }) => detail)
    .filter(
      (detail) =>
        detail.startsWith('SCAN') ||
        (detail === 'USE TEMP B-TREE FOR ORDER BY' && !isOfListed) ||
        detail.includes('AUTOMATIC'),
    );
}
