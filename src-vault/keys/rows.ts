/** SQL of people's wrapped keys and of the computer's own. */
import type { Database } from '../store/open.ts';

export interface PersonRow {
  readonly key: number;
  readonly staff_id: string;
  readonly computer_id: string;
  readonly generation: number;
  readonly version: number;
  readonly email_hash: Uint8Array;
  readonly secret_id: Uint8Array;
  readonly salt: Uint8Array;
  readonly memory_kib: number;
  readonly passes: number;
  readonly lanes: number;
  readonly wrapped_draft_key: Uint8Array;
  readonly draft_key_id: Uint8Array;
  readonly wrapped_signing_key: Uint8Array;
  readonly signing_key: string;
  readonly certificate: string | null;
  readonly escrow: Uint8Array | null;
  readonly escrow_key_id: string | null;
  readonly profile: Uint8Array | null;
  readonly last_contact_ms: number | null;
  readonly highest_ms: number;
  readonly failed_tries: number;
  readonly blocked_until_ms: number;
}

const COLUMNS = [
  'staff_id',
  'computer_id',
  'generation',
  'version',
  'email_hash',
  'secret_id',
  'salt',
  'memory_kib',
  'passes',
  'lanes',
  'wrapped_draft_key',
  'draft_key_id',
  'wrapped_signing_key',
  'signing_key',
  'certificate',
  'escrow',
  'escrow_key_id',
  'profile',
  'last_contact_ms',
  'highest_ms',
  'failed_tries',
  'blocked_until_ms',
] as const satisfies (keyof PersonRow)[];

export function insertPerson(sqlite: Database, row: Omit<PersonRow, 'key'>): number {
  const marks = COLUMNS.map((name) => `@${name}`).join(', ');
  const { lastInsertRowid } = sqlite
    .prepare(`INSERT INTO person (${COLUMNS.join(', ')}) VALUES (${marks})`)
    .run(row);
  return Number(lastInsertRowid);
}

export function updatePerson(
  sqlite: Database,
  key: number,
  changes: Partial<Omit<PersonRow, 'key'>>,
): void {
  const names = COLUMNS.filter((name) => name in changes);
  const sets = names.map((name) => `${name} = @${name}`).join(', ');
  sqlite.prepare(`UPDATE person SET ${sets} WHERE key = @key`).run({ ...changes, key });
}

export function personByKey(sqlite: Database, key: number): PersonRow | undefined {
  return sqlite.prepare<[number], PersonRow>('SELECT * FROM person WHERE key = ?').get(key);
}

/** Newest generation first. */
export function generationsOf(sqlite: Database, staffId: string): PersonRow[] {
  return sqlite
    .prepare<[string], PersonRow>(
      'SELECT * FROM person WHERE staff_id = ? ORDER BY generation DESC',
    )
    .all(staffId);
}

export function personByEmail(sqlite: Database, hash: Uint8Array): PersonRow | undefined {
  return sqlite
    .prepare<[Uint8Array], PersonRow>(
      'SELECT * FROM person WHERE email_hash = ? ORDER BY generation DESC LIMIT 1',
    )
    .get(hash);
}

export function staffIdsHere(sqlite: Database): string[] {
  return sqlite
    .prepare<[], { staff_id: string }>('SELECT DISTINCT staff_id FROM person ORDER BY staff_id')
    .all()
    .map((row) => row.staff_id);
}

/** Drafts and lists go with the keys; items of the outbox stay, sealed as they are. */
export function deletePerson(sqlite: Database, staffId: string): void {
  sqlite
    .prepare(
      `UPDATE outbox SET own_copy = NULL, own_about = NULL
       WHERE person IN (SELECT key FROM person WHERE staff_id = ?)`,
    )
    .run(staffId);
  sqlite.prepare('DELETE FROM person WHERE staff_id = ?').run(staffId);
}

export function deleteGeneration(sqlite: Database, key: number): void {
  sqlite.prepare('DELETE FROM person WHERE key = ?').run(key);
}

/** Moves everybody's highest time forward, by the clock or by what has passed since, whichever is more. */
export function raiseHighest(sqlite: Database, passedMs: number, nowMs: number): void {
  sqlite.prepare('UPDATE person SET highest_ms = MAX(highest_ms + ?, ?)').run(passedMs, nowMs);
}

/** Whether any record is still wrapped with this device secret. */
export function isSecretInUse(sqlite: Database, secretId: Uint8Array): boolean {
  const found = sqlite
    .prepare<[Uint8Array, Uint8Array]>(
      'SELECT 1 FROM person WHERE secret_id = ? UNION ALL SELECT 1 FROM computer_key WHERE secret_id = ?',
    )
    .get(secretId, secretId);
  return found !== undefined;
}

const KEYCHAIN_ACCOUNT = 'keychain account';

/** Under which name the keychain keeps the device secret that this store is wrapped with. */
export function keychainAccount(sqlite: Database): string | null {
  const row = sqlite
    .prepare<[string], { value: string }>('SELECT value FROM fact WHERE name = ?')
    .get(KEYCHAIN_ACCOUNT);
  return row?.value ?? null;
}

export function putKeychainAccount(sqlite: Database, account: string): void {
  sqlite
    .prepare(
      'INSERT INTO fact (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    )
    .run(KEYCHAIN_ACCOUNT, account);
}

export interface ComputerKeyRow {
  readonly key: number;
  readonly computer_id: string;
  readonly secret_id: Uint8Array;
  readonly wrapped: Uint8Array;
}

/** Oldest first. */
export function computerKeys(sqlite: Database): ComputerKeyRow[] {
  return sqlite
    .prepare<[], ComputerKeyRow>(
      'SELECT key, computer_id, secret_id, wrapped FROM computer_key ORDER BY key',
    )
    .all();
}

export function deleteComputerKey(
  sqlite: Database,
  computerId: string,
  secretId: Uint8Array,
): void {
  sqlite
    .prepare('DELETE FROM computer_key WHERE computer_id = ? AND secret_id = ?')
    .run(computerId, secretId);
}

export function insertComputerKey(
  sqlite: Database,
  row: { computer_id: string; secret_id: Uint8Array; wrapped: Uint8Array },
): void {
  // One that this very secret no longer opens is damaged, and no use to anybody.
  deleteComputerKey(sqlite, row.computer_id, row.secret_id);
  sqlite
    .prepare(
      'INSERT INTO computer_key (computer_id, secret_id, wrapped) VALUES (@computer_id, @secret_id, @wrapped)',
    )
    .run(row);
}

export function rewrapComputerKey(
  sqlite: Database,
  row: { key: number; secret_id: Uint8Array; wrapped: Uint8Array },
): void {
  sqlite
    .prepare('UPDATE computer_key SET secret_id = @secret_id, wrapped = @wrapped WHERE key = @key')
    .run(row);
}
