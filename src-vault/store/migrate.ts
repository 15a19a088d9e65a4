/**
 * Moves the store forward. Its migrations are modules of SQL text, not files: the vault is built
 * into one file, and nothing beside it may decide what is run.
 */
import type SQLite from 'better-sqlite3';
import * as firstStore from './migrations/0001-first-store.ts';
import * as draftLedger from './migrations/0002-draft-ledger.ts';
import * as finishedItems from './migrations/0003-finished-items.ts';

/** In the order in which they are run; a migration that has shipped is never changed. */
export const MIGRATIONS: readonly { readonly name: string; readonly sql: string }[] = [
  firstStore,
  draftLedger,
  finishedItems,
];

/** `user_version` counts the migrations that were run; each is run in a transaction of its own. */
export function migrate(sqlite: SQLite.Database, migrations = MIGRATIONS): void {
  const done = schemaVersion(sqlite);
  for (const [index, migration] of migrations.entries()) {
    if (index < done) continue;
    sqlite.transaction(() => {
      sqlite.exec(migration.sql);
      sqlite.pragma(`user_version = ${index + 1}`);
    })();
  }
}

export function schemaVersion(sqlite: SQLite.Database): number {
  return Number(sqlite.pragma('user_version', { simple: true }));
}
