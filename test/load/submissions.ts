/**
 * Submissions a second through the full path (HTTPS, seal, signatures, contract, rights, one
 * transaction, signed receipt) against a bare loop that commits the very same rows with better-sqlite3.
 */
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { v7 as newId } from 'uuid';
import { listCategories } from '../../src-shared/contract/category.ts';
import { listStudents } from '../../src-shared/contract/student.ts';
import { databaseFile } from '../../server/folder.ts';
import { openDatabase } from '../../server/db/open.ts';
import { askServer } from '../../tools/demo/server-request.ts';
import { figure, type Figure } from './figure.ts';
import type { BenchSchool } from './schools.ts';

/** As many computers submit at once. */
const AT_ONCE = 8;
/** Every table that a submission writes to, parents first, and the column that finds its rows. */
const TABLES = [
  ['submission', 'id'],
  ['incident', 'id'],
  ['incident_category', 'incident_id'],
  ['alert', 'incident_id'],
] as const;
/** Rows of these carry no incident: all that were added meanwhile are shared out evenly. */
const QUEUES = ['mail', 'audit'] as const;

type Row = Readonly<Record<string, unknown>>;

export async function measureSubmissions(school: BenchSchool, count: number): Promise<Figure> {
  const body = await bodyMaker(school);
  await sendAll(school, Array.from({ length: AT_ONCE * 2 }, body));
  const file = databaseFile(school.demo.server);
  const copy = join(school.demo.folder, 'bare.sqlite');
  const before = new SQLite(file, { readonly: true });
  before.prepare('VACUUM INTO ?').run(copy);
  const marks = QUEUES.map((table) => lastPosition(before, table));
  before.close();

  const bodies = Array.from({ length: count }, body);
  const started = performance.now();
  await sendAll(school, bodies);
  const fullPath = count / ((performance.now() - started) / 1000);

  const after = new SQLite(file, { readonly: true });
  const transactions = rowsOf(
    after,
    bodies.map(({ id }) => id),
    marks,
  );
  after.close();
  return figure({
    what: 'Submissions through the full path',
    measured: fullPath,
    against: 'a bare loop committing the same rows',
    reference: bareLoop(copy, transactions),
    unit: '/s',
  });
}

async function bodyMaker({ server, teacher }: BenchSchool) {
  const categories = await askServer(server, listCategories, {}, teacher.token);
  const students = await askServer(server, listStudents, {}, teacher.token);
  if (!('value' in categories) || !('value' in students)) throw new Error('no lists');
  const studentId = students.value.students[0]?.id;
  const categoryIds = categories.value.categories.slice(0, 2).map(({ id }) => id);
  return () => {
    const at = new Date().toISOString();
    return {
      kind: 'incident',
      id: newId(),
      writtenAt: at,
      studentId,
      text: 'They were quiet at registration and did not want to talk. '.repeat(10),
      categoryIds,
      linkedStudents: [],
      happenedAt: at,
      status: 'active',
      assigneeIds: [],
      agencies: [],
      alertStaffIds: [],
      alertGroupIds: [],
    } as const;
  };
}

async function sendAll(
  { teacher }: BenchSchool,
  bodies: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const waiting = bodies.map((body) => teacher.seal(body));
  const sender = async (): Promise<void> => {
    for (let carry = waiting.pop(); carry !== undefined; carry = waiting.pop()) await carry();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
}

function lastPosition(sqlite: SQLite.Database, table: string): number {
  const row = sqlite
    .prepare<[], { last: number | null }>(`SELECT max(position) AS last FROM ${table}`)
    .get();
  return row?.last ?? 0;
}

/** The rows of each submission, in the order of `ids`, as [table, row]. */
function rowsOf(
  sqlite: SQLite.Database,
  ids: readonly string[],
  marks: readonly number[],
): (readonly [string, Row])[][] {
  const transactions = ids.map((id): (readonly [string, Row])[] =>
    TABLES.flatMap(([table, column]) =>
      sqlite
        .prepare<[string], Row>(`SELECT * FROM ${table} WHERE ${column} = ?`)
        .all(id)
        .map((row) => [table, row] as const),
    ),
  );
  for (const [place, table] of QUEUES.entries()) {
    const rows = sqlite
      .prepare<[number], Row>(`SELECT * FROM ${table} WHERE position > ? ORDER BY position`)
      .all(marks[place] ?? 0);
    for (const [index, row] of rows.entries()) {
      transactions[Math.floor((index * ids.length) / rows.length)]?.push([table, row]);
    }
  }
  return transactions;
}

/** Commits a second at synchronous=FULL, on a copy of the school as it was before. */
function bareLoop(
  file: string,
  transactions: readonly (readonly (readonly [string, Row])[])[],
): number {
  const { sqlite } = openDatabase(file);
  const statements = new Map<string, SQLite.Statement>();
  const insert = (table: string, row: Row): void => {
    const statement =
      statements.get(table) ??
      sqlite.prepare(
        `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row)
          .map((column) => `@${column}`)
          .join(', ')})`,
      );
    statements.set(table, statement);
    statement.run(row);
  };
  const started = performance.now();
  for (const rows of transactions) {
    sqlite.transaction(() => {
      for (const [table, row] of rows) insert(table, row);
    })();
  }
  const seconds = (performance.now() - started) / 1000;
  sqlite.close();
  return transactions.length / seconds;
}
