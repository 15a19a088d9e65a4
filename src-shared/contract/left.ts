/**
 * What somebody who has left had not finished: their drafts as they lie on a computer, encrypted,
 * together with the key as it was sealed to the school. The computer can read neither; it hands
 * them over and destroys its own way to them (security.md, *User leaves*; T13).
 */
import { z } from 'zod';
import { StaffId } from './staff.ts';
import { SubmissionId } from './submission.ts';
import { Id, Instant } from './values.ts';

export const SealedLeft = z.strictObject({
  kind: z.literal('left'),
  version: z.literal(1),
  /** Of the item that is carried; not of the draft. */
  id: SubmissionId,
  staffId: StaffId,
  computerId: Id,
  /** `Escrow`, sealed to the school; null where the school had switched escrow off. */
  escrow: z.base64().max(1_000).nullable(),
  draft: z.strictObject({
    id: z.string().max(100),
    revision: z.int(),
    /** By the clock of the computer. */
    changedAt: Instant,
    /** XChaCha20-Poly1305 under the draft key: 24 bytes of nonce, then the ciphertext. Null where it is too large to be carried. */
    content: z.base64().nullable(),
  }),
});
export type SealedLeft = z.infer<typeof SealedLeft>;

/** A draft is padded to whole pieces of this many bytes (ISO 7816-4) before it is encrypted. */
export const PADDED_TO_BYTES = 256;

/** What a draft's ciphertext is bound to: a row that was swapped or set back does not open (R22). */
export function draftBelonging(
  staffId: string,
  { id, revision }: { readonly id: string; readonly revision: number },
): readonly (string | number)[] {
  return ['meadowlark draft 1', staffId, id, revision];
}
