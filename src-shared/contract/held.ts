/** Held items: what arrived whole but could not be applied as written, for the safeguarding team. */
import { z } from 'zod';
import { CategoryId } from './category.ts';
import { endpoint } from './endpoint.ts';
import { StudentId } from './student.ts';
import { Id, Instant, Name, Nothing, oneLine } from './values.ts';

/** Why an item is held. */
export const HeldReason = z.enum([
  /** Somebody or something chosen in it is not in the school's records. */
  'unknown-reference',
  /** An action to an incident that its author could no longer read when it arrived. */
  'incident-out-of-reach',
  /** Its author has left, or was never here. */
  'author-unknown',
  /** Signed by a key that the school never certified, or not by its author. */
  'identity-unverified',
  /** Sent by a computer that the school does not know or has revoked. */
  'computer-unknown',
  /** Its outside does not match its inside, or it cannot be opened or read. */
  'not-genuine',
  /** Its id was taken by other bytes. */
  'differs',
  /** Left unfinished on a computer by somebody who has left the school. */
  'left-unfinished',
  /** Sent without signing in. */
  'without-signing-in',
]);
export type HeldReason = z.infer<typeof HeldReason>;

export const HeldItem = z.strictObject({
  id: Id,
  reason: HeldReason,
  receivedAt: Instant,
  reference: z.string(),
  computerName: oneLine(100).nullable(),
  /** Who wrote it: certain only where `identityIsCertain`. */
  writer: oneLine(100).nullable(),
  identityIsCertain: z.boolean(),
  /** `unopened` in the list alone: sent by no computer of the school, opened once it is read. */
  kind: z.enum(['incident', 'action', 'concern', 'unreadable', 'unopened']),
  /** The student as the writer gave it: a name, or null where it is an id nobody has. */
  student: oneLine(200).nullable(),
  /** Of the list its beginning alone, with “…” where there is more: `readHeld` has the whole. */
  text: z.string().nullable(),
  writtenAt: Instant.nullable(),
  isFinished: z.boolean(),
  /** From the sixth an hour from one computer. */
  isOneOfMany: z.boolean(),
});
export type HeldItem = z.infer<typeof HeldItem>;

export const listHeld = endpoint({
  method: 'GET',
  path: '/v1/held',
  access: 'signed-in',
  request: Nothing,
  /** `total` also counts what does not fit into one reply. */
  reply: z.strictObject({ items: z.array(HeldItem), total: z.int().min(0) }),
});

/** One of them whole, opened where it was not; `not-found` where somebody has resolved it. */
export const readHeld = endpoint({
  method: 'GET',
  path: '/v1/held/:heldId',
  access: 'signed-in',
  request: z.strictObject({ heldId: Id }),
  reply: HeldItem,
});

/** Makes an incident of it, in its writer's words, about a student of the register. */
export const completeHeld = endpoint({
  method: 'POST',
  path: '/v1/held/:heldId/complete',
  access: 'signed-in',
  request: z.strictObject({
    heldId: Id,
    studentId: StudentId,
    categoryIds: z.array(CategoryId).min(1).max(20),
  }),
  reply: z.strictObject({ incidentId: Id }),
});

/** Takes it off the list with a reason; it is kept. */
export const fileHeld = endpoint({
  method: 'POST',
  path: '/v1/held/:heldId/file',
  access: 'signed-in',
  request: z.strictObject({ heldId: Id, reason: oneLine(500) }),
  reply: z.strictObject({ filedBy: Name }),
});
