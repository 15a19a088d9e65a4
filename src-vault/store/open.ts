/** Opens the store, the same way every time, and writes to it so that an answer means durable. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { isDiskFull, isDiskFailure } from '../failure.ts';
import { inspect } from './inspect.ts';
import { migrate } from './migrate.ts';
import { isOnNetworkShare } from './network-share.ts';
import { keepFirstPage } from './first-page.ts';
import { STORE_FILE, putAside } from './put-aside.ts';
import { reserveIn, type Reserve } from './reserve.ts';
import { salvageAll, wasSalvagedLately } from './salvage.ts';

export type Database = SQLite.Database;

export interface Store {
  readonly sqlite: Database;
  /**
   * `recovered`: what was there was damaged, or newer; it was put aside and salvaged from, now or
   * within the last 14 days.
   */
  readonly state: 'ok' | 'recovered';
  /**
   * Runs `work` in one transaction and returns after its commit is on the disk. `matters`: gives
   * up the reserve where the disk is full. Throws what SQLite throws; then nothing was written.
   */
  readonly write: <T>(work: () => T, how?: 'matters') => T;
  /** After a deletion: no old page of it is left in the store or its log (R23). */
  readonly wipe: () => void;
  readonly close: () => void;
}

export interface StoreParts {
  readonly folder: string;
  readonly now: () => Date;
  readonly reserveBytes: number;
  /** How long a file that another program holds is waited for; a virus scanner on Windows (R80). */
  readonly heldFileMs: number;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

const TRY_AGAIN_MS = 100;

/** Throws a disk failure where the folder refuses; a damaged store is put aside, never deleted. */
export async function openStore(parts: StoreParts): Promise<Store> {
  for (let waited = 0; ; waited += TRY_AGAIN_MS) {
    try {
      return openOnce(parts);
    } catch (error) {
      if (waited >= parts.heldFileMs || !isDiskFailure(error) || isDiskFull(error)) throw error;
      await parts.wait(TRY_AGAIN_MS);
    }
  }
}

function openOnce({ folder, now, reserveBytes, heldFileMs }: StoreParts): Store {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, STORE_FILE);
  const reserve = reserveIn(folder, reserveBytes);
  if (inspect(file, heldFileMs) !== 'sound') putAside(file, now());
  const journal = isOnNetworkShare(folder) ? 'delete' : 'wal';
  const sqlite = makeReady({ file, journal, reserve, heldFileMs });
  let salvaged: number;
  try {
    salvaged = salvageAll(sqlite, folder, now());
    if (salvaged > 0) sqlite.pragma('wal_checkpoint(TRUNCATE)');
    keepFirstPageIfPossible(file);
  } catch (error) {
    sqlite.close();
    throw error;
  }
  reserve.keep();
  return {
    sqlite,
    state: wasSalvagedLately(sqlite, now()) ? 'recovered' : 'ok',
    write: (work, how) => write(sqlite, work, how === 'matters' ? reserve : null),
    wipe() {
      try {
        sqlite.pragma('wal_checkpoint(TRUNCATE)');
        reserve.keep();
      } catch (error) {
        // On a full or refusing disk the next wipe, or the next start, does it.
        if (!isDiskFailure(error)) throw error;
      }
    },
    close: () => sqlite.close(),
  };
}

/** A precaution: a disk without room for 4 KiB must not keep the outbox from being carried. */
function keepFirstPageIfPossible(file: string): void {
  try {
    keepFirstPage(file);
  } catch (error) {
    if (!isDiskFailure(error)) throw error;
  }
}

/**
 * Everything that a committed draft relies on is set and read back: better-sqlite3 reopens at
 * NORMAL (R77), and SQLite keeps deleted text by default (R23). On a network share there is no
 * shared memory for a WAL: the older journal is used, flushed as strictly (R80).
 */
function makeReady(parts: {
  readonly file: string;
  readonly journal: 'wal' | 'delete';
  readonly reserve: Reserve;
  readonly heldFileMs: number;
}): Database {
  const { file, journal, reserve } = parts;
  const open = (): Database => {
    // SQLite would make it readable to others, and gives its log the same rights.
    closeSync(openSync(file, 'a', 0o600));
    const sqlite = new SQLite(file, { timeout: parts.heldFileMs });
    try {
      setAndAssert(sqlite, 'journal_mode', journal, journal);
      setAndAssert(
        sqlite,
        'synchronous',
        journal === 'wal' ? 'FULL' : 'EXTRA',
        journal === 'wal' ? 2 : 3,
      );
      setAndAssert(sqlite, 'secure_delete', 'ON', 1);
      setAndAssert(sqlite, 'fullfsync', 'ON', 1);
      setAndAssert(sqlite, 'checkpoint_fullfsync', 'ON', 1);
      // Temporary tables and sorts would lie in the system's temp folder.
      setAndAssert(sqlite, 'temp_store', 'MEMORY', 2);
      migrate(sqlite);
      setAndAssert(sqlite, 'foreign_keys', 'ON', 1);
      sqlite.pragma('wal_checkpoint(TRUNCATE)');
      return sqlite;
    } catch (error) {
      sqlite.close();
      throw error;
    }
  };
  try {
    return open();
  } catch (error) {
    // What waits in the outbox has to be carried even from a disk that is full.
    if (isDiskFull(error) && reserve.giveUp()) return open();
    throw error;
  }
}

function setAndAssert(
  sqlite: Database,
  pragma: string,
  value: string,
  expected: string | number,
): void {
  sqlite.pragma(`${pragma} = ${value}`);
  const actual = sqlite.pragma(pragma, { simple: true });
  if (actual !== expected) throw new Error(`The store does not keep ${pragma}=${value}.`);
}

function write<T>(sqlite: Database, work: () => T, reserve: Reserve | null): T {
  const transaction = sqlite.transaction(work);
  try {
    return transaction.immediate();
  } catch (error) {
    if (reserve !== null && isDiskFull(error) && reserve.giveUp()) return transaction.immediate();
    throw error;
  }
}
