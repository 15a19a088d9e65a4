/**
 * Brings drafts of an earlier generation of a person's keys under their present key, once
 * something opens it: an old password, the escrow, or the keychain that is back (R27).
 */
import { lockText, openText, wipe } from '../crypto.ts';
import { draftBelonging } from '../../src-shared/contract/left.ts';
import { emptyLedger, enter, readLedger, writeLedger, type LedgerOwner } from '../drafts/ledger.ts';
import { ledgerFor, mendAll, mendingOf } from '../drafts/reconcile.ts';
import { allDraftsOf, asideOf, deleteDraft, insertDraft } from '../drafts/rows.ts';
import type { House, Unlocked } from '../house.ts';
import { lockOwnAgain } from '../outbox/own.ts';
import { ownRowsOf, replaceOwn } from '../outbox/rows.ts';
import type { Database } from '../store/open.ts';
import { isLedgerOwed, unwrapKeys } from './person-keys.ts';
import { deleteGeneration, generationsOf, type PersonRow } from './rows.ts';

/** Trying a generation costs one Argon2id: more than these at a sign-in would be felt. */
const TRIED_AT_MOST = 3;
/** Whoever gives an old password waits for it: far more than anybody has begun anew. */
export const ASKED_AT_MOST = 30;

/** Says how many generations were brought home: of the newest, or just the one that was recovered. */
export async function adoptEarlier(
  house: House,
  to: Unlocked,
  passwords: readonly string[],
  than: {
    readonly recovered?: { readonly row: PersonRow; readonly draftKey: Uint8Array };
    readonly atMost?: number;
  } = {},
): Promise<number> {
  const { recovered, atMost = TRIED_AT_MOST } = than;
  const earlier = generationsOf(house.store.sqlite, to.staffId)
    .filter((row) => row.generation < to.generation)
    .filter((row) => recovered === undefined || row.key === recovered.row.key)
    .slice(0, atMost);
  let adopted = 0;
  for (const row of earlier) {
    const draftKey =
      recovered?.row.key === row.key ? recovered.draftKey : await firstKey(house, row, passwords);
    if (draftKey === null) continue;
    const { store } = house;
    try {
      store.write(() => moveHome(house, to, row, draftKey), 'matters');
    } finally {
      wipe(draftKey);
    }
    store.wipe();
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

/**
 * For a transaction: what the key opens goes to `to`. What does not open is left where it is, and
 * the generation with it: nothing is dropped.
 */
export function moveHome(house: House, to: Unlocked, from: PersonRow, draftKey: Uint8Array): void {
  const { sqlite } = house.store;
  const owner = { person: from.key, staffId: to.staffId, draftKey };
  moveDrafts(house, to, owner, isLedgerOwed(from));
  const areAllMoved = moveOwn(sqlite, to, owner);
  const isEmpty = areAllMoved && asideOf(sqlite, from.key).length === 0;
  if (isEmpty) deleteGeneration(sqlite, from.key);
}

/** With what its ledger says of them; both ledgers are written in the transaction of the move. */
function moveDrafts(house: House, to: Unlocked, from: LedgerOwner, isOwed: boolean): void {
  const { sqlite } = house.store;
  const kept = readLedger(sqlite, from);
  const ledger = mendAll(mendingOf(house), from, {
    ledger: kept ?? emptyLedger(),
    isOwed: kept !== null || isOwed,
    isLost: kept === null && isOwed,
  });
  const home = ledgerFor(house, to);
  for (const draft of allDraftsOf(sqlite, from.person)) {
    const text = openText(from.draftKey, draft.content, draftBelonging(to.staffId, draft));
    if (text === null) continue;
    const isTaken = allDraftsOf(sqlite, to.person).some((one) => one.id === draft.id);
    const moved = { ...draft, person: to.person, id: isTaken ? house.newId() : draft.id };
    const belonging = draftBelonging(to.staffId, moved);
    const row = { ...moved, content: lockText(to.draftKey, text, belonging) };
    insertDraft(sqlite, row);
    enter(home, row);
    deleteDraft(sqlite, from.person, draft.id);
  }
  home.losses = [...home.losses, ...ledger.losses];
  // The submissions that come along speak of the earlier ledger's numbers.
  const number = Math.max(home.number, ledger.number);
  writeLedger(sqlite, to, { ...home, number });
  writeLedger(sqlite, from, { ...emptyLedger(), number: ledger.number });
}

/** Says whether all of them opened. */
function moveOwn(sqlite: Database, to: Unlocked, from: LedgerOwner): boolean {
  let areAllMoved = true;
  for (const row of ownRowsOf(sqlite, from.person)) {
    if (row.own_about === null) continue;
    const again = lockOwnAgain(from, to, row);
    if (again === null) areAllMoved = false;
    else replaceOwn(sqlite, { id: row.id, person: to.person, ...again });
  }
  return areAllMoved;
}
