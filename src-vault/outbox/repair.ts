/** Seals a damaged item again from its author's own copy, once they are here (R25). */
import type { House, Unlocked } from '../house.ts';
import { isDiskFailure } from '../failure.ts';
import { isDamaged } from '../../src-shared/vault.ts';
import { openAbout, openCopy } from './own.ts';
import { DAMAGE_READ, ownRowsOf, replaceItem } from './rows.ts';
import { sealSubmission } from './submit.ts';

/** Under its own id: should the first bytes have arrived after all, the school keeps both. */
export function repairDamaged(house: House, unlocked: Unlocked): void {
  const { store } = house;
  for (const row of ownRowsOf(store.sqlite, unlocked.person)) {
    if (row.state !== 'waiting' || !(isDamaged(row) || row.problem === DAMAGE_READ)) continue;
    const submission = openCopy(unlocked, row);
    if (submission === null) continue;
    const item = {
      ...sealSubmission(house, unlocked, submission, openAbout(unlocked, row)?.ledger ?? 0),
      is_urgent: row.is_urgent,
      next_try_at: house.now().toISOString(),
      person: unlocked.person,
      is_finished: 1,
    };
    try {
      store.write(() => replaceItem(store.sqlite, item), 'matters');
    } catch (error) {
      // Signing in must not fail on a full disk; the next one tries again.
      if (!isDiskFailure(error)) throw error;
    }
  }
}
