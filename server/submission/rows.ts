/** Submissions in the database: claimed by their id, answered by their receipt, kept for ever (R73). */
import type { Submission } from '../../src-shared/contract/submission.ts';
import { Receipt } from '../../src-shared/contract/submission.ts';
import type { Db, Transaction } from '../db/open.ts';
import type { Actor } from '../http/route.ts';

export interface Claim {
  readonly actor: Actor;
  readonly submission: Submission;
  readonly sha256: string;
  readonly reference: string;
  readonly receivedAt: string;
  readonly clockIsWrong: boolean;
}

/**
 * Takes the submission's id, in one statement: false where it (or the reference) is taken. The
 * receipt is written by `keepReceipt` in the same transaction, once it is known who was alerted.
 */
export async function claimId(trx: Transaction, claim: Claim): Promise<boolean> {
  const result = await trx
    .insertInto('submission')
    .values({
      id: claim.submission.id,
      school_id: claim.actor.schoolId,
      staff_id: claim.actor.staffId,
      kind: claim.submission.kind,
      sha256: claim.sha256,
      reference: claim.reference,
      written_at: claim.submission.writtenAt,
      received_at: claim.receivedAt,
      clock_is_wrong: claim.clockIsWrong ? 1 : 0,
      receipt: '',
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function keepReceipt(trx: Transaction, receipt: Receipt): Promise<void> {
  await trx
    .updateTable('submission')
    .set({ receipt: JSON.stringify(receipt) })
    .where('id', '=', receipt.submissionId)
    .execute();
}

/** What is held under an id, whoever sent it; null where the id is free. */
export async function heldSubmission(
  trx: Transaction,
  id: string,
): Promise<{ staffId: string; schoolId: string; sha256: string; receipt: Receipt } | null> {
  const row = await trx
    .selectFrom('submission')
    .select(['staff_id', 'school_id', 'sha256', 'receipt'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    staffId: row.staff_id,
    schoolId: row.school_id,
    sha256: row.sha256,
    receipt: Receipt.parse(JSON.parse(row.receipt)),
  };
}

/** Keeps what came under a taken id with other bytes; true where it was not kept already. */
export async function keepAside(
  trx: Transaction,
  aside: Pick<Claim, 'actor' | 'submission' | 'sha256' | 'receivedAt'>,
): Promise<boolean> {
  const result = await trx
    .insertInto('submission_aside')
    .values({
      id: aside.submission.id,
      school_id: aside.actor.schoolId,
      staff_id: aside.actor.staffId,
      sha256: aside.sha256,
      body: JSON.stringify(aside.submission),
      received_at: aside.receivedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
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
