/** R83: what is done with is kept sealed for a while, in case the server is restored from a backup. */
import { lackingBytes } from '../../src-shared/contract/computer.ts';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { Instant } from '../../src-shared/contract/values.ts';
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
  damagedItems,
  dropFinished,
  dropSealed,
  finishedItems,
  keptItems,
  noteReceivedAt,
  queueAgain,
} from './rows.ts';

const DAY_MS = 24 * 60 * 60_000;
/** The server takes this many ids at once. */
const ASKED_AT_MOST = 5_000;

export function listKept(house: House): VaultReply<'listKept'> {
  const { sqlite } = house.store;
  const ids = [...damagedItems(sqlite, DAMAGED), ...keptItems(sqlite)]
    .flatMap((row) => SubmissionId.safeParse(row.id).data ?? [])
    .slice(0, ASKED_AT_MOST);
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
 * Removes what was done with more than 14 days ago, and the oldest beyond 1 GiB, but nothing that this
 * vault has seen delivered. Throws what the disk refuses.
 */
export function pruneKept(house: House, largestBytes = KEPT_LARGEST_BYTES): void {
  const { store, doneHere } = house;
  const { sqlite } = store;
  const finished = finishedItems(sqlite).map(({ id, received_at: at }) => ({
    id,
    ms: Instant.safeParse(at).success ? Date.parse(at ?? '') : null,
  }));
  const newest = newestOf(finished, house.now());
  if (newest === null) return;
  let bytes = 0;
  const tooMany = keptItems(sqlite).filter((row) => {
    bytes += row.bytes;
    return bytes > largestBytes;
  });
  store.write(() => {
    for (const { id } of tooMany) dropSealed(sqlite, id);
    for (const { id, ms } of finished) {
      // Bytes that differed have no receipt, and a time in the clear may be anything by now.
      if (ms === null) noteReceivedAt(sqlite, id, new Date(newest).toISOString());
      else if (ms < newest - KEPT_DAYS * DAY_MS && !doneHere.has(id)) dropFinished(sqlite, id);
    }
  }, 'matters');
}

/**
 * The school's time, in milliseconds, as far as the receipts tell it: a clock here that jumps ten years
 * must not throw away what a restored server may still need. Nor must one there that was wrong once:
 * a single day that is ahead of the second newest and of the clock here is not believed.
 */
function newestOf(finished: readonly { readonly ms: number | null }[], now: Date): number | null {
  const times = finished.flatMap(({ ms }) => (ms === null ? [] : [ms])).toSorted((a, b) => b - a);
  const [newest] = times;
  if (newest === undefined) return null;
  const second = times.find((ms) => dayOf(ms) < dayOf(newest)) ?? Number.NEGATIVE_INFINITY;
  return Math.min(newest, Math.max(second, now.getTime() + DAY_MS));
}

const dayOf = (ms: number): number => Math.floor(ms / DAY_MS);
