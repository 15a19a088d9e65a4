/** The school's computers, and the code with which they enrol themselves (R42). */
import type { Db, Transaction } from '../db/open.ts';

export interface ComputerRow {
  readonly id: string;
  readonly name: string;
  readonly publicKey: string;
  readonly enrolledAt: string;
  readonly revokedAt: string | null;
  readonly lastSeenAt: string;
}

/** Null where the school never enrolled it; a revoked one is answered with the time of that. */
export async function computerById(
  db: Db | Transaction,
  { schoolId, id }: { schoolId: string; id: string },
): Promise<ComputerRow | null> {
  const row = await computers(db, schoolId).where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** All of them, by name. */
export async function allComputers(db: Db, schoolId: string): Promise<ComputerRow[]> {
  return await computers(db, schoolId).orderBy('name').orderBy('id').execute();
}

function computers(db: Db | Transaction, schoolId: string) {
  return db
    .selectFrom('computer')
    .select(['id', 'name', 'public_key as publicKey', 'enrolled_at as enrolledAt'])
    .select(['revoked_at as revokedAt', 'last_seen_at as lastSeenAt'])
    .where('school_id', '=', schoolId);
}

export async function insertComputer(
  trx: Transaction,
  computer: {
    readonly schoolId: string;
    readonly id: string;
    readonly name: string;
    readonly publicKey: string;
    readonly at: string;
  },
): Promise<void> {
  await trx
    .insertInto('computer')
    .values({
      id: computer.id,
      school_id: computer.schoolId,
      name: computer.name,
      public_key: computer.publicKey,
      enrolled_at: computer.at,
      revoked_at: null,
      last_seen_at: computer.at,
    })
    .execute();
}

export async function renameComputer(trx: Transaction, id: string, name: string): Promise<void> {
  await trx.updateTable('computer').set({ name }).where('id', '=', id).execute();
}

/** Notes that it spoke, unless that was noted within the last minute. */
export async function noteSeen(trx: Transaction, id: string, now: Date): Promise<void> {
  const minuteAgo = new Date(now.getTime() - 60_000).toISOString();
  await trx
    .updateTable('computer')
    .set({ last_seen_at: now.toISOString() })
    .where('id', '=', id)
    .where('last_seen_at', '<=', minuteAgo)
    .execute();
}

/**
 * Revokes a computer, and with it the certificates of all keys on it: what comes from it is kept,
 * but nobody is taken for its certain author. False where there is no such computer to revoke.
 */
export async function revokeComputer(
  trx: Transaction,
  { schoolId, id, at }: { schoolId: string; id: string; at: string },
): Promise<boolean> {
  const result = await trx
    .updateTable('computer')
    .set({ revoked_at: at })
    .where('school_id', '=', schoolId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return false;
  await trx
    .updateTable('signing_key')
    .set({ revoked_at: at })
    .where('computer_id', '=', id)
    .where('revoked_at', 'is', null)
    .execute();
  return true;
}

/** Makes a code good, by its hash; one that was taken back stays so. */
export async function keepEnrolmentCode(
  trx: Transaction,
  code: { readonly schoolId: string; readonly hash: string; readonly at: string },
): Promise<void> {
  await trx
    .insertInto('enrolment_code')
    .values({ hash: code.hash, school_id: code.schoolId, made_at: code.at, revoked_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Takes back every code that is good now. */
export async function revokeEnrolmentCodes(
  trx: Transaction,
  { schoolId, at }: { schoolId: string; at: string },
): Promise<void> {
  await trx
    .updateTable('enrolment_code')
    .set({ revoked_at: at })
    .where('school_id', '=', schoolId)
    .where('revoked_at', 'is', null)
    .execute();
}

export async function isGoodCode(
  trx: Db | Transaction,
  { schoolId, hash }: { schoolId: string; hash: string },
): Promise<boolean> {
  const row = await trx
    .selectFrom('enrolment_code')
    .select('hash')
    .where('school_id', '=', schoolId)
    .where('hash', '=', hash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Of these people, the ones who have left. Somebody whom the school does not know is not among them. */
export async function leftAmong(
  db: Db,
  { schoolId, staffIds }: { schoolId: string; staffIds: readonly string[] },
): Promise<string[]> {
  if (staffIds.length === 0) return [];
  const rows = await db
    .selectFrom('staff')
    .select('id')
    .where('school_id', '=', schoolId)
    .where('id', 'in', staffIds)
    .where('is_active', '=', 0)
    .execute();
  return rows.map(({ id }) => id);
}
