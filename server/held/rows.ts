/** Held items in the database: whole, until somebody of the safeguarding team resolves them. */
import { z } from 'zod';
import type { HeldItem, HeldReason } from '../../src-shared/contract/held.ts';
import { Concern } from '../../src-shared/contract/seal.ts';
import { Submission } from '../../src-shared/contract/submission.ts';
import type { Db, Transaction } from '../db/open.ts';
import { presentKeyUsers } from '../rights/rows.ts';

/** What of an item's inside can be shown and completed. */
export const HeldInside = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('submission'), submission: Submission }),
  z.object({ kind: z.literal('concern'), concern: Concern }),
]);
export type HeldInside = z.infer<typeof HeldInside>;

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
  readonly kind: HeldItem['kind'];
  /** JSON of what was inside, or the bytes that could not be read. */
  readonly content: { readonly inside: string } | { readonly sealed: Uint8Array };
  readonly isOneOfMany: boolean;
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
      resolved_at: null,
      resolved_by: null,
      resolution: null,
      resolution_reason: null,
    })
    .onConflict((conflict) => conflict.columns(['item_id', 'sha256']).doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Reasons that anybody on the network could bring about, without a computer of the school's. */
const OF_STRANGERS: readonly HeldReason[] = ['computer-unknown', 'not-genuine'];

/** How many were held since `since`, of one computer or (null) of all that nobody vouches for. */
export async function countHeldSince(
  trx: Transaction,
  of: { readonly computerId: string | null; readonly since: string },
): Promise<number> {
  const { count } = await trx
    .selectFrom('held')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('received_at', '>', of.since)
    .where((eb) =>
      of.computerId === null
        ? eb('reason', 'in', OF_STRANGERS)
        : eb('computer_id', '=', of.computerId),
    )
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
    .where('reason', 'in', OF_STRANGERS)
    .executeTakeFirstOrThrow();
  return count;
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
