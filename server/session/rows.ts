/** Sessions and the people who hold them. A token is stored as its SHA-256 only (R33). */
import { createHash } from 'node:crypto';
import type { Db, Transaction } from '../db/open.ts';
import type { Actor } from '../http/route.ts';
import { oldestLiving } from './rules.ts';

export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Living sessions of people who still work here, with whether they are key users now (R49). */
function livingSessions(db: Db | Transaction, now: Date) {
  const oldest = oldestLiving(now);
  return db
    .selectFrom('session')
    .innerJoin('staff', 'staff.id', 'session.staff_id')
    .where('session.ended_at', 'is', null)
    .where('session.last_input_at', '>', oldest.lastInputAt)
    .where('session.last_input_at', '<=', oldest.latestInputAt)
    .where('session.started_at', '>', oldest.startedAt)
    .where('staff.is_active', '=', 1);
}

/** Who holds this token at this moment; null where nobody does any more. */
export async function actorByToken(db: Db, token: string, now: Date): Promise<Actor | null> {
  const row = await livingSessions(db, now)
    .where('session.token_hash', '=', tokenHash(token))
    .select((select) => [
      'session.id',
      'session.school_id',
      'session.staff_id',
      'session.computer_id',
      select
        .exists(
          select
            .selectFrom('alert_group_member')
            .innerJoin('alert_group', 'alert_group.id', 'alert_group_member.group_id')
            .whereRef('alert_group_member.staff_id', '=', 'session.staff_id')
            .where('alert_group.is_safeguarding_team', '=', 1)
            .select('alert_group.id'),
        )
        .as('is_key_user'),
    ])
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    schoolId: row.school_id,
    staffId: row.staff_id,
    isKeyUser: Boolean(row.is_key_user),
    sessionId: row.id,
    computerId: row.computer_id,
  };
}

/** Of these sessions, the ones that live. */
export async function livingAmong(
  db: Db,
  sessionIds: readonly string[],
  now: Date,
): Promise<Set<string>> {
  const living = new Set<string>();
  // SQLite takes a limited number of parameters in one query.
  for (let start = 0; start < sessionIds.length; start += 500) {
    const rows = await livingSessions(db, now)
      .where('session.id', 'in', sessionIds.slice(start, start + 500))
      .select('session.id')
      .execute();
    for (const row of rows) living.add(row.id);
  }
  return living;
}

/** What a sign-in needs to know of the person behind an address; undefined where there is none. */
export async function staffByEmail(db: Db | Transaction, schoolId: string, email: string) {
  return await db
    .selectFrom('staff')
    .leftJoin('password', 'password.staff_id', 'staff.id')
    .where('staff.school_id', '=', schoolId)
    .where('staff.email', '=', email)
    .where('staff.is_active', '=', 1)
    .select(['staff.id', 'staff.name', 'staff.email', 'password.hash'])
    .executeTakeFirst();
}

/** Whether the person has signed in on this computer before: then it is theirs, not a stranger's. */
export async function hasUsedComputer(
  trx: Transaction,
  staffId: string,
  computerId: string,
): Promise<boolean> {
  const row = await trx
    .selectFrom('session')
    .where('staff_id', '=', staffId)
    .where('computer_id', '=', computerId)
    .select('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function startSession(
  trx: Transaction,
  session: {
    readonly id: string;
    readonly schoolId: string;
    readonly staffId: string;
    readonly token: string;
    readonly computer: { readonly id: string; readonly name: string };
    readonly at: string;
  },
): Promise<void> {
  await trx
    .insertInto('session')
    .values({
      id: session.id,
      school_id: session.schoolId,
      staff_id: session.staffId,
      token_hash: tokenHash(session.token),
      computer_id: session.computer.id,
      computer_name: session.computer.name,
      started_at: session.at,
      last_input_at: session.at,
      ended_at: null,
    })
    .execute();
}

/** The session and its owner, for the page. Throws where the session is gone. */
export async function sessionOf(db: Db | Transaction, sessionId: string) {
  return await db
    .selectFrom('session')
    .innerJoin('staff', 'staff.id', 'session.staff_id')
    .where('session.id', '=', sessionId)
    .select([
      'staff.id as staffId',
      'staff.name',
      'staff.email',
      'session.started_at as startedAt',
      'session.last_input_at as lastInputAt',
    ])
    .executeTakeFirstOrThrow();
}

/** Notes an input; one from before the newest that is known changes nothing. */
export async function noteInput(trx: Transaction, sessionId: string, at: string): Promise<void> {
  await trx
    .updateTable('session')
    .set({ last_input_at: at })
    .where('id', '=', sessionId)
    .where('ended_at', 'is', null)
    .where('last_input_at', '<', at)
    .execute();
}

/** Ends these sessions of the person (all, one, or all but one) and returns their ids. */
export async function endSessions(
  trx: Transaction,
  staffId: string,
  which: 'all' | { readonly only: string } | { readonly allBut: string },
  at: string,
): Promise<string[]> {
  let query = trx
    .updateTable('session')
    .set({ ended_at: at })
    .where('staff_id', '=', staffId)
    .where('ended_at', 'is', null);
  if (which !== 'all') {
    query =
      'only' in which ? query.where('id', '=', which.only) : query.where('id', '!=', which.allBut);
  }
  const rows = await query.returning('id').execute();
  return rows.map((row) => row.id);
}
