/** Looks at a store before anything writes to it. */
import { existsSync, statSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { isDamage } from '../failure.ts';
import { MIGRATIONS, schemaVersion } from './migrate.ts';

/** A check reads every page; beyond this size opening would take seconds, and what is read is checked then. */
const CHECKED_UP_TO_BYTES = 128 * 1024 * 1024;

/**
 * `sound` also where there is no store yet. Read only, so that a damaged store and its log are
 * put aside exactly as they were found. Throws where the disk refuses.
 */
export function inspect(file: string, heldFileMs: number): 'sound' | 'damaged' | 'newer' {
  if (!existsSync(file)) return existsSync(`${file}-wal`) ? 'damaged' : 'sound';
  const { size } = statSync(file);
  if (size === 0) return 'sound';
  let sqlite: SQLite.Database | null = null;
  try {
    sqlite = new SQLite(file, { readonly: true, fileMustExist: true, timeout: heldFileMs });
    if (schemaVersion(sqlite) > MIGRATIONS.length) return 'newer';
    if (size > CHECKED_UP_TO_BYTES) return 'sound';
    return sqlite.pragma('quick_check(1)', { simple: true }) === 'ok' ? 'sound' : 'damaged';
  } catch (error) {
    if (isDamage(error)) return 'damaged';
    throw error;
  } finally {
    sqlite?.close();
  }
}
