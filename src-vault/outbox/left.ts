/** Hands the drafts of somebody who has left over to the school, before their keys are destroyed (T13). */
import { z } from 'zod';
import { StaffId } from '../../src-shared/contract/staff.ts';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { Instant } from '../../src-shared/contract/values.ts';
import { toBase64 } from '../crypto.ts';
import { allDraftsOf, asideOf, type StoredDraft } from '../drafts/rows.ts';
import { VaultFailure } from '../failure.ts';
import type { House } from '../house.ts';
import { generationsOf, type PersonRow } from '../keys/rows.ts';
import { insertItem } from './rows.ts';
import { sealInside } from './submit.ts';

/**
 * Queues each of their drafts as it lies here, in the transaction that destroys the keys: either
 * both happen or neither. Needs nobody's key. Not those that they had discarded themselves.
 */
export function queueLeft(house: House, staffId: string): void {
  const { sqlite } = house.store;
  for (const person of generationsOf(sqlite, staffId)) {
    const drafts = allDraftsOf(sqlite, person.key).filter((row) => row.discarded_ms === null);
    for (const row of [...drafts, ...asideOf(sqlite, person.key)]) queueOne(house, person, row);
  }
}

type Row = Pick<StoredDraft, 'id' | 'revision' | 'content' | 'changed_at'>;

function queueOne(house: House, person: PersonRow, row: Row): void {
  const now = house.now().toISOString();
  const id = SubmissionId.parse(house.newId());
  const escrow = person.escrow === null ? null : toBase64(person.escrow);
  const seal = (content: string | null, key: string | null) =>
    sealInside(house, {
      kind: 'left',
      version: 1,
      id,
      staffId: StaffId.parse(person.staff_id),
      computerId: house.computer.id,
      escrow: key,
      draft: {
        // Also these may be anything by now; with another id or revision the content does not open.
        id: row.id.slice(0, ID_LONGEST),
        revision: Number.isSafeInteger(row.revision) ? row.revision : 0,
        // A time in the clear may be anything by now.
        changedAt: Instant.safeParse(row.changed_at).data ?? now,
        content,
      },
    });
  insertItem(house.store.sqlite, {
    id,
    kind: 'submission',
    ...firstThatGoes([
      () => seal(toBase64(row.content), escrow),
      () => seal(null, escrow),
      () => seal(null, null),
    ]),
    is_urgent: 0,
    queued_at: now,
    next_try_at: now,
    written_as: null,
    person: null,
    own_about: null,
    own_copy: null,
    is_finished: 1,
  });
}

const ID_LONGEST = 100;

/**
 * One that the school would not take, for its size or as it is damaged, is told of without its
 * content, and one whose escrow is none any more without that.
 */
function firstThatGoes<T>(ways: readonly (() => T)[]): T {
  for (const way of ways.slice(0, -1)) {
    try {
      return way();
    } catch (error) {
      const isRefused = error instanceof VaultFailure && error.code === 'too-large';
      if (!isRefused && !(error instanceof z.ZodError)) throw error;
    }
  }
  const last = ways.at(-1);
  if (last === undefined) throw new VaultFailure('fault');
  return last();
}
