/** Roster, categories, groups, staff and the contact, for typing offline, under the person's key (R28). */
import type { VaultReply, VaultRequest } from '../../src-shared/vault.ts';
import { lockText, openText } from '../crypto.ts';
import { unlockedOf, type House } from '../house.ts';
import { listOf, putList } from './rows.ts';

export const listBelonging = (staffId: string, name: string) => [
  'meadowlark list 1',
  staffId,
  name,
];

export function keepList(house: House, { name, value }: VaultRequest<'keepList'>): void {
  const { person, staffId, draftKey } = unlockedOf(house);
  const { store } = house;
  const locked = lockText(draftKey, value, listBelonging(staffId, name));
  const keptAt = house.now().toISOString();
  store.write(() => putList(store.sqlite, { person, name, value: locked, keptAt }));
}

/** Null where there is none, or none that opens: the school is asked for it at the next contact. */
export function readList(house: House, { name }: VaultRequest<'readList'>): VaultReply<'readList'> {
  const { person, staffId, draftKey } = unlockedOf(house);
  const row = listOf(house.store.sqlite, person, name);
  const value = row ? openText(draftKey, row.value, listBelonging(staffId, name)) : null;
  return { value, keptAt: row && value !== null ? row.kept_at : null };
}
