/**
 * Mends what stands in the clear in a row of the outbox and is not what it was (R25): one changed
 * character, which SQLite does not notice, must not keep every other item from being carried.
 */
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { Instant } from '../../src-shared/contract/values.ts';
import { DAMAGED } from '../../src-shared/vault.ts';
import type { House } from '../house.ts';
import { allIds, isQueued, markDamaged, renameItem } from './rows.ts';

/**
 * Gives a row whose id is none the one that it was written as; where that is none either, or another
 * row's, a new one, and it is damaged: nobody knows any more what the school was to call it.
 */
export function mendIds({ store, newId }: House): void {
  const { sqlite } = store;
  const wrong = allIds(sqlite).filter(({ id }) => !SubmissionId.safeParse(id).success);
  if (wrong.length === 0) return;
  store.write(() => {
    for (const { id, written_as: writtenAs } of wrong) {
      const known = SubmissionId.safeParse(writtenAs).data ?? null;
      if (known !== null && !isQueued(sqlite, known)) renameItem(sqlite, id, known);
      else {
        const fresh = newId();
        renameItem(sqlite, id, fresh);
        markDamaged(sqlite, fresh, DAMAGED);
      }
    }
  }, 'matters');
}

/** A time in the clear may be anything by now. */
export function instantOr(text: string, otherwise: Date): string {
  return Instant.safeParse(text).data ?? otherwise.toISOString();
}
