/** Inserts many rows into the server's tables, typed by the server's own schema. */
import type { Database, Statement } from 'better-sqlite3';
import type { Insertable } from 'kysely';
import type { Schema } from '../../server/db/schema.ts';

/** Inserts one row; begin a transaction around many. */
export type Put = <T extends keyof Schema>(table: T, row: Insertable<Schema[T]>) => void;

/** A function that inserts a row into any table, with one prepared statement for each. */
export function inserter(sqlite: Database): Put {
  const statements = new Map<string, Statement>();
  return (table, row) => {
    const columns = Object.keys(row);
    const statement =
      statements.get(table) ??
      sqlite.prepare(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`,
      );
    statements.set(table, statement);
    statement.run(row);
  };
}
