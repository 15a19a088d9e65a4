/** Passwords and the resets that lead to them. */
import type { Db, Transaction } from '../db/open.ts';
import { MOST_WRONG_CODES } from './rules.ts';

export async function passwordHashOf(
  db: Db | Transaction,
  staffId: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('password')
    .select('hash')
    .where('staff_id', '=', staffId)
    .executeTakeFirst();
  return row?.hash ?? null;
}

export async function keepPassword(
  trx: Transaction,
  owner: { readonly staffId: string; readonly schoolId: string },
  hash: string,
  at: string,
): Promise<void> {
  await trx
    .insertInto('password')
    .values({ staff_id: owner.staffId, school_id: owner.schoolId, hash, changed_at: at })
    .onConflict((conflict) => conflict.column('staff_id').doUpdateSet({ hash, changed_at: at }))
    .execute();
}

/** How many e-mails with a link this person was sent since `since`. */
export async function resetsSince(
  trx: Transaction,
  staffId: string,
  since: string,
): Promise<number> {
  const row = await trx
    .selectFrom('password_reset')
    .where('staff_id', '=', staffId)
    .where('requested_at', '>', since)
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Keeps a new reset; one that was waiting for the same person is of no use any more. */
export async function replaceReset(
  trx: Transaction,
  reset: {
    readonly id: string;
    readonly schoolId: string;
    readonly staffId: string;
    readonly linkHash: string;
    readonly codeHash: string;
    readonly at: string;
    readonly expiresAt: string;
  },
): Promise<void> {
  await spendResets(trx, reset.staffId, reset.at);
  await trx
    .insertInto('password_reset')
    .values({
      id: reset.id,
      school_id: reset.schoolId,
      staff_id: reset.staffId,
      link_hash: reset.linkHash,
      code_hash: reset.codeHash,
      requested_at: reset.at,
      expires_at: reset.expiresAt,
      used_at: null,
    })
    .execute();
}

/** Spends link and code together, and takes back e-mails with them that have not gone yet. */
export async function spendResets(trx: Transaction, staffId: string, at: string): Promise<void> {
  await trx
    .updateTable('password_reset')
    .set({ used_at: at })
    .where('staff_id', '=', staffId)
    .where('used_at', 'is', null)
    .execute();
  await trx
    .updateTable('mail')
    .set({ useless_after: at })
    .where('staff_id', '=', staffId)
    .where('kind', '=', 'reset')
    .where('sent_at', 'is', null)
    .execute();
}

function liveResets(db: Db | Transaction, now: string) {
  return db
    .selectFrom('password_reset')
    .innerJoin('staff', 'staff.id', 'password_reset.staff_id')
    .where('password_reset.used_at', 'is', null)
    .where('password_reset.expires_at', '>', now)
    .where('staff.is_active', '=', 1)
    .select([
      'password_reset.id',
      'password_reset.code_hash as codeHash',
      'staff.id as staffId',
      'staff.school_id as schoolId',
      'staff.name',
      'staff.email',
    ]);
}

export type LiveReset = NonNullable<Awaited<ReturnType<typeof resetByLink>>>;

/** The reset that this link belongs to, while it can be used. */
export async function resetByLink(db: Db | Transaction, hash: string, now: string) {
  return await liveResets(db, now).where('password_reset.link_hash', '=', hash).executeTakeFirst();
}

/**
 * The reset whose code may be tried for this address; the try counts as wrong until
 * `takeBackWrongCode` says otherwise, so that many at once are not more than ten.
 */
export async function resetForCode(trx: Transaction, schoolId: string, email: string, now: string) {
  const reset = await liveResets(trx, now)
    .where('staff.school_id', '=', schoolId)
    .where('staff.email', '=', email)
    .where('password_reset.wrong_codes', '<', MOST_WRONG_CODES)
    .executeTakeFirst();
  if (reset !== undefined) await addWrongCodes(trx, reset.id, 1);
  return reset;
}

export async function takeBackWrongCode(trx: Transaction, resetId: string): Promise<void> {
  await addWrongCodes(trx, resetId, -1);
}

async function addWrongCodes(trx: Transaction, resetId: string, by: 1 | -1): Promise<void> {
  await trx
    .updateTable('password_reset')
    .set((set) => ({ wrong_codes: set('wrong_codes', '+', by) }))
    .where('id', '=', resetId)
    .execute();
}

/** Whether this reset can still be used; asked again in the transaction that spends it. */
export async function isLiveReset(
  trx: Transaction,
  resetId: string,
  now: string,
): Promise<boolean> {
  const reset = await liveResets(trx, now)
    .where('password_reset.id', '=', resetId)
    .executeTakeFirst();
  return reset !== undefined;
}
