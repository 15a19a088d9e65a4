/** Drafts: what a person has typed and not submitted, under their own key (architecture.md, step 1). */
import { DRAFT_LONGEST, type VaultReply, type VaultRequest } from '../../src-shared/vault.ts';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { VaultFailure } from '../failure.ts';
import { unlockedOf, type House, type Unlocked } from '../house.ts';
import { isQueued } from '../outbox/rows.ts';
import { lockDraft, openDraft, type DraftContent } from './content.ts';
import {
  allDraftsOf,
  deleteDraft,
  discardedDrafts,
  draftOf,
  insertDraft,
  replaceDraft,
  setDiscarded,
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
  { draft, revision }: VaultRequest<'saveDraft'>,
): VaultReply<'saveDraft'> {
  const unlocked = unlockedOf(house);
  const { id, ...rest } = draft;
  if (rest.content.length > DRAFT_LONGEST) throw new VaultFailure('too-large');
  const { store } = house;
  const now = house.now().toISOString();
  return store.write(() => {
    const stored = draftOf(store.sqlite, unlocked.person, id);
    // A save that was underway when its form was submitted must not bring the draft back.
    if (!stored && isQueued(store.sqlite, id)) throw new VaultFailure('not-found');
    const before = stored ? openDraft(unlocked, stored) : null;
    const otherVersionOf = before?.otherVersionOf ?? null;
    // What was discarded was let go by the person; everything else that would be lost is kept.
    const isStale =
      stored !== undefined && stored.discarded_ms === null && stored.revision !== revision;
    const isOther = isStale && before !== null && !isSame(before, { ...rest, otherVersionOf });
    if (stored && isOther)
      keepOther(house, unlocked, stored, { ...before, otherVersionOf: SubmissionId.parse(id) });
    const next = Math.max(stored?.revision ?? 0, revision) + 1;
    const row = {
      person: unlocked.person,
      id,
      revision: next,
      content: lockDraft(
        unlocked,
        { id, revision: next },
        { ...rest, incidentId: rest.incidentId, otherVersionOf },
      ),
      changed_at: now,
      discarded_ms: null,
    };
    if (stored) replaceDraft(store.sqlite, row);
    else insertDraft(store.sqlite, row);
    return { id: SubmissionId.parse(id), revision: next, savedAt: now, keptBoth: isOther };
  });
}

/** The person's own, newest first. One that does not open any more is not shown, and not removed. */
export function listDrafts(house: House): VaultReply<'listDrafts'> {
  const unlocked = unlockedOf(house);
  const drafts = [];
  for (const row of allDraftsOf(house.store.sqlite, unlocked.person)) {
    const content = row.discarded_ms === null ? openDraft(unlocked, row) : null;
    if (content === null) continue;
    const { kind, incidentId, content: text, otherVersionOf } = content;
    drafts.push({
      id: SubmissionId.parse(row.id),
      kind,
      incidentId,
      content: text,
      changedAt: row.changed_at,
      revision: row.revision,
      otherVersionOf,
    });
  }
  return { drafts };
}

export function readDraft(
  house: House,
  { id }: VaultRequest<'readDraft'>,
): VaultReply<'readDraft'> {
  const unlocked = unlockedOf(house);
  const row = draftOf(house.store.sqlite, unlocked.person, id);
  if (!row || row.discarded_ms !== null) throw new VaultFailure('not-found');
  const content = openDraft(unlocked, row);
  if (content === null) throw new VaultFailure('not-found');
  const { otherVersionOf: _, ...draft } = content;
  return {
    draft: { id: SubmissionId.parse(id), ...draft },
    revision: row.revision,
    changedAt: row.changed_at,
  };
}

/** Kept encrypted for a minute, so that it can be undone. */
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
  const { person } = unlockedOf(house);
  const { store } = house;
  const found = store.write(
    () => setDiscarded(store.sqlite, { person, id, discardedMs }),
    'matters',
  );
  if (found === 0) throw new VaultFailure('not-found');
}

function keepOther(
  house: House,
  unlocked: Unlocked,
  stored: StoredDraft,
  content: DraftContent,
): void {
  const other = { ...stored, id: house.newId(), revision: 1, discarded_ms: null };
  insertDraft(house.store.sqlite, { ...other, content: lockDraft(unlocked, other, content) });
}

/** The same text in the same form: the caret alone makes no other version. */
function isSame(one: DraftContent, other: Omit<DraftContent, 'place'>): boolean {
  return (
    one.kind === other.kind && one.incidentId === other.incidentId && one.content === other.content
  );
}
