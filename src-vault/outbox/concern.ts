/** A concern from somebody who cannot sign in: there is no key to keep it by, so each save is sealed. */
import { Concern } from '../../src-shared/contract/seal.ts';
import {
  CONCERN_LEFT_ALONE_MS,
  type VaultReply,
  type VaultRequest,
} from '../../src-shared/vault.ts';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import type { House } from '../house.ts';
import { deleteUnsent, insertItem, isQueued, replaceItem, unsentConcerns } from './rows.ts';
import { sealInside } from './submit.ts';

/**
 * Replaces the earlier save while nobody was given it to carry. Unfinished, it may be carried
 * after 10 minutes; a writer who goes on after that goes on in an item of its own, so that the
 * school has the earlier words and the later ones. So does one who goes on after they had finished:
 * an unfinished save never takes the place of a finished one. Urgent: a child's safety waits for nobody.
 */
export function saveConcern(
  house: House,
  request: VaultRequest<'saveConcern'>,
): VaultReply<'saveConcern'> {
  const { store, now } = house;
  const concern = Concern.parse(request.concern);
  const savedAt = now().toISOString();
  const waitMs = concern.isFinished ? 0 : CONCERN_LEFT_ALONE_MS;
  store.write(() => {
    const all = unsentConcerns(store.sqlite, concern.id);
    const unsent = all.find((row) => concern.isFinished || row.is_finished === 0);
    const isTaken = unsent === undefined && isQueued(store.sqlite, concern.id);
    const id = SubmissionId.parse(unsent?.id ?? (isTaken ? house.newId() : concern.id));
    const item = {
      id,
      ...sealInside(house, {
        kind: 'concern',
        version: 1,
        computerId: house.computer.id,
        concern: { ...concern, id },
      }),
      is_urgent: 1,
      next_try_at: new Date(now().getTime() + waitMs).toISOString(),
      person: null,
      own_about: null,
      own_copy: null,
      is_finished: concern.isFinished ? 1 : 0,
    };
    if (unsent) replaceItem(store.sqlite, item);
    else {
      insertItem(store.sqlite, {
        ...item,
        kind: 'concern',
        queued_at: savedAt,
        written_as: concern.id,
      });
    }
    // The finished words are the last of this form: what it had queued besides is replaced by them.
    const replaced = all.filter((row) => concern.isFinished && row.id !== id);
    for (const row of replaced) deleteUnsent(store.sqlite, row.id);
  }, 'matters');
  return { savedAt };
}
