/**
 * What is sealed to the school and carried by the courier (architecture.md, *How a concern
 * travels*). Inside: a submission signed by its author's key for one computer, or a concern from
 * somebody who could not sign in. Outside: an id, one bit of urgency, which computer carries it.
 */
import { z } from 'zod';
import { SealedLeft } from './left.ts';
import { StaffId } from './staff.ts';
import { Submission, SubmissionId } from './submission.ts';
import { Id, Instant, Name, freeText, oneLine } from './values.ts';

/** A sealed item is at most this long, in bytes (R53). */
export const SEALED_LARGEST_BYTES = 1024 * 1024;

/** A public key, Ed25519 or X25519, 32 bytes in base64. */
export const PublicKey = z.base64().length(44);
/** An Ed25519 signature, 64 bytes in base64. */
export const Signature = z.base64().length(88);

/** The school's word that a signing key is this person's on this computer. */
export const KeyCertificate = z.strictObject({
  staffId: StaffId,
  computerId: Id,
  signingKey: PublicKey,
  issuedAt: Instant,
  /** By the school's signing key over `certificateBytes`. */
  signature: Signature,
});
export type KeyCertificate = z.infer<typeof KeyCertificate>;

/** Signed, then sealed: a colleague cannot re-sign somebody else's sealed item as their own. */
export const SignedSubmission = z.strictObject({
  kind: z.literal('submission'),
  version: z.literal(1),
  staffId: StaffId,
  computerId: Id,
  submission: Submission,
  /** Null where the school could not be reached since the key was made: the item is held. */
  certificate: KeyCertificate.nullable(),
  /** By the author's signing key over `signedBytes`. */
  signature: Signature,
});
export type SignedSubmission = z.infer<typeof SignedSubmission>;

/** What is reported without signing in: goes to the safeguarding team alone, marked so. */
export const Concern = z.strictObject({
  id: SubmissionId,
  /** As the writer gives them; nobody has checked them. */
  writer: Name,
  student: oneLine(200),
  text: freeText(50_000),
  writtenAt: Instant,
  /** False where the writer left before sending: it was sent by itself after 10 minutes. */
  isFinished: z.boolean(),
});
export type Concern = z.infer<typeof Concern>;

export const SealedConcern = z.strictObject({
  kind: z.literal('concern'),
  version: z.literal(1),
  computerId: Id,
  concern: Concern,
});
export type SealedConcern = z.infer<typeof SealedConcern>;

export const SealedInside = z.discriminatedUnion('kind', [
  SignedSubmission,
  SealedConcern,
  SealedLeft,
]);
export type SealedInside = z.infer<typeof SealedInside>;

/**
 * `POST /v1/submissions`: the body is the sealed bytes (application/octet-stream), what stands
 * outside the seal is in these headers. Answered with a `Receipt` whose hash is of the sealed
 * bytes, also where the item is held or quarantined; 409 `submission-differs` where the id is
 * taken by other bytes, which are kept aside.
 */
export const CARRY_PATH = '/v1/submissions';
export const CarryHeaders = z.object({
  'meadowlark-submission': SubmissionId,
  'meadowlark-urgent': z.enum(['0', '1']),
  /** Which of the school's sealing keys: the first 16 hex digits of its SHA-256. */
  'meadowlark-sealing-key': z.string().regex(/^[0-9a-f]{16}$/),
  'meadowlark-computer': Id,
  /** By the computer's key over `carryBytes`; an item of an unknown or revoked computer is quarantined. */
  'meadowlark-proof': Signature,
  /** What the computer's clock says as it sends (R81); nothing is refused over it. */
  'meadowlark-sent-at': Instant.optional().catch(undefined),
  /** The newest form of receipt that the computer reads (R82); an earlier version does not say it. */
  'meadowlark-receipt': z
    .string()
    .regex(/^[1-9][0-9]?$/)
    .optional()
    .catch(undefined),
});
export type CarryHeaders = z.infer<typeof CarryHeaders>;

const encode = (lines: readonly string[]): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(lines.join('\n'));

/** What a computer signs to carry an item: replaying it gains nothing, as the id is spent once. */
export function carryBytes(item: {
  readonly id: string;
  readonly sha256: string;
  readonly isUrgent: boolean;
}): Uint8Array<ArrayBuffer> {
  return encode(['meadowlark carry 1', item.id, item.sha256, item.isUrgent ? '1' : '0']);
}

export function certificateBytes(
  certificate: Omit<KeyCertificate, 'signature'>,
): Uint8Array<ArrayBuffer> {
  const { staffId, computerId, signingKey, issuedAt } = certificate;
  return encode(['meadowlark key 1', staffId, computerId, signingKey, issuedAt]);
}

/** What the author's key signs: who, where, and every byte of the submission. */
export function signedBytes(
  inside: Pick<SignedSubmission, 'staffId' | 'computerId' | 'submission'>,
): Uint8Array<ArrayBuffer> {
  const { staffId, computerId, submission } = inside;
  const text = JSON.stringify(Submission.parse(submission));
  return encode(['meadowlark submission 1', staffId, computerId, text]);
}

/** The plaintext of the sealed box. */
export function insideBytes(inside: SealedInside): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(SealedInside.parse(inside)));
}
