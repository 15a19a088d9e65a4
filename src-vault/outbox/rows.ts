/** SQL of the outbox: what waits to be carried, and what was delivered and is still kept. */
import { DAMAGED_TOLD } from '../../src-shared/vault.ts';
import type { Database } from '../store/open.ts';
import { prepared } from '../store/prepared.ts';

/** The problem of a damaged item that somebody here has read about; its author may still come. */
export const DAMAGE_READ = 'damaged-read';
/** And of one that the school had before it was damaged here: nothing of it is lost. */
export const DAMAGE_ARRIVED = 'damaged-arrived';

export interface OutboxRow {
  readonly number: number;
  readonly id: string;
  readonly kind: 'submission' | 'concern';
  readonly is_urgent: number;
  readonly state: 'waiting' | 'delivered' | 'differs';
  readonly sealed: Uint8Array | null;
  readonly sealing_key_id: string;
  readonly sha256: string;
  readonly queued_at: string;
  readonly next_try_at: string;
  readonly tries: number;
  readonly problem: string | null;
  readonly handed_out: number;
  readonly written_as: string | null;
  readonly person: number | null;
  readonly own_about: Uint8Array | null;
  readonly own_copy: Uint8Array | null;
  readonly receipt: string | null;
  readonly received_at: string | null;
  readonly is_finished: number;
}

export type NewItem = Pick<
  OutboxRow,
  | 'id'
  | 'kind'
  | 'is_urgent'
  | 'sealed'
  | 'sealing_key_id'
  | 'sha256'
  | 'queued_at'
  | 'next_try_at'
  | 'written_as'
  | 'person'
  | 'own_about'
  | 'own_copy'
  | 'is_finished'
>;

export function itemById(sqlite: Database, id: string): OutboxRow | undefined {
  return prepared<[string], OutboxRow>(sqlite, 'SELECT * FROM outbox WHERE id = ?').get(id);
}

export function isQueued(sqlite: Database, id: string): boolean {
  return sqlite.prepare<[string]>('SELECT 1 FROM outbox WHERE id = ?').get(id) !== undefined;
}

export function allIds(sqlite: Database): Pick<OutboxRow, 'id' | 'written_as'>[] {
  return sqlite
    .prepare<[], Pick<OutboxRow, 'id' | 'written_as'>>('SELECT id, written_as FROM outbox')
    .all();
}

export function renameItem(sqlite: Database, from: string, to: string): void {
  sqlite.prepare('UPDATE outbox SET id = ? WHERE id = ?').run(to, from);
}

/** Whether this person submitted a form of this id: of others' items nothing is told. */
export function wasSubmittedBy(sqlite: Database, person: number, id: string): boolean {
  return itemsWrittenAs(sqlite, id).some((row) => row.person === person);
}

export function insertItem(sqlite: Database, item: NewItem): void {
  prepared(
    sqlite,
    `INSERT INTO outbox (id, kind, is_urgent, state, sealed, sealing_key_id, sha256, queued_at,
         next_try_at, tries, problem, handed_out, written_as, person, own_about, own_copy,
         is_finished)
       VALUES (@id, @kind, @is_urgent, 'waiting', @sealed, @sealing_key_id, @sha256, @queued_at,
         @next_try_at, 0, NULL, 0, @written_as, @person, @own_about, @own_copy,
         @is_finished)`,
  ).run(item);
}

/** Everything that was queued for one form: under its own id, and under those that followed it. */
export function itemsWrittenAs(sqlite: Database, id: string): OutboxRow[] {
  return prepared<[string, string], OutboxRow>(
    sqlite,
    'SELECT * FROM outbox WHERE id = ? OR written_as = ? ORDER BY number',
  ).all(id, id);
}

/** Other bytes for an item that nobody has been given yet; it keeps its place and its time. */
export function replaceItem(
  sqlite: Database,
  item: Omit<NewItem, 'kind' | 'queued_at' | 'written_as'>,
): void {
  sqlite
    .prepare(
      `UPDATE outbox SET is_urgent = @is_urgent, sealed = @sealed, sealing_key_id = @sealing_key_id,
         sha256 = @sha256, next_try_at = @next_try_at, problem = NULL, person = @person,
         own_about = @own_about, own_copy = @own_copy, is_finished = @is_finished,
         state = 'waiting' WHERE id = @id`,
    )
    .run(item);
}

type UnsentConcern = Pick<OutboxRow, 'id' | 'is_finished'>;

/** What was queued of a concern and not handed out yet, oldest first. */
export function unsentConcerns(sqlite: Database, writtenAs: string): UnsentConcern[] {
  return sqlite
    .prepare<[string], UnsentConcern>(
      `SELECT id, is_finished FROM outbox
       WHERE written_as = ? AND kind = 'concern' AND handed_out = 0 ORDER BY number`,
    )
    .all(writtenAs);
}

/** For what the same writer has replaced by other words before anybody was given it. */
export function deleteUnsent(sqlite: Database, id: string): void {
  sqlite.prepare('DELETE FROM outbox WHERE id = ? AND handed_out = 0').run(id);
}

export type WaitingRow = Pick<
  OutboxRow,
  | 'id'
  | 'kind'
  | 'is_urgent'
  | 'queued_at'
  | 'tries'
  | 'next_try_at'
  | 'problem'
  | 'sealing_key_id'
  | 'written_as'
>;

/**
 * Urgent first, then oldest; without the sealed bytes, so that a thousand are read at once. Not what
 * is damaged and was read about.
 */
export function waitingItems(sqlite: Database): WaitingRow[] {
  return sqlite
    .prepare<[], WaitingRow>(
      `SELECT id, kind, is_urgent, queued_at, tries, next_try_at, problem, sealing_key_id, written_as
       FROM outbox WHERE state = 'waiting' AND (problem IS NULL
         OR problem NOT IN ('${DAMAGE_READ}', '${DAMAGE_ARRIVED}')) ORDER BY is_urgent DESC, number`,
    )
    .all();
}

export function markHandedOut(sqlite: Database, id: string): void {
  sqlite.prepare('UPDATE outbox SET handed_out = 1 WHERE id = ?').run(id);
}

export function markDamaged(sqlite: Database, id: string, problem: string): void {
  sqlite
    .prepare("UPDATE outbox SET problem = ?, next_try_at = '9999-12-31T23:59:59.999Z' WHERE id = ?")
    .run(problem, id);
}

/** One more try that did not succeed; false where nothing of that id waits. */
export function countTryOf(
  sqlite: Database,
  of: { readonly id: string; readonly problem: string; readonly nextTryAt: string },
): boolean {
  const { changes } = sqlite
    .prepare(
      `UPDATE outbox SET tries = tries + 1, problem = @problem, next_try_at = @nextTryAt
       WHERE id = @id AND state = 'waiting'`,
    )
    .run(of);
  return changes > 0;
}

/** Delivered: the author's copy goes, what it was about stays for their own list. */
export function markDelivered(
  sqlite: Database,
  of: { readonly id: string; readonly receipt: string; readonly receivedAt: string },
): void {
  sqlite
    .prepare(
      `UPDATE outbox SET state = 'delivered', receipt = @receipt, received_at = @receivedAt,
         own_copy = NULL, problem = NULL WHERE id = @id`,
    )
    .run(of);
}

export function markDiffers(sqlite: Database, id: string): boolean {
  const { changes } = sqlite
    .prepare("UPDATE outbox SET state = 'differs' WHERE id = ? AND state = 'waiting'")
    .run(id);
  return changes > 0;
}

/** Items that are done with and whose sealed bytes are still here, newest first. */
export function keptItems(sqlite: Database): { readonly id: string; readonly bytes: number }[] {
  return sqlite
    .prepare<[], { id: string; bytes: number }>(
      `SELECT id, length(sealed) AS bytes FROM outbox
       WHERE state IN ('delivered', 'differs') AND sealed IS NOT NULL
       ORDER BY received_at IS NULL DESC, received_at DESC, number DESC`,
    )
    .all();
}

/** Puts an item that was done with back into the queue; its number, and so its place, is the old one. */
export function queueAgain(sqlite: Database, id: string, nextTryAt: string): void {
  sqlite
    .prepare(
      `UPDATE outbox SET state = 'waiting', receipt = NULL, received_at = NULL, tries = 0,
         next_try_at = ?
       WHERE id = ? AND state IN ('delivered', 'differs') AND sealed IS NOT NULL`,
    )
    .run(nextTryAt, id);
}

export function dropSealed(sqlite: Database, id: string): void {
  sqlite
    .prepare("UPDATE outbox SET sealed = NULL WHERE id = ? AND state IN ('delivered', 'differs')")
    .run(id);
}

type FinishedRow = Pick<OutboxRow, 'id' | 'received_at'>;

/** Everything that is done with, and when the school said that it received it. */
export function finishedItems(sqlite: Database): FinishedRow[] {
  return sqlite
    .prepare<[], FinishedRow>(
      "SELECT id, received_at FROM outbox WHERE state IN ('delivered', 'differs')",
    )
    .all();
}

/** For what has no time of its own: its days are counted from this one. */
export function noteReceivedAt(sqlite: Database, id: string, receivedAt: string): void {
  sqlite.prepare('UPDATE outbox SET received_at = ? WHERE id = ?').run(receivedAt, id);
}

export function dropFinished(sqlite: Database, id: string): void {
  sqlite.prepare("DELETE FROM outbox WHERE id = ? AND state IN ('delivered', 'differs')").run(id);
}

/** The items that one person submitted, newest first. */
export function ownRowsOf(sqlite: Database, person: number): OutboxRow[] {
  return sqlite
    .prepare<[number], OutboxRow>('SELECT * FROM outbox WHERE person = ? ORDER BY number DESC')
    .all(person);
}

export function replaceOwn(
  sqlite: Database,
  of: {
    readonly id: string;
    readonly person: number;
    readonly about: Uint8Array | null;
    readonly copy: Uint8Array | null;
  },
): void {
  sqlite
    .prepare(
      'UPDATE outbox SET person = @person, own_about = @about, own_copy = @copy WHERE id = @id',
    )
    .run(of);
}

/** The damaged items that are listed, in their order. */
export function damagedItems(sqlite: Database, problem: string): OutboxRow[] {
  return sqlite
    .prepare<[string], OutboxRow>(
      "SELECT * FROM outbox WHERE state = 'waiting' AND problem = ? ORDER BY number",
    )
    .all(problem);
}

/** They are not listed any more. */
export function markDamageRead(sqlite: Database, ids: readonly string[]): void {
  const mark = sqlite.prepare('UPDATE outbox SET problem = ? WHERE id = ? AND problem = ?');
  for (const id of ids) mark.run(DAMAGE_READ, id, DAMAGED_TOLD);
}
