/**
 * The audit trail: who did what to which id, when, on which computer (R68). Rows hold ids only,
 * never names or text (R71), and are written in the transaction of what they tell of.
 */
import type { Db, Transaction } from '../db/open.ts';
import type { Actor } from '../http/route.ts';

export type AuditEvent =
  | 'sign-in'
  | 'sign-out'
  | 'sign-out-everywhere'
  | 'password-reset-asked'
  | 'password-set'
  | 'view'
  | 'create'
  | 'action'
  | 'alert'
  | 'acknowledge'
  | 'undo-acknowledge'
  | 'submission-aside'
  | 'hold'
  | 'complete-held'
  | 'file-held'
  | 'computer-enrolled'
  | 'computer-revoked'
  | 'key-certified'
  | 'draft-key-recovered'
  | 'left-draft-opened'
  | 'import'
  | 'configuration';

export interface AuditEntry {
  readonly schoolId: string;
  /** UTC, as the contract writes instants. */
  readonly at: string;
  /** Null where nobody could be told: a sign-in with an address that is not known. */
  readonly staffId: string | null;
  readonly sessionId: string | null;
  readonly computerId: string | null;
  readonly event: AuditEvent;
  /** The id of what was done something to; null where the event says it all. */
  readonly objectId: string | null;
  readonly result: 'done' | 'refused';
}

/** Writes one row. Give the transaction of the change, so that both are kept or neither. */
export async function writeAudit(writer: Transaction | Db, entry: AuditEntry): Promise<void> {
  await writeAudits(writer, [entry]);
}

/** Writes the rows of one change in one statement, in their order; none where there are none. */
export async function writeAudits(
  writer: Transaction | Db,
  entries: readonly AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await writer
    .insertInto('audit')
    .values(
      entries.map((entry) => ({
        school_id: entry.schoolId,
        at: entry.at,
        staff_id: entry.staffId,
        session_id: entry.sessionId,
        computer_id: entry.computerId,
        event: entry.event,
        object_id: entry.objectId,
        result: entry.result,
      })),
    )
    .execute();
}

/** The columns that say who: `writeAudit(trx, { ...byActor(actor), at, event, objectId, result })`. */
export function byActor(
  actor: Actor,
): Pick<AuditEntry, 'schoolId' | 'staffId' | 'sessionId' | 'computerId'> {
  return {
    schoolId: actor.schoolId,
    staffId: actor.staffId,
    sessionId: actor.sessionId,
    computerId: actor.computerId,
  };
}
