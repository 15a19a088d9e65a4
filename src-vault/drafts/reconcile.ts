/**
 * Puts right what does not agree with the ledger (R22, R25): a row that was put back becomes a draft
 * of its own that says so, one that does not open is kept aside, one that is gone is noted. Nothing
 * is thrown away, no older version stands in the place of a newer one, and the person is told.
 */
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { Instant } from '../../src-shared/contract/values.ts';
import type { DraftLoss } from '../../src-shared/vault.ts';
import { VaultFailure } from '../failure.ts';
import type { House, Unlocked } from '../house.ts';
import { highestLedgerNumber } from '../outbox/own.ts';
import type { Database } from '../store/open.ts';
import { lockDraft, openDraft, type DraftContent } from './content.ts';
import {
  agrees,
  emptyLedger,
  enter,
  readLedger,
  seenNumber,
  writeLedger,
  type Ledger,
  type LedgerOwner,
} from './ledger.ts';
import {
  allDraftsOf,
  asideOf,
  deleteAside,
  deleteDraft,
  draftOf,
  insertDraft,
  putRowAside,
  type StoredDraft,
} from './rows.ts';

export type Mending = Pick<House, 'newId' | 'now'> & { readonly sqlite: Database };

/**
 * A change of the person's drafts: in one transaction the ledger is read, put right where it does
 * not agree with the rows, changed by `work` and written back. Of the rows only that of `id` is
 * compared, for a save that somebody waits for; all where there is none. `work` is given that row.
 */
export function changeDrafts<T>(
  house: House,
  unlocked: Unlocked,
  change: { readonly id?: string; readonly how?: 'matters' },
  work: (ledger: Ledger, found: FoundDraft | null) => T,
): T {
  const { value, number } = house.store.write(() => {
    const { ledger, found } = startOf(house, unlocked, change.id);
    const done = work(ledger, found);
    return { value: done, number: writeLedger(house.store.sqlite, unlocked, ledger) };
  }, change.how);
  house.ledgerSeen = { person: unlocked.person, number };
  return value;
}

/** A draft's row, and what is in it: null where it does not open. */
export interface FoundDraft {
  readonly row: StoredDraft;
  readonly content: DraftContent | null;
}

/** The ledger, true to the rows; for the transaction of a change, which writes it back. */
export function ledgerFor(house: House, unlocked: Unlocked): Ledger {
  const ledger = readLedger(house.store.sqlite, unlocked, seenNumber(house, unlocked));
  const known = ledger === null ? lastKnown(house, unlocked) : { ledger, isOwed: true };
  return mendAll(mendingOf(house), unlocked, known);
}

/** The same for a change of one draft, whose row is read and opened once. */
function startOf(
  house: House,
  unlocked: Unlocked,
  id: string | undefined,
): { readonly ledger: Ledger; readonly found: FoundDraft | null } {
  if (id === undefined) return { ledger: ledgerFor(house, unlocked), found: null };
  const { sqlite } = house.store;
  const ledger = readLedger(sqlite, unlocked, seenNumber(house, unlocked));
  if (ledger === null) {
    return { ledger: ledgerFor(house, unlocked), found: findDraft(sqlite, unlocked, id) };
  }
  const found = findDraft(sqlite, unlocked, id);
  const isTrueRow = agrees(ledger.entries.get(id), found?.row) && found?.content !== null;
  if (isTrueRow) return { ledger, found };
  mendOne(mendingOf(house), unlocked, ledger, id, 'a ledger');
  return { ledger, found: findDraft(sqlite, unlocked, id) };
}

function findDraft(sqlite: Database, owner: LedgerOwner, id: string): FoundDraft | null {
  const row = draftOf(sqlite, owner.person, id);
  return row === undefined ? null : { row, content: openDraft(owner, row) };
}

/** Compares everything; writes only where something does not agree. Throws what the disk refuses. */
export function reconcile(house: House, unlocked: Unlocked): void {
  const { sqlite } = house.store;
  const witness = highestLedgerNumber(sqlite, unlocked);
  const atLeast = Math.max(seenNumber(house, unlocked), witness);
  const ledger = readLedger(sqlite, unlocked, atLeast);
  const isInOrder =
    ledger !== null &&
    asideOf(sqlite, unlocked.person).every((row) => openDraft(unlocked, row) === null) &&
    disagreeing(sqlite, unlocked, ledger).length === 0;
  if (isInOrder) {
    house.ledgerSeen = { person: unlocked.person, number: ledger.number };
    return;
  }
  const number = house.store.write(() => {
    const known = ledger === null ? lastKnown(house, unlocked, atLeast) : { ledger, isOwed: true };
    return writeLedger(sqlite, unlocked, mendAll(mendingOf(house), unlocked, known));
  }, 'matters');
  house.ledgerSeen = { person: unlocked.person, number };
}

/** For keys from before there were ledgers: what is there is the newest that is known. */
export function beginLedger(house: House, owner: LedgerOwner): void {
  const mending = mendingOf(house);
  if (readLedger(mending.sqlite, owner) !== null) return;
  const begun = mendAll(mending, owner, { ledger: emptyLedger(), isOwed: false });
  writeLedger(mending.sqlite, owner, begun);
}

interface Known {
  readonly ledger: Ledger;
  /** False for keys from before there were ledgers: what is there is taken as it is, once. */
  readonly isOwed: boolean;
  /** Whether a ledger that should be there is not. */
  readonly isLost?: boolean;
}

/** Also for an earlier generation of the person's keys, which has a ledger of its own. */
export function mendAll(mending: Mending, owner: LedgerOwner, known: Known): Ledger {
  const { isOwed } = known;
  const { sqlite } = mending;
  const isOld = isOwed && isOlderThanRows(sqlite, owner, known.ledger);
  const isLost = isOld || (known.isLost ?? false);
  const ledger = isOld ? { ...known.ledger, entries: new Map() } : known.ledger;
  const how: Comparing = !isOwed ? 'nothing' : isLost ? 'a lost ledger' : 'a ledger';
  if (isLost) addLoss(mending, ledger, 'record', null);
  for (const id of isOwed ? disagreeing(sqlite, owner, ledger) : idsOf(sqlite, owner)) {
    mendOne(mending, owner, ledger, id, how);
  }
  for (const row of asideOf(sqlite, owner.person)) {
    const content = openDraft(owner, row);
    if (content === null) continue;
    deleteAside(sqlite, row.key);
    keepAsOlder(mending, owner, ledger, row, { content, newestSavedAt: null });
  }
  // Discarded and removed since: nothing has to be known of it any more.
  for (const [id, entry] of ledger.entries) {
    if (entry.isDiscarded && !draftOf(sqlite, owner.person, id)) ledger.entries.delete(id);
  }
  return ledger;
}

/** With nothing to compare it with, a row is taken as the newest; with a lost ledger none is. */
type Comparing = 'a ledger' | 'a lost ledger' | 'nothing';

function mendOne(
  mending: Mending,
  owner: LedgerOwner,
  ledger: Ledger,
  id: string,
  how: Comparing,
): void {
  const { sqlite } = mending;
  const row = draftOf(sqlite, owner.person, id);
  const entry = ledger.entries.get(id);
  ledger.entries.delete(id);
  const newestSavedAt = entry === undefined || entry.isDiscarded ? null : entry.changedAt;
  if (row === undefined) {
    if (newestSavedAt !== null) addLoss(mending, ledger, 'missing', newestSavedAt);
    return;
  }
  const content = openDraft(owner, row);
  if (content === null) {
    putRowAside(sqlite, row, mending.now().toISOString());
    addLoss(mending, ledger, 'unreadable', newestSavedAt ?? instantOf(row.changed_at));
    return;
  }
  if (how === 'nothing') {
    enter(ledger, row);
    return;
  }
  deleteDraft(sqlite, owner.person, id);
  if (how === 'a ledger') {
    addLoss(mending, ledger, newestSavedAt === null ? 'came-back' : 'put-back', newestSavedAt);
  }
  keepAsOlder(mending, owner, ledger, row, { content, newestSavedAt });
}

/** A draft of its own, so that what its person saves under the old id never meets it. */
function keepAsOlder(
  mending: Mending,
  owner: LedgerOwner,
  ledger: Ledger,
  row: Pick<StoredDraft, 'changed_at'>,
  older: { readonly content: DraftContent; readonly newestSavedAt: string | null },
): void {
  const { newestSavedAt } = older;
  const kept = { person: owner.person, id: mending.newId(), revision: 1, discarded_ms: null };
  const content = { ...older.content, older: { newestSavedAt } };
  const changed_at = instantOf(row.changed_at) ?? mending.now().toISOString();
  const stored = { ...kept, changed_at, content: lockDraft(owner, kept, content) };
  insertDraft(mending.sqlite, stored);
  enter(ledger, stored);
}

function addLoss(
  { newId, now }: Mending,
  ledger: Ledger,
  is: DraftLoss['is'],
  savedAt: string | null,
): void {
  const id = SubmissionId.parse(newId());
  ledger.losses = [...ledger.losses, { id, is, savedAt, foundAt: now().toISOString() }];
}

/** Whether the row is the one that its person left, and opens. */
function isTrue(
  owner: LedgerOwner,
  ledger: Ledger,
  id: string,
  row: StoredDraft | undefined,
): boolean {
  return (
    agrees(ledger.entries.get(id), row) && (row === undefined || openDraft(owner, row) !== null)
  );
}

function disagreeing(sqlite: Database, owner: LedgerOwner, ledger: Ledger): string[] {
  const rows = new Map(allDraftsOf(sqlite, owner.person).map((row) => [row.id, row]));
  const ids = new Set([...rows.keys(), ...ledger.entries.keys()]);
  return [...ids].filter((id) => !isTrue(owner, ledger, id, rows.get(id)));
}

/** A row that opens and is newer than the ledger says: the ledger was put back, and says nothing. */
function isOlderThanRows(sqlite: Database, owner: LedgerOwner, ledger: Ledger): boolean {
  return allDraftsOf(sqlite, owner.person).some((row) => {
    const entry = ledger.entries.get(row.id);
    return entry !== undefined && row.revision > entry.revision && openDraft(owner, row) !== null;
  });
}

function idsOf(sqlite: Database, { person }: LedgerOwner): string[] {
  return allDraftsOf(sqlite, person).map(({ id }) => id);
}

/** What to go on from where the ledger is not there: a number that no earlier one had. */
function lastKnown(house: House, unlocked: Unlocked, atLeast = seenNumber(house, unlocked)): Known {
  const isOwed = unlocked.isLedgerOwed || atLeast > 0;
  return { ledger: { ...emptyLedger(), number: atLeast }, isOwed, isLost: isOwed };
}

export function mendingOf({ store: { sqlite }, newId, now }: House): Mending {
  return { sqlite, newId, now };
}

/** A time in the clear may be anything by now. */
function instantOf(text: string): string | null {
  return Instant.safeParse(text).data ?? null;
}

/** The row of a draft that its person left there; `not-found` for every other. */
export function trueRow(house: House, unlocked: Unlocked, id: string): StoredDraft {
  const { sqlite } = house.store;
  const row = draftOf(sqlite, unlocked.person, id);
  const ledger = readLedger(sqlite, unlocked, seenNumber(house, unlocked));
  if (!row || ledger === null || !agrees(ledger.entries.get(id), row)) {
    throw new VaultFailure('not-found');
  }
  return row;
}
