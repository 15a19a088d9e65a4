/** What the server knows of drafts: whose, on which computer, and when they were last changed. */
import type { Db, Transaction } from '../db/open.ts';
import { neverTaken } from '../submission/rows.ts';

interface Holder {
  readonly schoolId: string;
  readonly staffId: string;
  readonly computerId: string;
}

/**
 * Puts these in the place of all that was known of the person's drafts on the computer. What was
 * submitted meanwhile is not unfinished, although the telling may have been on its way since.
 */
export async function replaceNotices(
  trx: Transaction,
  { schoolId, staffId, computerId }: Holder,
  drafts: readonly { readonly id: string; readonly changedAt: string }[],
): Promise<void> {
  await trx
    .deleteFrom('draft_notice')
    .where('staff_id', '=', staffId)
    .where('computer_id', '=', computerId)
    .execute();
  // One id may be told twice: its last time counts.
  const latest = new Map<string, string>();
  for (const { id, changedAt } of drafts) {
    if (changedAt > (latest.get(id) ?? '')) latest.set(id, changedAt);
  }
  const unfinished = await neverTaken(trx, [...latest.keys()]);
  if (unfinished.length === 0) return;
  await trx
    .insertInto('draft_notice')
    .values(
      unfinished.map((id) => ({
        school_id: schoolId,
        staff_id: staffId,
        computer_id: computerId,
        draft_id: id,
        changed_at: latest.get(id) ?? '',
      })),
    )
    .execute();
}

/** A draft and what it is submitted as have one id: once that arrived, it is unfinished nowhere. */
export async function dropNotice(
  trx: Transaction,
  { staffId, id }: { readonly staffId: string; readonly id: string },
): Promise<void> {
  await trx
    .deleteFrom('draft_notice')
    .where('staff_id', '=', staffId)
    .where('draft_id', '=', id)
    .execute();
}

/** The person's drafts on other computers of the school, the one changed last first. */
export async function noticesElsewhere(
  db: Db,
  { schoolId, staffId, computerId }: Holder,
): Promise<{ computerName: string; changedAt: string }[]> {
  return await db
    .selectFrom('draft_notice as d')
    .innerJoin('computer as c', 'c.id', 'd.computer_id')
    .select(['c.name as computerName', 'd.changed_at as changedAt'])
    .where('d.school_id', '=', schoolId)
    .where('d.staff_id', '=', staffId)
    .where('d.computer_id', '!=', computerId)
    .where('c.revoked_at', 'is', null)
    .orderBy('d.changed_at', 'desc')
    .orderBy('d.draft_id')
    .execute();
}
