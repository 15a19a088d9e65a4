/** What follows from a submission before anything is written. */
import type { Submission } from '../../src-shared/contract/submission.ts';
import { distinctAgencies } from '../agency/rules.ts';

/** A clock this far off the server's is flagged (S24, R81); never a reason to refuse. */
export const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;

const REFERENCE_LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
export const REFERENCE_BYTES = 8;

/**
 * Whether the computer's clock was more than five minutes off as it sent this, ahead or behind, or a
 * time in it lies in the server's future. A time long past is none: it was written without the server.
 */
export function isClockWrong(
  submission: Pick<Submission, 'writtenAt' | 'happenedAt'>,
  now: Date,
  offsetMs: number | null,
): boolean {
  if (offsetMs !== null && Math.abs(offsetMs) > CLOCK_TOLERANCE_MS) return true;
  const latest = now.getTime() + CLOCK_TOLERANCE_MS;
  return Date.parse(submission.happenedAt) > latest || Date.parse(submission.writtenAt) > latest;
}

/**
 * The reference that people read out on the telephone, "K7QM-2FXD", from 8 random bytes (40 bits
 * of them): nobody can count the school's entries by it, nor guess another's.
 */
export function referenceFrom(bytes: Uint8Array): string {
  const letters = [...bytes.subarray(0, REFERENCE_BYTES)].map((byte) =>
    REFERENCE_LETTERS.charAt(byte % REFERENCE_LETTERS.length),
  );
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}

/**
 * Takes repeated choices together. A student who is both the incident's own and linked stays the
 * incident's own: a concern is not refused over that. Linked twice, *monitor* holds if it was
 * ticked once. The receipt's hash is of what was sent, not of this.
 */
export function tidy<S extends Submission>(submission: S): S {
  const common = {
    alertStaffIds: [...new Set(submission.alertStaffIds)],
    alertGroupIds: [...new Set(submission.alertGroupIds)],
    agencies: distinctAgencies(submission.agencies),
  };
  if (submission.kind === 'action') {
    return {
      ...submission,
      ...common,
      addCategoryIds: [...new Set(submission.addCategoryIds)],
      linkedStudentIds: [...new Set(submission.linkedStudentIds)],
    };
  }
  const linked = new Map<string, (typeof submission.linkedStudents)[number]>();
  for (const link of submission.linkedStudents) {
    if (link.studentId === submission.studentId) continue;
    const before = linked.get(link.studentId);
    linked.set(link.studentId, {
      ...link,
      monitorsSameCategories:
        link.monitorsSameCategories || before?.monitorsSameCategories === true,
    });
  }
  return {
    ...submission,
    ...common,
    categoryIds: [...new Set(submission.categoryIds)],
    linkedStudents: [...linked.values()],
    assigneeIds: [...new Set(submission.assigneeIds)],
  };
}
