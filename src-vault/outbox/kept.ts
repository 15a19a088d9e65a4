/** R83: what is done with is kept sealed for a while, in case the server is restored from a backup. */
import { lackingBytes } from '../../src-shared/contract/computer.ts';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import {
  DAMAGED,
  KEPT_DAYS,
  KEPT_LARGEST_BYTES,
  type VaultReply,
  type VaultRequest,
} from '../../src-shared/vault.ts';
import { signWith } from '../crypto.ts';
import type { House } from '../house.ts';
import { settleDamaged } from './damage.ts';
import {
  countDaysOfDiffers,
  damagedItems,
  dropFinished,
  dropSealed,
  keptItems,
  newestReceivedAt,
  queueAgain,
} from './rows.ts';

const DAY_MS = 24 * 60 * 60_000;
/** The server takes this many ids at once. */
const ASKED_AT_MOST = 5_000;

export function listKept(house: House): VaultReply<'listKept'> {
  const { sqlite } = house.store;
  const ids = [...damagedItems(sqlite, DAMAGED), ...keptItems(sqlite)]
    .slice(0, ASKED_AT_MOST)
    .map((row) => SubmissionId.parse(row.id));
  const asked = { computerId: house.computer.id, ids };
  return { ids, proof: signWith(house.computerKey, lackingBytes(asked)) };
}

/**
 * Those that the server lacks wait again, as they were sealed and signed then. Of the damaged ones,
 * those that it has are no loss, and the team is told of the others.
 */
export function offerAgain(house: House, { ids, has = [] }: VaultRequest<'offerAgain'>): void {
  const { store } = house;
  const now = house.now().toISOString();
  store.write(() => {
    for (const id of ids) queueAgain(store.sqlite, id, now);
    settleDamaged(house, { lacking: ids, has });
  }, 'matters');
}

/**
 * Removes what was done with more than 14 days ago, and the oldest beyond 1 GiB. The days are
 * counted by the times in the school's signed receipts: a clock that jumps ten years here must
 * not throw away what a restored server may still need.
 */
export function pruneKept(house: House, largestBytes = KEPT_LARGEST_BYTES): void {
  const { store } = house;
  const { sqlite } = store;
  const newest = newestReceivedAt(sqlite);
  if (newest === null) return;
  const before = new Date(Date.parse(newest) - KEPT_DAYS * DAY_MS).toISOString();
  let bytes = 0;
  const tooMany = keptItems(sqlite).filter((row) => {
    bytes += row.bytes;
    return bytes > largestBytes;
  });
  store.write(() => {
    for (const { id } of tooMany) dropSealed(sqlite, id);
    countDaysOfDiffers(sqlite, newest);
    dropFinished(sqlite, before);
  }, 'matters');
}
