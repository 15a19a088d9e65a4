/** What is inside an encrypted draft, and what it is tied to. */
import { z } from 'zod';
import { draftBelonging } from '../../src-shared/contract/left.ts';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { Draft, OlderVersion } from '../../src-shared/vault.ts';
import { lockText, openText } from '../crypto.ts';
import type { Unlocked } from '../house.ts';
import type { StoredDraft } from './rows.ts';

/** All of a draft but its id, which is the row's. */
export const DraftContent = z.strictObject({
  ...Draft.omit({ id: true }).shape,
  otherVersionOf: SubmissionId.nullable(),
  /** Set where it is an older version that somebody put back; rows from before that had no word for it. */
  older: OlderVersion.nullable().default(null),
});
export type DraftContent = z.infer<typeof DraftContent>;

export function lockDraft(
  { staffId, draftKey }: Pick<Unlocked, 'staffId' | 'draftKey'>,
  row: Pick<StoredDraft, 'id' | 'revision'>,
  content: DraftContent,
): Uint8Array {
  return lockText(draftKey, JSON.stringify(content), draftBelonging(staffId, row));
}

/** Null where the row is damaged or was changed by somebody without the key. */
export function openDraft(
  { staffId, draftKey }: Pick<Unlocked, 'staffId' | 'draftKey'>,
  row: Pick<StoredDraft, 'id' | 'revision' | 'content'>,
): DraftContent | null {
  const text = openText(draftKey, row.content, draftBelonging(staffId, row));
  return text === null ? null : DraftContent.parse(JSON.parse(text));
}
