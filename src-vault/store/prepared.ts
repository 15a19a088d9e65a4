/** Statements that are asked for again and again: compiling one costs more than running it. */
import type SQLite from 'better-sqlite3';
import type { Database } from './open.ts';

const kept = new WeakMap<Database, Map<string, unknown>>();

/** The statement of this text on this store, compiled once; SQLite compiles it anew where the tables have changed. */
export function prepared<Bound extends unknown[], Row = unknown>(
  sqlite: Database,
  text: string,
): SQLite.Statement<Bound, Row> {
  const statements = kept.get(sqlite) ?? new Map<string, unknown>();
  kept.set(sqlite, statements);
  const known = statements.get(text) as SQLite.Statement<Bound, Row> | undefined;
  if (known !== undefined) return known;
  const made = sqlite.prepare<Bound, Row>(text);
  statements.set(text, made);
  return made;
}
