/**
 * Saves what can be read of stores that were put aside (R25): the outbox first, then keys, drafts
 * and lists. An item of the outbox that is known by its id alone is listed as damaged. The store
 * that was put aside is left as it is, for whoever can do more.
 */
import { createHash } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { DAMAGED } from '../../src-shared/vault.ts';
import { removeWorking, withFirstPage } from './first-page.ts';
import { STORE_FILE, putAsideIn } from './put-aside.ts';

const IS_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NEVER = '9999-12-31T23:59:59.999Z';

type Row = Record<string, unknown>;

/** People before what refers to them; the outbox, which refers to people loosely, first of all. */
const TABLES = ['outbox', 'person', 'computer_key', 'draft', 'list', 'fact'] as const;
/** Those that an older store need not have. */
const LATER_TABLES = ['draft_ledger', 'draft_aside'] as const;

/** How long everybody who comes to this computer is told that its store was damaged. */
const TOLD_DAYS = 14;
const DAY_MS = 24 * 60 * 60_000;

/** Salvages from every store that was not salvaged from yet; says how many. */
export function salvageAll(sqlite: SQLite.Database, folder: string, now: Date): number {
  const noted = sqlite.prepare<[string]>('SELECT 1 FROM fact WHERE name = ?');
  const fresh = putAsideIn(folder).filter((name) => noted.get(`salvaged ${name}`) === undefined);
  if (fresh.length === 0) return 0;
  sqlite.pragma('foreign_keys = OFF');
  try {
    for (const name of fresh) {
      sqlite.transaction(() => {
        salvage(sqlite, { file: join(folder, STORE_FILE), aside: join(folder, name), now });
        sqlite
          .prepare('INSERT OR IGNORE INTO fact (name, value) VALUES (?, ?)')
          .run(`salvaged ${name}`, now.toISOString());
      })();
      chmodSync(join(folder, name), 0o400);
    }
  } finally {
    sqlite.pragma('foreign_keys = ON');
  }
  return fresh.length;
}

/** Whether a store was salvaged from lately; also by a clock that was put back since. */
export function wasSalvagedLately(sqlite: SQLite.Database, now: Date): boolean {
  return sqlite
    .prepare<[], string>("SELECT value FROM fact WHERE name LIKE 'salvaged %'")
    .pluck()
    .all()
    .some((at) => now.getTime() - Date.parse(at) < TOLD_DAYS * DAY_MS);
}

/** The name of the fact that a person's keys were lost, until they have begun anew. */
export const lostKeysOf = (staffId: string): string => `keys lost ${staffId}`;

interface Salvaging {
  readonly file: string;
  readonly aside: string;
  readonly now: Date;
}

function salvage(sqlite: SQLite.Database, { file, aside, now }: Salvaging): void {
  if (!readInto(sqlite, aside, now)) {
    const working = withFirstPage(file, aside);
    try {
      if (working !== null) readInto(sqlite, working, now);
    } finally {
      if (working !== null) removeWorking(working);
    }
  }
  sqlite.exec(`
    DELETE FROM draft WHERE person NOT IN (SELECT key FROM person);
    DELETE FROM draft_ledger WHERE person NOT IN (SELECT key FROM person);
    DELETE FROM draft_aside WHERE person NOT IN (SELECT key FROM person);
    DELETE FROM list WHERE person NOT IN (SELECT key FROM person);
    UPDATE outbox SET person = NULL, own_copy = NULL, own_about = NULL
      WHERE person NOT IN (SELECT key FROM person);
  `);
  markDamaged(sqlite);
}

/** False where not even the names of the tables can be read. */
function readInto(sqlite: SQLite.Database, from: string, now: Date): boolean {
  const damaged = tryRead(() => new SQLite(from, { readonly: true, fileMustExist: true }));
  if (damaged === undefined) return false;
  try {
    const names = tryRead(() =>
      damaged.prepare<[], string>('SELECT name FROM sqlite_schema').pluck().all(),
    );
    if (!TABLES.every((table) => names?.includes(table))) return false;
    const later = LATER_TABLES.filter((table) => names?.includes(table));
    for (const table of [...TABLES, ...later]) {
      for (const row of readableRows(damaged, table)) insert(sqlite, table, row);
    }
    listLost(sqlite, damaged);
    listLostKeys(sqlite, damaged, now);
    return true;
  } finally {
    damaged.close();
  }
}

/** Row by row: a page that cannot be read costs the rows on it, not those after it. */
function* readableRows(damaged: SQLite.Database, table: string): Generator<Row> {
  const numbers = new Set<number>();
  let largest = 0;
  for (const direction of ['ASC', 'DESC']) {
    tryRead(() => {
      const query = `SELECT rowid AS number FROM ${table} NOT INDEXED ORDER BY rowid ${direction}`;
      for (const row of damaged.prepare<[], { number: number }>(query).iterate()) {
        numbers.add(row.number);
        largest = Math.max(largest, row.number);
      }
    });
  }
  tryRead(() => {
    const row = damaged
      .prepare<[string], { seq: number }>('SELECT seq FROM sqlite_sequence WHERE name = ?')
      .get(table);
    largest = Math.max(largest, row?.seq ?? 0);
  });
  // The numbers between, where both walks stopped at a page that cannot be read.
  for (let number = 1; number <= Math.min(largest, 100_000); number += 1) numbers.add(number);
  const read = tryRead(() =>
    damaged.prepare<[number], Row>(`SELECT * FROM ${table} NOT INDEXED WHERE rowid = ?`),
  );
  if (read === undefined) return;
  for (const number of numbers) {
    const row = tryRead(() => read.get(number));
    if (row !== undefined) yield row;
  }
}

/** Only the columns that this version knows: the store that was put aside may be a newer one's. */
function insert(sqlite: SQLite.Database, table: string, row: Row): void {
  const known = sqlite
    .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
    .all(table)
    .map((column) => column.name)
    .filter((name) => name in row);
  const marks = known.map(() => '?').join(', ');
  try {
    sqlite
      .prepare(`INSERT OR IGNORE INTO ${table} (${known.join(', ')}) VALUES (${marks})`)
      .run(known.map((name) => row[name]));
  } catch (error) {
    // A row with a value that its column does not take was damaged: listLost names it.
    if (!/^SQLITE_(CONSTRAINT|MISMATCH)/.test(String((error as { code?: unknown }).code))) {
      throw error;
    }
  }
}

/**
 * The index by id is another page than the row: what only it knows is listed as damaged. It may have
 * been delivered long ago: the school is asked (outbox/damage.ts).
 */
function listLost(sqlite: SQLite.Database, damaged: SQLite.Database): void {
  const ids = new Set<string>();
  for (const direction of ['ASC', 'DESC']) {
    tryRead(() => {
      const query = `SELECT id FROM outbox INDEXED BY sqlite_autoindex_outbox_1 ORDER BY id ${direction}`;
      for (const row of damaged.prepare<[], { id: string }>(query).iterate()) ids.add(row.id);
    });
  }
  const list = sqlite.prepare(`
    INSERT OR IGNORE INTO outbox (id, kind, is_urgent, state, sealed, sealing_key_id, sha256,
      queued_at, next_try_at, tries, problem, handed_out)
    VALUES (?, 'submission', 0, 'waiting', NULL, '', '', ?, ?, 0, ?, 1)`);
  for (const id of ids) if (IS_ID.test(id)) list.run(id, new Date(0).toISOString(), NEVER, DAMAGED);
}

/** By the same means the people whose newest keys are lost, and with them what was under these. */
function listLostKeys(sqlite: SQLite.Database, damaged: SQLite.Database, now: Date): void {
  const newest = sqlite
    .prepare<[string], number | null>('SELECT MAX(generation) FROM person WHERE staff_id = ?')
    .pluck();
  const note = sqlite.prepare('INSERT OR IGNORE INTO fact (name, value) VALUES (?, ?)');
  for (const direction of ['ASC', 'DESC']) {
    tryRead(() => {
      const query = `SELECT staff_id, generation FROM person
        INDEXED BY sqlite_autoindex_person_1 ORDER BY staff_id ${direction}`;
      const rows = damaged.prepare<[], { staff_id: string; generation: number }>(query);
      for (const { staff_id: staffId, generation } of rows.iterate()) {
        if (!IS_ID.test(staffId) || generation <= (newest.get(staffId) ?? 0)) continue;
        note.run(lostKeysOf(staffId), now.toISOString());
      }
    });
  }
}

/** A page of sealed bytes can be wrong without SQLite noticing: their hash tells. */
function markDamaged(sqlite: SQLite.Database): void {
  const mark = sqlite.prepare('UPDATE outbox SET problem = ?, next_try_at = ? WHERE number = ?');
  const rows = sqlite
    .prepare<[], { number: number; sealed: Buffer; sha256: string }>(
      "SELECT number, sealed, sha256 FROM outbox WHERE state = 'waiting' AND sealed IS NOT NULL",
    )
    .all();
  for (const row of rows) {
    const sha256 = createHash('sha256').update(row.sealed).digest('hex');
    if (sha256 !== row.sha256) mark.run(DAMAGED, NEVER, row.number);
  }
}

function tryRead<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof SQLite.SqliteError) return undefined;
    throw error;
  }
}
