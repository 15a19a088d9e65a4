/**
 * Brings drafts of an earlier generation of a person's keys under their present key, once
 * something opens it: an old password, the escrow, or the keychain that is back (R27).
 */
import { lockText, openText, wipe } from '../crypto.ts';
import { draftBelonging } from '../drafts/content.ts';
import { allDraftsOf, insertDraft } from '../drafts/rows.ts';
import type { House, Unlocked } from '../house.ts';
import { ownBelonging } from '../outbox/own.ts';
import { ownRowsOf, replaceOwn } from '../outbox/rows.ts';
import { unwrapKeys } from './person-keys.ts';
import { deleteGeneration, generationsOf, type PersonRow } from './rows.ts';

/** Trying a generation costs one Argon2id: more than these at a sign-in would be felt. */
const TRIED_AT_MOST = 3;

/** Says how many generations were brought home. */
export async function adoptEarlier(
  house: House,
  to: Unlocked,
  passwords: readonly string[],
  recovered?: { readonly row: PersonRow; readonly draftKey: Uint8Array },
): Promise<number> {
  const earlier = generationsOf(house.store.sqlite, to.staffId)
    .filter((row) => row.generation < to.generation)
    .slice(0, TRIED_AT_MOST);
  let adopted = 0;
  for (const row of earlier) {
    const draftKey =
      recovered?.row.key === row.key ? recovered.draftKey : await firstKey(house, row, passwords);
    if (draftKey === null) continue;
    moveTo(house, to, row, draftKey);
    wipe(draftKey);
    adopted += 1;
  }
  return adopted;
}

async function firstKey(
  house: House,
  row: PersonRow,
  passwords: readonly string[],
): Promise<Uint8Array | null> {
  for (const password of passwords) {
    const keys = await unwrapKeys(house, row, password);
    if (keys !== null) {
      wipe(keys.signing.seed);
      return keys.draftKey;
    }
  }
  return null;
}

/** What does not open is left where it is, and the generation with it: nothing is dropped. */
function moveTo(house: House, to: Unlocked, from: PersonRow, draftKey: Uint8Array): void {
  const { store, newId } = house;
  const { sqlite } = store;
  store.write(() => {
    let isEmpty = true;
    for (const draft of allDraftsOf(sqlite, from.key)) {
      const text = openText(draftKey, draft.content, draftBelonging(to.staffId, draft));
      if (text === null) {
        isEmpty = false;
        continue;
      }
      const taken = allDraftsOf(sqlite, to.person).some((one) => one.id === draft.id);
      const moved = { ...draft, person: to.person, id: taken ? newId() : draft.id };
      const belonging = draftBelonging(to.staffId, moved);
      insertDraft(sqlite, { ...moved, content: lockText(to.draftKey, text, belonging) });
    }
    for (const row of ownRowsOf(sqlite, from.key)) {
      const again = (what: 'about' | 'copy', locked: Uint8Array | null): Uint8Array | null => {
        if (locked === null) return null;
        const belonging = ownBelonging(what, to.staffId, row.id);
        const text = openText(draftKey, locked, belonging);
        if (text === null) isEmpty = false;
        return text === null ? null : lockText(to.draftKey, text, belonging);
      };
      const about = again('about', row.own_about);
      const copy = again('copy', row.own_copy);
      if (about !== null) replaceOwn(sqlite, { id: row.id, person: to.person, about, copy });
    }
    if (isEmpty) deleteGeneration(sqlite, from.key);
  });
  store.wipe();
}
