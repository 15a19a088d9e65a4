/** What the courier asks: what waits, the bytes to carry, and how it went. It needs nobody's keys. */
import { carryBytes } from '../../src-shared/contract/seal.ts';
import { Receipt, receiptBytes } from '../../src-shared/contract/submission.ts';
import {
  DAMAGED,
  isDamaged,
  type VaultReply,
  type VaultRequest,
  WaitingItem,
} from '../../src-shared/vault.ts';
import { isSignedBy, sha256Hex, signWith, toBase64 } from '../crypto.ts';
import { VaultFailure, isDiskFailure } from '../failure.ts';
import type { House } from '../house.ts';
import { pruneKept } from './kept.ts';
import { instantOr } from './mend.ts';
import {
  countTryOf,
  itemById,
  markDamaged,
  markDelivered,
  markDiffers,
  markHandedOut,
  waitingItems,
  type WaitingRow,
} from './rows.ts';

/** More says no more: an item waits no longer than five minutes. */
const TRIES_SAID_AT_MOST = 1_000_000;

/** Urgent first, then oldest. Of people and content it says nothing. */
export function listWaiting(house: House): VaultReply<'listWaiting'> {
  const now = house.now();
  const items = waitingItems(house.store.sqlite).flatMap((row) => {
    const item = {
      id: row.id,
      kind: kindOf(row),
      isUrgent: row.is_urgent === 1,
      queuedAt: instantOr(row.queued_at, now),
      tries: Math.min(Math.max(row.tries, 0), TRIES_SAID_AT_MOST),
      nextTryAt: instantOr(row.next_try_at, now),
      problem: row.problem?.slice(0, 100) ?? null,
    };
    // One whose id is none is mended when the store is opened next; the others go on meanwhile.
    return WaitingItem.safeParse(item).data ?? [];
  });
  return { items };
}

/** What a leaver had not finished has no form that it was written in (queueLeft). */
function kindOf(row: WaitingRow): WaitingItem['kind'] {
  if (row.kind === 'concern' || row.written_as !== null) return row.kind;
  return row.sealing_key_id === '' ? 'unknown' : 'left';
}

/** Damaged bytes are not carried: a receipt for them would be green for something nobody can read. */
export function readSealed(
  house: House,
  { id }: VaultRequest<'readSealed'>,
): VaultReply<'readSealed'> {
  const { store } = house;
  const row = itemById(store.sqlite, id);
  if (row?.state !== 'waiting') throw new VaultFailure('not-found');
  if (row.sealed === null || sha256Hex(row.sealed) !== row.sha256) {
    if (!isDamaged(row)) store.write(() => markDamaged(store.sqlite, id, DAMAGED));
    throw new VaultFailure('fault');
  }
  if (row.handed_out === 0) {
    try {
      store.write(() => markHandedOut(store.sqlite, id), 'matters');
    } catch (error) {
      // A full disk must not keep an item from the school; only a concern that is still being
      // written could then replace bytes that have gone, and the school would keep both.
      if (!isDiskFailure(error)) throw error;
    }
  }
  house.underway.add(id);
  const isUrgent = row.is_urgent === 1;
  return {
    sealed: toBase64(row.sealed),
    sealingKeyId: row.sealing_key_id,
    computerId: house.computer.id,
    proof: signWith(house.computerKey, carryBytes({ id, sha256: row.sha256, isUrgent })),
    isUrgent,
  };
}

export function noteTry(house: House, request: VaultRequest<'noteTry'>): void {
  house.underway.delete(request.id);
  const { store } = house;
  if (!store.write(() => countTryOf(store.sqlite, request))) throw new VaultFailure('not-found');
}

/**
 * Ends the waiting. Only a receipt that the school signed, for this id and these very sealed
 * bytes, does (`not-genuine` otherwise): a captive portal's friendly answer is none.
 */
export function noteReceipt(house: House, request: VaultRequest<'noteReceipt'>): void {
  const { store, school } = house;
  const receipt = Receipt.parse(request.receipt);
  const row = itemById(store.sqlite, receipt.submissionId);
  if (!row) throw new VaultFailure('not-found');
  house.underway.delete(row.id);
  const isGenuine = isSignedBy(school.signingKey, receiptBytes(receipt), receipt.signature);
  if (!isGenuine || receipt.sha256 !== row.sha256) throw new VaultFailure('not-genuine');
  if (row.state === 'delivered') return;
  store.write(
    () =>
      markDelivered(store.sqlite, {
        id: row.id,
        receipt: JSON.stringify(receipt),
        receivedAt: receipt.receivedAt,
      }),
    'matters',
  );
  house.doneHere.add(row.id);
  pruneKept(house);
  store.wipe();
}

export function noteDiffers(house: House, { id }: VaultRequest<'noteDiffers'>): void {
  house.underway.delete(id);
  const { store } = house;
  if (!store.write(() => markDiffers(store.sqlite, id))) throw new VaultFailure('not-found');
  house.doneHere.add(id);
}
