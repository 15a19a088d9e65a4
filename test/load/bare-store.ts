/** The least that keeping bytes on the disk can be: one table, one commit each, flushed. */
import SQLite from 'better-sqlite3';

export interface BareStore {
  /** Commits the bytes as a new row; answers with its number. */
  add(bytes: Uint8Array): number;
  /** Commits the bytes in the place of the first row. */
  replace(bytes: Uint8Array): void;
  close(): void;
}

/** In `file`, with the journal and the flushing that both of the program's stores have. */
export function bareStore(file: string): BareStore {
  const sqlite = new SQLite(file);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.exec('CREATE TABLE kept (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT');
  const add = sqlite.prepare('INSERT INTO kept (bytes) VALUES (?)');
  const replace = sqlite.prepare('INSERT OR REPLACE INTO kept (number, bytes) VALUES (1, ?)');
  return {
    add: (bytes) => Number(add.run(bytes).lastInsertRowid),
    replace: (bytes) => void replace.run(bytes),
    close: () => void sqlite.close(),
  };
}
