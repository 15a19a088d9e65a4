/** Moves a database forward: one numbered SQL file each, each in a transaction of its own. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type SQLite from 'better-sqlite3';

const FOLDER = join(import.meta.dirname, 'migrations');

/**
 * Runs the migrations that `sqlite` has not had yet, in the order of their numbers, and returns
 * their names. Refuses a database that a newer program has written, and leaves it as it is.
 */
export function migrate(sqlite: SQLite.Database, folder = FOLDER): string[] {
  sqlite.exec(
    'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, done_at TEXT NOT NULL) STRICT',
  );
  const done = new Set(
    sqlite
      .prepare<[], { name: string }>('SELECT name FROM migration')
      .all()
      .map((row) => row.name),
  );
  const known = readdirSync(folder)
    .filter((name) => /^\d{4}-[a-z-]+\.sql$/.test(name))
    .toSorted();
  const unknown = [...done].filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `This database was written by a newer Meadowlark (it has ${unknown.join(', ')}). ` +
        'Nothing was changed. Install that version again, or restore a backup made before it.',
    );
  }
  const fresh = known.filter((name) => !done.has(name));
  for (const name of fresh) {
    const text = readFileSync(join(folder, name), 'utf8');
    sqlite.transaction(() => {
      sqlite.exec(text);
      sqlite
        .prepare('INSERT INTO migration (name, done_at) VALUES (?, ?)')
        .run(name, new Date().toISOString());
    })();
  }
  return fresh;
}
