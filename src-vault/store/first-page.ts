/**
 * The first page of a store says where all its tables begin: one wrong byte in it, and nothing
 * can be read. A copy of it lies beside the store, so that even then the rest can be (R25). It
 * holds the schema and no row.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';

/** SQLite's default; a store of another page size has no copy kept, and is read as it is. */
const PAGE_BYTES = 4096;
/** In the header: how many pages there are; then, 4 bytes each, the first free page and their number. */
const PAGES_AT = 28;
const FREE_PAGES = { at: 32, bytes: 8 };

const copyOf = (file: string): string => `${file}-first-page`;

/** After the migrations, with the log folded in; written only where it differs. */
export function keepFirstPage(file: string): void {
  const page = Buffer.alloc(PAGE_BYTES);
  const store = openSync(file, 'r');
  try {
    if (readSync(store, page, 0, PAGE_BYTES, 0) < PAGE_BYTES) return;
  } finally {
    closeSync(store);
  }
  // Its counters change with every commit; where the tables begin only with a migration.
  const copy = copyOf(file);
  if (existsSync(copy) && readFileSync(copy).subarray(100).equals(page.subarray(100))) return;
  const descriptor = openSync(`${copy}.new`, 'w', 0o600);
  try {
    writeSync(descriptor, page);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(`${copy}.new`, copy);
}

/** A working copy of a store that was put aside, with the kept first page; null where there is none. */
export function withFirstPage(file: string, aside: string): string | null {
  const kept = copyOf(file);
  if (!existsSync(kept) || !existsSync(aside) || statSync(aside).size < 2 * PAGE_BYTES) return null;
  const working = `${aside}.working`;
  copyFileSync(aside, working);
  if (existsSync(`${aside}-wal`)) copyFileSync(`${aside}-wal`, `${working}-wal`);
  const page = readFileSync(kept);
  page.writeUInt32BE(Math.floor(statSync(aside).size / PAGE_BYTES), PAGES_AT);
  page.fill(0, FREE_PAGES.at, FREE_PAGES.at + FREE_PAGES.bytes);
  const descriptor = openSync(working, 'r+');
  try {
    writeSync(descriptor, page, 0, PAGE_BYTES, 0);
  } finally {
    closeSync(descriptor);
  }
  return working;
}

export function removeWorking(working: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(working + end, { force: true });
}
