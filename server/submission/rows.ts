/** Entries in the database: claimed by their id, answered by their receipt, kept for ever (R73). */
import type { Submission } from '../../src-shared/contract/submission.ts';
import { Receipt } from '../../src-shared/contract/submission.ts';
import type { Db, Transaction } from '../db/open.ts';
import { presentKeyUsers } from '../rights/rows.ts';
import { REFERENCE_BYTES, referenceFrom } from './rules.ts';

/** A sealed item as it is claimed. */
export interface Claim {
  readonly schoolId: string;
  readonly id: string;
  readonly sha256: string;
  readonly reference: string;
  readonly computerId: string;
  readonly receivedAt: string;
  /** Milliseconds that the computer's clock was ahead as it sent this; null where it did not say. */
  readonly clockOffsetMs: number | null;
}

/**
 * Takes the item's id, in one statement: false where it (or the reference) is taken. The receipt
 * is written by `keepReceipt` in the same transaction, once it is known who was alerted.
 */
export async function claimId(trx: Transaction, claim: Claim): Promise<boolean> {
  const result = await trx
    .insertInto('carried')
    .columns([
      'id',
      'school_id',
      'sha256',
      'reference',
      'computer_id',
      'received_at',
      'receipt',
      'clock_offset_ms',
    ])
    .expression((eb) =>
      eb
        .selectFrom('school')
        .select((eb) => [
          eb.val(claim.id).as('id'),
          'school.id as school_id',
          eb.val(claim.sha256).as('sha256'),
          eb.val(claim.reference).as('reference'),
          eb.val(claim.computerId).as('computer_id'),
          eb.val(claim.receivedAt).as('received_at'),
          eb.val('').as('receipt'),
          eb.val(claim.clockOffsetMs).as('clock_offset_ms'),
        ])
        .where('school.id', '=', claim.schoolId)
        // Entries of before there was a seal have their id and reference here alone.
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('submission as s')
                .select('s.id')
                .where((eb) =>
                  eb.or([
                    eb('s.id', '=', claim.id),
                    eb.and([
                      eb('s.school_id', '=', claim.schoolId),
                      eb('s.reference', '=', claim.reference),
                    ]),
                  ]),
                ),
            ),
          ),
        ),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Gives the id to other bytes, or another computer; it keeps its reference. */
export async function claimAnew(trx: Transaction, claim: Claim): Promise<void> {
  await trx
    .updateTable('carried')
    .set({
      sha256: claim.sha256,
      computer_id: claim.computerId,
      received_at: claim.receivedAt,
      clock_offset_ms: claim.clockOffsetMs,
    })
    .where('id', '=', claim.id)
    .execute();
}

/** How far the clock of the computer was ahead when the item came; null where that is not known. */
export async function clockOffsetOf(trx: Transaction, id: string): Promise<number | null> {
  const row = await trx
    .selectFrom('carried')
    .select('clock_offset_ms')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.clock_offset_ms ?? null;
}

export async function keepReceipt(trx: Transaction, receipt: Receipt): Promise<void> {
  await trx
    .updateTable('carried')
    .set({ receipt: JSON.stringify(receipt) })
    .where('id', '=', receipt.submissionId)
    .execute();
}

/** What was taken under an id, whoever sent it; null where the id is free. */
export async function takenItem(
  trx: Transaction,
  id: string,
): Promise<{ sha256: string; receipt: Receipt } | null> {
  const row =
    (await trx
      .selectFrom('carried')
      .select(['sha256', 'receipt'])
      .where('id', '=', id)
      .executeTakeFirst()) ??
    (await trx
      .selectFrom('submission')
      .select(['sha256', 'receipt'])
      .where('id', '=', id)
      .executeTakeFirst());
  if (row === undefined) return null;
  return { sha256: row.sha256, receipt: Receipt.parse(JSON.parse(row.receipt)) };
}

/** R83: of these ids, the ones under which nothing was ever taken, in their order. */
export async function neverTaken(db: Db | Transaction, ids: readonly string[]): Promise<string[]> {
  const taken = new Set<string>();
  // SQLite takes a limited number of parameters in one query.
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
    const some = ids.slice(from, from + IDS_AT_ONCE);
    const carried = await db.selectFrom('carried').select('id').where('id', 'in', some).execute();
    const applied = await db
      .selectFrom('submission')
      .select('id')
      .where('id', 'in', some)
      .execute();
    for (const { id } of [...carried, ...applied]) taken.add(id);
  }
  return ids.filter((id) => !taken.has(id));
}
const IDS_AT_ONCE = 500;

/** The entry itself, before what hangs on it. */
export async function insertSubmission(
  trx: Transaction,
  entry: {
    readonly schoolId: string;
    readonly staffId: string;
    readonly submission: Submission;
    readonly receipt: Receipt;
    readonly clockIsWrong: boolean;
  },
): Promise<void> {
  const { submission, receipt } = entry;
  await trx
    .insertInto('submission')
    .values({
      id: submission.id,
      school_id: entry.schoolId,
      staff_id: entry.staffId,
      kind: submission.kind,
      sha256: receipt.sha256,
      reference: receipt.reference,
      written_at: submission.writtenAt,
      received_at: receipt.receivedAt,
      clock_is_wrong: entry.clockIsWrong ? 1 : 0,
      receipt: JSON.stringify(receipt),
    })
    .execute();
}

/** What a submission names, as far as the school knows it. What is missing here is unknown. */
export interface References {
  readonly studentIds: ReadonlySet<string>;
  /** In the school's order, parents before children; archived ones too. */
  readonly categories: readonly { id: string; name: string; isUrgent: boolean }[];
  readonly staff: ReadonlyMap<string, { name: string; isActive: boolean }>;
  readonly groupIds: ReadonlySet<string>;
  /** Members of the chosen groups and of the safeguarding team. */
  readonly memberIds: readonly string[];
  readonly teamIds: ReadonlySet<string>;
}

/** Looks up all that a submission names; students off roll and staff who left are known too. */
export async function referencesOf(
  trx: Db,
  named: {
    readonly schoolId: string;
    readonly studentIds: readonly string[];
    readonly categoryIds: readonly string[];
    readonly staffIds: readonly string[];
    readonly groupIds: readonly string[];
  },
): Promise<References> {
  const { schoolId } = named;
  const students =
    named.studentIds.length === 0
      ? []
      : await trx
          .selectFrom('student')
          .select('id')
          .where('school_id', '=', schoolId)
          .where('id', 'in', named.studentIds)
          .execute();
  const categories =
    named.categoryIds.length === 0
      ? []
      : await trx
          .selectFrom('category as c')
          .leftJoin('category as parent', 'parent.id', 'c.parent_id')
          .select(['c.id', 'c.name', 'c.is_urgent'])
          .where('c.school_id', '=', schoolId)
          .where('c.id', 'in', named.categoryIds)
          .orderBy((eb) => eb.fn.coalesce('parent.position', 'c.position'))
          .orderBy((eb) => eb('c.parent_id', 'is not', null))
          .orderBy('c.position')
          .execute();
  const groups = await trx
    .selectFrom('alert_group as g')
    .leftJoin('alert_group_member as m', 'm.group_id', 'g.id')
    .leftJoin('staff as s', 's.id', 'm.staff_id')
    .select(['g.id', 'g.is_safeguarding_team', 's.id as memberId', 's.name', 's.is_active'])
    .where('g.school_id', '=', schoolId)
    .where((eb) =>
      eb.or([
        eb('g.is_safeguarding_team', '=', 1),
        ...(named.groupIds.length === 0 ? [] : [eb('g.id', 'in', named.groupIds)]),
      ]),
    )
    .orderBy('g.position')
    .execute();
  const chosen = await trx
    .selectFrom('staff')
    .select(['id', 'name', 'is_active'])
    .where('school_id', '=', schoolId)
    .where('id', 'in', named.staffIds)
    .execute();

  const staff = new Map(
    chosen.map((row) => [row.id, { name: row.name, isActive: row.is_active === 1 }]),
  );
  const memberIds: string[] = [];
  const teamIds = new Set<string>();
  for (const row of groups) {
    if (row.memberId === null || row.name === null) continue;
    staff.set(row.memberId, { name: row.name, isActive: row.is_active === 1 });
    memberIds.push(row.memberId);
    if (row.is_safeguarding_team === 1) teamIds.add(row.memberId);
  }
  return {
    studentIds: new Set(students.map((row) => row.id)),
    categories: categories.map((row) => ({
      id: row.id,
      name: row.name,
      isUrgent: row.is_urgent === 1,
    })),
    staff,
    groupIds: new Set(groups.map((row) => row.id)),
    memberIds,
    teamIds,
  };
}

/** A member of staff as an author; null where the school has nobody of this id. */
export async function authorById(
  trx: Transaction,
  { schoolId, staffId }: { schoolId: string; staffId: string },
): Promise<{ id: string; isActive: boolean; isKeyUser: boolean } | null> {
  const row = await trx
    .selectFrom('staff as s')
    .select(['s.id', 's.is_active'])
    .select((eb) => eb('s.id', 'in', presentKeyUsers(schoolId)).as('isKeyUser'))
    .where('s.school_id', '=', schoolId)
    .where('s.id', '=', staffId)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { id: row.id, isActive: row.is_active === 1, isKeyUser: Boolean(row.isKeyUser) };
}

/** A reference that nothing has yet. */
export async function freeReference(
  trx: Transaction,
  { randomBytes }: { readonly randomBytes: (length: number) => Uint8Array },
): Promise<string> {
  for (;;) {
    const reference = referenceFrom(randomBytes(REFERENCE_BYTES));
    const taken =
      (await trx
        .selectFrom('carried')
        .select('id')
        .where('reference', '=', reference)
        .executeTakeFirst()) ??
      (await trx
        .selectFrom('submission')
        .select('id')
        .where('reference', '=', reference)
        .executeTakeFirst());
    if (taken === undefined) return reference;
  }
}
