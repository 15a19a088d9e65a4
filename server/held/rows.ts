/** Held items in the database: whole, until somebody of the safeguarding team resolves them. */
import type { HeldItem, HeldReason } from '../../src-shared/contract/held.ts';
import type { ExpressionBuilder } from 'kysely';
import type { Db, Transaction } from '../db/open.ts';
import type { Schema } from '../db/schema.ts';
import { presentKeyUsers } from '../rights/rows.ts';
import { HeldInside } from './inside.ts';

export interface ItemToHold {
  readonly id: string;
  readonly itemId: string;
  readonly schoolId: string;
  readonly reason: HeldReason;
  readonly sha256: string;
  readonly reference: string;
  readonly receivedAt: string;
  readonly computerId: string;
  readonly staffId: string | null;
  readonly writer: string | null;
  readonly identityIsCertain: boolean;
  readonly kind: Exclude<HeldItem['kind'], 'unopened'>;
  /** JSON of what was inside, or the bytes that could not be read. */
  readonly content: { readonly inside: string } | { readonly sealed: Uint8Array };
  readonly isOneOfMany: boolean;
  readonly isVouchedFor: boolean;
}

/** False where these very bytes are held under this id already. */
export async function insertHeld(trx: Transaction, item: ItemToHold): Promise<boolean> {
  const result = await trx
    .insertInto('held')
    .values({
      id: item.id,
      item_id: item.itemId,
      school_id: item.schoolId,
      reason: item.reason,
      sha256: item.sha256,
      reference: item.reference,
      received_at: item.receivedAt,
      computer_id: item.computerId,
      staff_id: item.staffId,
      writer: item.writer,
      identity_is_certain: item.identityIsCertain ? 1 : 0,
      kind: item.kind,
      inside: 'inside' in item.content ? item.content.inside : null,
      sealed: 'sealed' in item.content ? item.content.sealed : null,
      is_one_of_many: item.isOneOfMany ? 1 : 0,
      is_vouched_for: item.isVouchedFor ? 1 : 0,
      resolved_at: null,
      resolved_by: null,
      resolution: null,
      resolution_reason: null,
    })
    .onConflict((conflict) => conflict.columns(['item_id', 'sha256']).doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/**
 * How many were held since `since`: of what one computer vouched for, or (null) of all that nobody
 * vouches for. A computer's id alone says nothing: whoever knows it can name it.
 */
export async function countHeldSince(
  trx: Transaction,
  of: {
    readonly computerId: string | null;
    readonly since: string;
    /** What leavers left is counted by itself: a handing over takes no place of a concern. */
    readonly isLeft: boolean;
  },
): Promise<number> {
  const { computerId } = of;
  const { count } = await trx
    .selectFrom('held')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('received_at', '>', of.since)
    .where('reason', of.isLeft ? '=' : '!=', 'left-unfinished')
    .where('is_vouched_for', '=', computerId === null ? 0 : 1)
    .$if(computerId !== null, (query) => query.where('computer_id', '=', computerId ?? ''))
    .executeTakeFirstOrThrow();
  return count;
}

/** How many of strangers' items wait for somebody to look at them. */
export async function countStrangers(trx: Transaction, schoolId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('held')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('school_id', '=', schoolId)
    .where('resolved_at', 'is', null)
    .where('is_vouched_for', '=', 0)
    .executeTakeFirstOrThrow();
  return count;
}

/** How many other bytes strangers have sent under an id that is taken. */
export async function countStrangersAside(trx: Transaction, itemId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('held')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('item_id', '=', itemId)
    .where('reason', '=', 'differs')
    .where('is_vouched_for', '=', 0)
    .executeTakeFirstOrThrow();
  return count;
}

/**
 * Takes an id from a stranger, for a computer that vouches for what it sends under it: true where a
 * stranger had it, and nobody has resolved that yet. The very bytes go from the list, as they are
 * judged anew; other bytes stay on it, under an id of their own.
 */
export async function makeWay(
  trx: Transaction,
  of: { readonly itemId: string; readonly sha256: string; readonly asideId: string },
): Promise<boolean> {
  const ofStrangers = (id: string) => (eb: ExpressionBuilder<Schema, 'held'>) =>
    eb.and([eb('item_id', '=', id), eb('is_vouched_for', '=', 0), eb('resolved_at', 'is', null)]);
  const first = await trx
    .selectFrom('held')
    .select(['id', 'sha256'])
    .where(ofStrangers(of.itemId))
    .where('id', '=', of.itemId)
    .executeTakeFirst();
  if (first === undefined) return false;
  await trx
    .deleteFrom('held')
    .where(ofStrangers(of.itemId))
    .where('sha256', '=', of.sha256)
    .execute();
  if (first.sha256 !== of.sha256) {
    await trx
      .updateTable('held')
      .set({ id: of.asideId, reason: 'differs' })
      .where('id', '=', of.itemId)
      .execute();
  }
  return true;
}

/** The safeguarding team as it is now. */
export async function teamOf(db: Db | Transaction, schoolId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('staff')
    .select('id')
    .where('id', 'in', presentKeyUsers(schoolId))
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** A held item as it is shown and completed. */
export interface HeldRow {
  readonly id: string;
  readonly reason: HeldReason;
  readonly sha256: string;
  readonly reference: string;
  readonly receivedAt: string;
  readonly computerId: string;
  readonly computerName: string | null;
  readonly staffId: string | null;
  readonly writer: string | null;
  readonly identityIsCertain: boolean;
  readonly kind: HeldItem['kind'];
  /** Null where it could not be read, or was not opened yet. */
  readonly inside: HeldInside | null;
  readonly isOneOfMany: boolean;
  readonly isVouchedFor: boolean;
}

/**
 * What waits, newest first, at most `most`: single ones before one of many, and what computers of
 * the school vouch for before what anybody could have sent, so that no flood hides a concern.
 */
export async function openHeld(db: Db, schoolId: string, most: number): Promise<HeldRow[]> {
  const rows = await heldRows(db, schoolId)
    .orderBy('h.is_one_of_many')
    .orderBy('h.is_vouched_for', 'desc')
    .orderBy('h.received_at', 'desc')
    .orderBy('h.id')
    .limit(most)
    .execute();
  return rows.map(heldRowOf);
}

/** How many wait in all. */
export async function countOpenHeld(db: Db, schoolId: string): Promise<number> {
  const { count } = await db
    .selectFrom('held')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('school_id', '=', schoolId)
    .where('resolved_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

/** Null where there is none, or somebody has resolved it. With its bytes where they are still sealed. */
export async function openHeldById(
  trx: Transaction,
  { schoolId, id }: { schoolId: string; id: string },
): Promise<(HeldRow & { readonly itemId: string; readonly sealed: Uint8Array | null }) | null> {
  const row = await heldRows(trx, schoolId)
    .select(['h.item_id', 'h.sealed'])
    .where('h.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { ...heldRowOf(row), itemId: row.item_id, sealed: row.sealed };
}

function heldRows(db: Db | Transaction, schoolId: string) {
  return db
    .selectFrom('held as h')
    .leftJoin('staff as s', 's.id', 'h.staff_id')
    .leftJoin('computer as c', 'c.id', 'h.computer_id')
    .select(['h.id', 'h.reason', 'h.sha256', 'h.reference', 'h.received_at', 'h.computer_id'])
    .select(['h.staff_id', 'h.writer', 'h.identity_is_certain', 'h.kind', 'h.inside'])
    .select([
      'h.is_one_of_many',
      'h.is_vouched_for',
      's.name as staffName',
      'c.name as computerName',
    ])
    .where('h.school_id', '=', schoolId)
    .where('h.resolved_at', 'is', null);
}

function heldRowOf(
  row: Awaited<ReturnType<ReturnType<typeof heldRows>['execute']>>[number],
): HeldRow {
  return {
    id: row.id,
    reason: row.reason,
    sha256: row.sha256,
    reference: row.reference,
    receivedAt: row.received_at,
    computerId: row.computer_id,
    computerName: row.computerName,
    staffId: row.staff_id,
    writer: row.staffName ?? row.writer,
    identityIsCertain: row.identity_is_certain === 1,
    kind: row.kind,
    inside: row.inside === null ? null : insideOf(row.inside),
    isOneOfMany: row.is_one_of_many === 1,
    isVouchedFor: row.is_vouched_for === 1,
  };
}

/** One item that a later version reads otherwise must not take the whole list away. */
function insideOf(json: string): HeldInside | null {
  const parsed = HeldInside.safeParse(JSON.parse(json));
  return parsed.success ? parsed.data : null;
}

/** Takes it off the list, once: false where somebody has done so before. */
export async function resolveHeld(
  trx: Transaction,
  resolved: {
    readonly id: string;
    readonly at: string;
    readonly by: string;
    readonly as: 'completed' | 'filed';
    readonly reason: string | null;
  },
): Promise<boolean> {
  const result = await trx
    .updateTable('held')
    .set({
      resolved_at: resolved.at,
      resolved_by: resolved.by,
      resolution: resolved.as,
      resolution_reason: resolved.reason,
    })
    .where('id', '=', resolved.id)
    .where('resolved_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The names of students, by their own ids and by the ids of incidents about them. */
export async function studentNames(
  db: Db | Transaction,
  schoolId: string,
  asked: { readonly studentIds: readonly string[]; readonly incidentIds: readonly string[] },
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  if (asked.studentIds.length > 0) {
    const rows = await db
      .selectFrom('student')
      .select(['id', 'forename', 'surname'])
      .where('school_id', '=', schoolId)
      .where('id', 'in', asked.studentIds)
      .execute();
    for (const row of rows) names.set(row.id, `${row.forename} ${row.surname}`);
  }
  if (asked.incidentIds.length > 0) {
    const rows = await db
      .selectFrom('incident as i')
      .innerJoin('student as s', 's.id', 'i.student_id')
      .select(['i.id', 's.forename', 's.surname'])
      .where('i.school_id', '=', schoolId)
      .where('i.id', 'in', asked.incidentIds)
      .execute();
    for (const row of rows) names.set(row.id, `${row.forename} ${row.surname}`);
  }
  return names;
}

export async function nameOfStaff(db: Db | Transaction, id: string): Promise<string> {
  const row = await db
    .selectFrom('staff')
    .select('name')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.name;
}
