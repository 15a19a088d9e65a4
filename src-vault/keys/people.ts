/** The people who have keys on this computer: their profile, and forgetting them (T13). */
import { StaffId } from '../../src-shared/contract/staff.ts';
import type { VaultReply, VaultRequest } from '../../src-shared/vault.ts';
import { lockText } from '../crypto.ts';
import { unlockedOf, type House } from '../house.ts';
import { queueLeft } from '../outbox/left.ts';
import { profileBelonging } from './generation.ts';
import { noteContact } from './limits.ts';
import { deletePerson, staffIdsHere, updatePerson } from './rows.ts';
import { forgetUnlocked } from './unlock.ts';

/** Keeps the session as the page knows it, for signing in without the server; a contact happened. */
export function keepProfile(house: House, { profile }: VaultRequest<'keepProfile'>): void {
  const { person, staffId, draftKey } = unlockedOf(house);
  const { store } = house;
  const locked = lockText(draftKey, profile, profileBelonging(staffId));
  store.write(() => {
    updatePerson(store.sqlite, person, { profile: locked });
    noteContact(house, person);
  });
}

export function listPeople({ store }: House): VaultReply<'listPeople'> {
  // An id that is none any more opens nothing, and keeps nobody else from being asked about.
  return { staffIds: staffIdsHere(store.sqlite).flatMap((id) => StaffId.safeParse(id).data ?? []) };
}

/**
 * Somebody has left: what they had not finished is queued for the safeguarding team, their wrapped
 * keys are destroyed in the same transaction; what is sealed is still carried (T13).
 */
export function forgetPerson(house: House, { staffId }: VaultRequest<'forgetPerson'>): void {
  if (house.unlocked?.staffId === staffId) forgetUnlocked(house);
  const { store } = house;
  store.write(() => {
    queueLeft(house, staffId);
    deletePerson(store.sqlite, staffId);
  }, 'matters');
  store.wipe();
}
