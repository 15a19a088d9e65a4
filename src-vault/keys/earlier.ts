/** What a person's earlier keys still hold, after they began anew (R27). */
import type { VaultReply } from '../../src-shared/vault.ts';
import { allDraftsOf } from '../drafts/rows.ts';
import { unlockedOf, type House, type Unlocked } from '../house.ts';
import { mayBeOpened } from './person-keys.ts';
import { generationsOf, type PersonRow } from './rows.ts';

/** Earlier generations with drafts, newest first. */
export function earlierWithDrafts(house: House, to: Unlocked): PersonRow[] {
  const { sqlite } = house.store;
  return generationsOf(sqlite, to.staffId).filter(
    (row) => row.generation < to.generation && allDraftsOf(sqlite, row.key).length > 0,
  );
}

export function readEarlierDrafts(house: House): VaultReply<'readEarlierDrafts'> {
  const earlier = earlierWithDrafts(house, unlockedOf(house));
  return {
    count: earlier.reduce((sum, { key }) => sum + allDraftsOf(house.store.sqlite, key).length, 0),
    mayUseOld: earlier.some((row) => mayBeOpened(house, row)),
    mayRecover: earlier.some((row) => row.escrow !== null),
  };
}
