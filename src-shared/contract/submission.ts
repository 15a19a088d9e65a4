/**
 * Submissions: what a member of staff sends. Its id is made when the form is opened and is the
 * record's primary key: the same id with the same bytes gets the same receipt, however often it
 * is sent; the same id with other bytes is kept aside and reported (R73).
 */
import { z } from 'zod';
import { CategoryId } from './category.ts';
import { GroupId } from './group.ts';
import { StaffId } from './staff.ts';
import { StudentId } from './student.ts';
import { Id, Instant, LIMITS, Name, freeText } from './values.ts';

export const SubmissionId = Id.brand<'SubmissionId'>();
export type SubmissionId = z.infer<typeof SubmissionId>;
/** An incident's id is the id of the submission that brought it. */
export const IncidentId = Id.brand<'IncidentId'>();
export type IncidentId = z.infer<typeof IncidentId>;

const alerting = {
  alertStaffIds: z.array(StaffId).max(LIMITS.alertedStaff),
  /** The safeguarding team is alerted whether it is named here or not (S29). */
  alertGroupIds: z.array(GroupId).max(LIMITS.alertedGroups),
};

export const IncidentStatus = z.enum(['active', 'closed']);
export type IncidentStatus = z.infer<typeof IncidentStatus>;

/** S19 to S30. */
export const IncidentSubmission = z.strictObject({
  kind: z.literal('incident'),
  id: SubmissionId,
  /** By the clock of the computer; compared with the server's on arrival, never a reason to refuse. */
  writtenAt: Instant,
  studentId: StudentId,
  text: freeText(LIMITS.incidentText),
  categoryIds: z.array(CategoryId).min(1).max(LIMITS.categories),
  linkedStudents: z
    .array(z.strictObject({ studentId: StudentId, monitorsSameCategories: z.boolean() }))
    .max(LIMITS.linkedStudents),
  happenedAt: Instant,
  status: IncidentStatus,
  assigneeIds: z.array(StaffId).max(LIMITS.assignees),
  agencies: z.array(Name).max(LIMITS.agencies),
  ...alerting,
});
export type IncidentSubmission = z.infer<typeof IncidentSubmission>;

/** S17. */
export const ActionSubmission = z.strictObject({
  kind: z.literal('action'),
  id: SubmissionId,
  writtenAt: Instant,
  incidentId: IncidentId,
  text: freeText(LIMITS.incidentText),
  /** Shown against the original incident from then on. */
  addCategoryIds: z.array(CategoryId).max(LIMITS.categories),
  /** Which of the incident's linked students the action is shown for as well. */
  linkedStudentIds: z.array(StudentId).max(LIMITS.linkedStudents),
  happenedAt: Instant,
  agencies: z.array(Name).max(LIMITS.agencies),
  ...alerting,
});
export type ActionSubmission = z.infer<typeof ActionSubmission>;

export const Submission = z.discriminatedUnion('kind', [IncidentSubmission, ActionSubmission]);
export type Submission = z.infer<typeof Submission>;

/** What the school gives for a submission that it holds; green on the screen needs its signature. */
export const Receipt = z.strictObject({
  submissionId: SubmissionId,
  /** SHA-256 of the sealed bytes as they came, hex; of `submissionBytes` where there was no seal yet. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** For people, on the telephone: eight letters and digits, "K7QM-2FXD". */
  reference: z.string().regex(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/),
  receivedAt: Instant,
  /** How many people were alerted. */
  alerted: z.int().min(0),
  /**
   * Whether it could not be recorded as it was written: then the safeguarding team alone was told,
   * and nobody else whom its author chose. Absent in receipts of the first form, which say nothing
   * of it; whoever cannot read it is given that form (R82).
   */
  isHeld: z.boolean().optional(),
  /** Ed25519 by the school's signing key over `receiptBytes`, base64. */
  signature: z.base64(),
});
export type Receipt = z.infer<typeof Receipt>;

/** The bytes that "the same submission" means: the schema's own order of fields, no space. */
export function submissionBytes(submission: Submission): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(Submission.parse(submission)));
}

/** The newest form of a receipt that this version reads; the first has no `isHeld`. */
export const RECEIPT_FORM = 2;

/** The bytes that the school signs: every field but the signature, one a line. */
export function receiptBytes(receipt: Omit<Receipt, 'signature'>): Uint8Array<ArrayBuffer> {
  const { isHeld } = receipt;
  const lines = [
    isHeld === undefined ? 'meadowlark receipt 1' : 'meadowlark receipt 2',
    receipt.submissionId,
    receipt.sha256,
    receipt.reference,
    receipt.receivedAt,
    String(receipt.alerted),
    ...(isHeld === undefined ? [] : [isHeld ? 'held' : 'recorded']),
  ];
  return new TextEncoder().encode(lines.join('\n'));
}
