/** Submitting (architecture.md, step 2): signed, then sealed to the school, then queued, at once. */
import {
  SEALED_LARGEST_BYTES,
  insideBytes,
  signedBytes,
  type SealedInside,
} from '../../src-shared/contract/seal.ts';
import { StaffId } from '../../src-shared/contract/staff.ts';
import { Submission, SubmissionId } from '../../src-shared/contract/submission.ts';
import type { VaultReply, VaultRequest } from '../../src-shared/vault.ts';
import { sealTo, sealingKeyId, sha256Hex, signWith } from '../crypto.ts';
import { changeDrafts } from '../drafts/reconcile.ts';
import { deleteDraft } from '../drafts/rows.ts';
import { VaultFailure } from '../failure.ts';
import { unlockedOf, type House, type Unlocked } from '../house.ts';
import { certificateIfHere } from '../keys/certificate.ts';
import { lockOwn, openAbout, samenessOf } from './own.ts';
import { insertItem, itemsWrittenAs, replaceItem } from './rows.ts';

/**
 * One transaction: the sealed item is queued, the author's copy kept under their key, the draft
 * removed. Submitting the same words again answers as the first time. Other words under an id
 * that may have reached the school already are queued under an id of their own, which is
 * answered: neither of the two is lost.
 */
export function submit(house: House, request: VaultRequest<'submit'>): VaultReply<'submit'> {
  const unlocked = unlockedOf(house);
  const { store } = house;
  const { sqlite } = store;
  const submission = Submission.parse(request.submission);
  const now = house.now().toISOString();
  const change = { id: submission.id, how: 'matters' } as const;
  let isAnythingGone = false;
  const answer = changeDrafts(house, unlocked, change, (ledger) => {
    isAnythingGone = deleteDraft(sqlite, unlocked.person, submission.id) > 0;
    ledger.entries.delete(submission.id);
    const earlier = itemsWrittenAs(sqlite, submission.id).map((row) => ({
      ...row,
      about: row.person === unlocked.person ? openAbout(unlocked, row) : null,
    }));
    const sameness = samenessOf(unlocked, submission);
    const same = earlier.find(({ about }) => about?.sameness === sameness);
    if (same) return { id: SubmissionId.parse(same.id), queuedAt: same.queued_at };
    const unsent = earlier.find(
      (row) => row.about !== null && row.state === 'waiting' && row.handed_out === 0,
    );
    const fresh = earlier.length === 0 ? submission.id : house.newId();
    const id = SubmissionId.parse(unsent?.id ?? fresh);
    const row = {
      ...sealSubmission(house, unlocked, { ...submission, id }, ledger.number + 1),
      is_urgent: request.isUrgent ? 1 : 0,
      next_try_at: now,
      person: unlocked.person,
      is_finished: 1,
    };
    if (unsent) {
      replaceItem(sqlite, row);
      isAnythingGone = true;
    } else {
      insertItem(sqlite, {
        ...row,
        kind: 'submission',
        queued_at: now,
        written_as: submission.id,
      });
    }
    return { id, queuedAt: unsent?.queued_at ?? now };
  });
  // Emptying the log costs more than the commit: only where something was taken away (R23).
  if (isAnythingGone) store.wipe();
  return answer;
}

/** Throws `too-large` where the school would not take the sealed bytes. */
export function sealSubmission(
  house: House,
  unlocked: Unlocked,
  submission: Submission,
  ledgerNumber: number,
) {
  const unsigned = {
    staffId: StaffId.parse(unlocked.staffId),
    computerId: house.computer.id,
    submission,
  };
  return {
    id: submission.id,
    ...sealInside(house, {
      kind: 'submission',
      version: 1,
      ...unsigned,
      certificate: certificateIfHere(house, unlocked.person),
      signature: signWith(unlocked.signing, signedBytes(unsigned)),
    }),
    ...lockOwn(unlocked, submission, ledgerNumber),
  };
}

export function sealInside({ school }: House, inside: SealedInside) {
  const sealed = sealTo(school.sealingKey, insideBytes(inside));
  if (sealed.length > SEALED_LARGEST_BYTES) throw new VaultFailure('too-large');
  return { sealed, sealing_key_id: sealingKeyId(school.sealingKey), sha256: sha256Hex(sealed) };
}
