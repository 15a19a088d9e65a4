/** SQL of drafts. Every query names the person: nothing of others is listed or counted. */
import type { Database } from '../store/open.ts';
import { prepared } from '../store/prepared.ts';

export interface StoredDraft {
  readonly person: number;
  readonly id: string;
  readonly revision: number;
  readonly content: Uint8Array;
  readonly changed_at: string;
  readonly discarded_ms: number | null;
}

export function draftOf(sqlite: Database, person: number, id: string): StoredDraft | undefined {
  return prepared<[number, string], StoredDraft>(
    sqlite,
    'SELECT * FROM draft WHERE person = ? AND id = ?',
  ).get(person, id);
}

/** Newest first, also the discarded ones. */
export function allDraftsOf(sqlite: Database, person: number): StoredDraft[] {
  return prepared<[number], StoredDraft>(
    sqlite,
    'SELECT * FROM draft WHERE person = ? ORDER BY changed_at DESC, id',
  ).all(person);
}

export function insertDraft(sqlite: Database, draft: StoredDraft): void {
  prepared(
    sqlite,
    `INSERT INTO draft (person, id, revision, content, changed_at, discarded_ms)
       VALUES (@person, @id, @revision, @content, @changed_at, @discarded_ms)`,
  ).run(draft);
}

export function replaceDraft(sqlite: Database, draft: StoredDraft): void {
  prepared(
    sqlite,
    `UPDATE draft SET revision = @revision, content = @content, changed_at = @changed_at,
         discarded_ms = @discarded_ms WHERE person = @person AND id = @id`,
  ).run(draft);
}

export function deleteDraft(sqlite: Database, person: number, id: string): number {
  return prepared(sqlite, 'DELETE FROM draft WHERE person = ? AND id = ?').run(person, id).changes;
}

/** The discarded drafts of everybody, by when; for removing them only. */
export function discardedDrafts(
  sqlite: Database,
): { readonly person: number; readonly id: string; readonly discarded_ms: number }[] {
  return prepared<[], { person: number; id: string; discarded_ms: number }>(
    sqlite,
    'SELECT person, id, discarded_ms FROM draft WHERE discarded_ms IS NOT NULL',
  ).all();
}

export interface LedgerRow {
  readonly person: number;
  readonly number: number;
  readonly content: Uint8Array;
}

export function ledgerRow(sqlite: Database, person: number): LedgerRow | undefined {
  return prepared<[number], LedgerRow>(sqlite, 'SELECT * FROM draft_ledger WHERE person = ?').get(
    person,
  );
}

export function putLedgerRow(sqlite: Database, row: LedgerRow): void {
  prepared(
    sqlite,
    `INSERT INTO draft_ledger (person, number, content) VALUES (@person, @number, @content)
       ON CONFLICT (person) DO UPDATE SET number = @number, content = @content`,
  ).run(row);
}

/** A row that did not open, as it was found. */
export interface AsideRow extends Omit<StoredDraft, 'discarded_ms'> {
  readonly key: number;
}

export function asideOf(sqlite: Database, person: number): AsideRow[] {
  return prepared<[number], AsideRow>(
    sqlite,
    'SELECT key, person, id, revision, content, changed_at FROM draft_aside WHERE person = ?',
  ).all(person);
}

export function putRowAside(sqlite: Database, row: StoredDraft, at: string): void {
  prepared(
    sqlite,
    `INSERT INTO draft_aside (person, id, revision, content, changed_at, put_aside_at)
       SELECT person, id, revision, content, changed_at, ? FROM draft WHERE person = ? AND id = ?`,
  ).run(at, row.person, row.id);
  deleteDraft(sqlite, row.person, row.id);
}

export function deleteAside(sqlite: Database, key: number): void {
  prepared(sqlite, 'DELETE FROM draft_aside WHERE key = ?').run(key);
}
