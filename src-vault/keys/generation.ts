/**
 * Begins a generation of a person's keys (R27). Its draft key is always made here and now: one that
 * came from the disk, an escrow or an old password may be known to whoever put it there, and is used
 * for bringing home what lies under it, never for what is written from now on.
 */
import { openText, lockText, randomKey, wipe, type SigningPair } from '../crypto.ts';
import { emptyLedger, writeLedger } from '../drafts/ledger.ts';
import type { House, Unlocked } from '../house.ts';
import { listBelonging } from '../lists/lists.ts';
import { listsOf, putList } from '../lists/rows.ts';
import type { DraftLoss } from '../../src-shared/vault.ts';
import type { Database } from '../store/open.ts';
import { lostKeysOf } from '../store/salvage.ts';
import { moveHome } from './adopt.ts';
import { escrowOf, newKeys, wrapKeys, type Keys } from './person-keys.ts';
import { generationsOf, insertPerson, type PersonRow } from './rows.ts';

export interface Beginning {
  readonly staffId: string;
  readonly email: string;
  readonly password: string;
  readonly hasEscrow: boolean;
}

/** What a generation holds, once something has opened it. */
export interface Opened {
  readonly row: PersonRow;
  readonly draftKey: Uint8Array;
}

/**
 * New keys, and in the same transaction everything of `from` that its key opens; what it does not
 * open stays there. Throws what the disk refuses: then nothing has changed.
 */
export async function beginGeneration(
  house: House,
  of: Beginning,
  from: Opened | null,
): Promise<{ readonly row: PersonRow; readonly keys: Keys }> {
  const keys = newKeys();
  const row = await rowOf(house, of, keys);
  const key = insertWith(house, row, of, keys, (to) => {
    if (from !== null) moveHome(house, to, from.row, from.draftKey);
  });
  wipe(from?.draftKey);
  return { row: { ...row, key }, keys };
}

/**
 * The same at a change of password by the person who is there: their lists, their profile and the
 * days of offline sign-in come along, and so does the signing key, which the school has certified.
 */
export async function continueUnder(
  house: House,
  of: Beginning,
  before: Opened & { readonly signing: SigningPair },
): Promise<{ readonly row: PersonRow; readonly keys: Keys }> {
  const { seed, publicKey } = before.signing;
  const keys = { draftKey: randomKey(), signing: { seed: Uint8Array.from(seed), publicKey } };
  const profile =
    before.row.profile &&
    openText(before.draftKey, before.row.profile, profileBelonging(of.staffId));
  const row = {
    ...(await rowOf(house, of, keys)),
    certificate: before.row.certificate,
    profile:
      profile === null ? null : lockText(keys.draftKey, profile, profileBelonging(of.staffId)),
    last_contact_ms: before.row.last_contact_ms,
    highest_ms: before.row.highest_ms,
  };
  const key = insertWith(house, row, of, keys, (to) => {
    moveLists(house.store.sqlite, to, before);
    moveHome(house, to, before.row, before.draftKey);
  });
  return { row: { ...row, key }, keys };
}

export const profileBelonging = (staffId: string) => ['profile', staffId] as const;

async function rowOf(house: House, of: Beginning, keys: Keys): Promise<Omit<PersonRow, 'key'>> {
  const newest = generationsOf(house.store.sqlite, of.staffId)[0];
  const generation = (newest?.generation ?? 0) + 1;
  const owner = { staff_id: of.staffId, computer_id: house.computer.id, generation };
  const escrow = of.hasEscrow
    ? escrowOf(house, owner, keys.draftKey)
    : { escrow: null, escrow_key_id: null };
  return {
    ...owner,
    ...(await wrapKeys(house, { ...of, owner, keys })),
    ...escrow,
    certificate: null,
    profile: null,
    last_contact_ms: null,
    highest_ms: house.now().getTime(),
    failed_tries: 0,
    blocked_until_ms: 0,
  };
}

/** Nothing of what was moved, and no record under an old password, is to be found beside it. */
function insertWith(
  house: House,
  row: Omit<PersonRow, 'key'>,
  of: Beginning,
  keys: Keys,
  move: (to: Unlocked) => void,
): number {
  const { store } = house;
  const key = store.write(() => {
    const person = insertPerson(store.sqlite, row);
    const { staffId, email } = of;
    const { generation } = row;
    const to = { person, staffId, generation, email, ...keys, isLedgerOwed: true };
    writeLedger(store.sqlite, to, { ...emptyLedger(), losses: takeLostKeys(house, staffId) });
    move(to);
    return person;
  }, 'matters');
  store.wipe();
  return key;
}

function moveLists(sqlite: Database, to: Unlocked, from: Opened): void {
  for (const { name, value, kept_at: keptAt } of listsOf(sqlite, from.row.key)) {
    const belonging = listBelonging(to.staffId, name);
    const text = openText(from.draftKey, value, belonging);
    if (text === null) continue;
    const locked = lockText(to.draftKey, text, belonging);
    putList(sqlite, { person: to.person, name, value: locked, keptAt });
  }
}

/** What their person is told where the disk has lost their earlier keys; once. */
function takeLostKeys({ store, now, newId }: House, staffId: string): DraftLoss[] {
  const { changes } = store.sqlite
    .prepare('DELETE FROM fact WHERE name = ?')
    .run(lostKeysOf(staffId));
  if (changes === 0) return [];
  return [{ id: newId(), is: 'keys', savedAt: null, foundAt: now().toISOString() }];
}
