/** Drafts: what a person has typed and not submitted, under their own key (architecture.md, step 1). */
import { DRAFT_LONGEST, type VaultReply, type VaultRequest } from '../../src-shared/vault.ts';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { VaultFailure, isDiskFailure } from '../failure.ts';
import { unlockedOf, type House, type Unlocked } from '../house.ts';
import { wasSubmittedBy } from '../outbox/rows.ts';
import { lockDraft, openDraft, type DraftContent } from './content.ts';
import { agrees, enter, readLedger, seenNumber, type Ledger } from './ledger.ts';
import { changeDrafts, reconcile, trueRow } from './reconcile.ts';
import {
  allDraftsOf,
  deleteDraft,
  discardedDrafts,
  insertDraft,
  replaceDraft,
  type StoredDraft,
} from './rows.ts';

/** How long a discarded draft can be brought back. */
const UNDO_MS = 60_000;

/**
 * Saves; what is answered is on the disk. A save made from an earlier revision than the stored one
 * takes the draft's place, and what it would have overwritten is kept as another version of it.
 */
export function saveDraft(
  house: House,
  { draft, revision, isLast }: VaultRequest<'saveDraft'>,
): VaultReply<'saveDraft'> {
  const unlocked = unlockedOf(house);
  const { id, ...rest } = draft;
  if (rest.content.length > DRAFT_LONGEST) throw new VaultFailure('too-large');
  const { store } = house;
  const now = house.now().toISOString();
  // What does not agree with the ledger is out of the way then: a save never goes on from it.
  const change = isLast === true ? ({ id, how: 'matters' } as const) : { id };
  return changeDrafts(house, unlocked, change, (ledger, found) => {
    const stored = found?.row;
    // Its page may not have heard of it, where the vault before this one ended as it answered.
    if (!stored && wasSubmittedBy(store.sqlite, unlocked.person, id)) {
      throw new VaultFailure('already-submitted');
    }
    const before = found?.content ?? null;
    const { otherVersionOf, older } = before ?? { otherVersionOf: null, older: null };
    // What was discarded was let go by the person; everything else that would be lost is kept.
    const isStale =
      stored !== undefined && stored.discarded_ms === null && stored.revision !== revision;
    const isOther = isStale && before !== null && !isSame(before, rest);
    if (stored && isOther)
      keepOther(house, unlocked, ledger, stored, {
        ...before,
        otherVersionOf: SubmissionId.parse(id),
      });
    const next = Math.max(stored?.revision ?? 0, revision) + 1;
    const row = {
      person: unlocked.person,
      id,
      revision: next,
      content: lockDraft(unlocked, { id, revision: next }, { ...rest, otherVersionOf, older }),
      changed_at: now,
      discarded_ms: null,
    };
    if (stored) replaceDraft(store.sqlite, row);
    else insertDraft(store.sqlite, row);
    enter(ledger, row);
    return { id: SubmissionId.parse(id), revision: next, savedAt: now, keptBoth: isOther };
  });
}

/** The person's own, newest first, and what has happened to some that they have not done (R22). */
export function listDrafts(house: House): VaultReply<'listDrafts'> {
  const unlocked = unlockedOf(house);
  const { sqlite } = house.store;
  try {
    reconcile(house, unlocked);
  } catch (error) {
    // On a full disk what is in order is listed all the same.
    if (!isDiskFailure(error)) throw error;
  }
  const ledger = readLedger(sqlite, unlocked, seenNumber(house, unlocked));
  if (ledger === null) throw new VaultFailure('not-saved');
  const drafts = [];
  for (const row of allDraftsOf(sqlite, unlocked.person)) {
    const entry = ledger.entries.get(row.id);
    if (entry === undefined || entry.isDiscarded || !agrees(entry, row)) continue;
    const opened = openDraft(unlocked, row);
    if (opened === null) continue;
    const { place: _, ...content } = opened;
    const { id, revision, changedAt } = entry;
    drafts.push({ id, changedAt, revision, ...content });
  }
  return { drafts, losses: ledger.losses };
}

/** Of the person's losses, those that they have read of; the rows that were kept aside stay. */
export function noteLossesSeen(house: House, { ids }: VaultRequest<'noteLossesSeen'>): void {
  const unlocked = unlockedOf(house);
  changeDrafts(house, unlocked, { how: 'matters' }, (ledger) => {
    ledger.losses = ledger.losses.filter((loss) => !ids.includes(loss.id));
  });
}

export function readDraft(
  house: House,
  { id }: VaultRequest<'readDraft'>,
): VaultReply<'readDraft'> {
  const unlocked = unlockedOf(house);
  const row = trueRow(house, unlocked, id);
  const content = row.discarded_ms === null ? openDraft(unlocked, row) : null;
  if (content === null) throw new VaultFailure('not-found');
  const { otherVersionOf: _, older: __, ...draft } = content;
  return {
    draft: { id: SubmissionId.parse(id), ...draft },
    revision: row.revision,
    changedAt: row.changed_at,
  };
}

/** Kept encrypted for a minute, so that it can be undone; `already-submitted` where nothing can be. */
export function discardDraft(house: House, { id }: VaultRequest<'discardDraft'>): void {
  setDiscardedOrFail(house, id, Math.round(house.steadyMs()));
}

export function undiscardDraft(house: House, { id }: VaultRequest<'undiscardDraft'>): void {
  setDiscardedOrFail(house, id, null);
}

/** Removes what was discarded more than a minute ago; at the start, all: `isStart`. */
export function removeDiscarded(house: House, isStart: boolean): void {
  const { store } = house;
  const old = discardedDrafts(store.sqlite).filter(
    (row) => isStart || house.steadyMs() - row.discarded_ms > UNDO_MS,
  );
  if (old.length === 0) return;
  store.write(() => {
    for (const { person, id } of old) deleteDraft(store.sqlite, person, id);
  }, 'matters');
  store.wipe();
}

function setDiscardedOrFail(house: House, id: string, discardedMs: number | null): void {
  const unlocked = unlockedOf(house);
  const { sqlite } = house.store;
  const isFound = changeDrafts(house, unlocked, { id, how: 'matters' }, (ledger, found) => {
    if (found === null) return false;
    const row = { ...found.row, discarded_ms: discardedMs };
    replaceDraft(sqlite, row);
    enter(ledger, row);
    return true;
  });
  if (isFound) return;
  const wasSubmitted = wasSubmittedBy(sqlite, unlocked.person, id);
  throw new VaultFailure(wasSubmitted ? 'already-submitted' : 'not-found');
}

function keepOther(
  house: House,
  unlocked: Unlocked,
  ledger: Ledger,
  stored: StoredDraft,
  content: DraftContent,
): void {
  const other = { ...stored, id: house.newId(), revision: 1, discarded_ms: null };
  const row = { ...other, content: lockDraft(unlocked, other, content) };
  insertDraft(house.store.sqlite, row);
  enter(ledger, row);
}

/** The same text in the same form: the caret alone makes no other version. */
function isSame(
  one: DraftContent,
  other: Pick<DraftContent, 'kind' | 'incidentId' | 'content'>,
): boolean {
  return (
    one.kind === other.kind && one.incidentId === other.incidentId && one.content === other.content
  );
}
