/** Opens the school's SQLite database, the same way every time. */
import SQLite from 'better-sqlite3';
import {
  Kysely,
  SqliteDialect,
  type SqliteDatabase,
  type Transaction as KyselyTransaction,
} from 'kysely';
import type { Schema } from './schema.ts';

export type Db = Kysely<Schema>;
/** What the code of a transaction receives; it awaits nothing but queries. */
export type Transaction = KyselyTransaction<Schema>;

/**
 * Opens (and makes, where there is none) the database at `file`. WAL, foreign keys and
 * `synchronous=FULL` are set and read back: better-sqlite3 reopens at NORMAL, and what was
 * acknowledged must survive a power cut (R77). Throws where the file does not allow them.
 */
export function openDatabase(file: string): { db: Db; sqlite: SQLite.Database } {
  const sqlite = new SQLite(file);
  try {
    setAndAssert(sqlite, 'journal_mode', 'WAL', 'wal');
    setAndAssert(sqlite, 'synchronous', 'FULL', 2);
    setAndAssert(sqlite, 'foreign_keys', 'ON', 1);
    setAndAssert(sqlite, 'busy_timeout', '5000', 5000);
  } catch (error) {
    sqlite.close();
    throw error;
  }
  return {
    db: new Kysely<Schema>({ dialect: new SqliteDialect({ database: keepingStatements(sqlite) }) }),
    sqlite,
  };
}

/** Statements kept prepared; the server has some two hundred, lists of ids make variants of them. */
const STATEMENTS_KEPT = 500;
/**
 * Characters of a statement that is worth keeping. Longer ones carry long lists: hardly one comes
 * again with as many items, and prepared they take up to a megabyte each (R54).
 */
const LONGEST_KEPT = 4_000;

/**
 * The database as Kysely uses it, with each statement prepared once: preparing costs more than
 * running most of them. SQLite prepares a kept one anew by itself when the tables change. The one
 * used longest ago goes first.
 */
function keepingStatements(sqlite: SQLite.Database): SqliteDatabase {
  const kept = new Map<string, SQLite.Statement>();
  return {
    prepare: (asked) => {
      // A transaction that reads first and then writes would be refused at once, not wait, where
      // another process (a command beside the server) has written meanwhile.
      const text = asked === 'begin' ? 'begin immediate' : asked;
      if (text.length > LONGEST_KEPT) return sqlite.prepare(text);
      const statement = kept.get(text) ?? sqlite.prepare(text);
      kept.delete(text);
      kept.set(text, statement);
      if (kept.size > STATEMENTS_KEPT) {
        for (const oldest of kept.keys()) {
          kept.delete(oldest);
          break;
        }
      }
      return statement;
    },
    close: () => sqlite.close(),
  };
}

function setAndAssert(
  sqlite: SQLite.Database,
  pragma: string,
  value: string,
  expected: string | number,
): void {
  sqlite.pragma(`${pragma} = ${value}`);
  const actual = sqlite.pragma(pragma, { simple: true });
  if (actual !== expected) {
    throw new Error(`The database does not keep ${pragma}=${value} (it says ${String(actual)}).`);
  }
}
