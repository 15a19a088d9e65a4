/** A concern reported without signing in: what stands in it, what it needs, and what of it can be saved. */
import type { AskRequest } from '../../src-shared/bridge.ts';
import { oneLine, Name } from '../../src-shared/contract/values.ts';
import type { SubmissionId } from '../../src-shared/contract/submission.ts';

export interface ConcernForm {
  readonly id: SubmissionId;
  readonly writer: string;
  readonly student: string;
  readonly text: string;
}

export function emptyConcern(id: SubmissionId): ConcernForm {
  return { id, writer: '', student: '', text: '' };
}

export const CONCERN_LONGEST = { writer: 100, student: 200, text: 50_000 } as const;

export const CONCERN_FIELDS = {
  writer: 'concern-writer',
  student: 'concern-student',
  text: 'concern-text',
} as const;

/** What is still needed before it is sent as finished; each null where nothing is. */
export function faultsOfConcern(
  form: ConcernForm,
): Readonly<Record<'writer' | 'student' | 'text', string | null>> {
  return {
    writer: Name.safeParse(form.writer).success
      ? null
      : 'Enter your name, so that the safeguarding team can ask you.',
    student: oneLine(CONCERN_LONGEST.student).safeParse(form.student).success
      ? null
      : 'Enter the student’s name, or say who it is in words.',
    text: form.text.trim() === '' ? 'Write what happened.' : null,
  };
}

const NOT_GIVEN = 'not given';
const NOT_WRITTEN = '(nothing written yet)';

/** What is sealed at a pause: also of a form that is half filled in. Null where nothing was typed at all. */
export function savedConcern(form: ConcernForm): AskRequest<'saveConcern'>['concern'] | null {
  if ([form.writer, form.student, form.text].every((part) => part.trim() === '')) return null;
  const writer = Name.safeParse(form.writer);
  const student = oneLine(CONCERN_LONGEST.student).safeParse(form.student);
  return {
    id: form.id,
    writer: writer.success ? writer.data : NOT_GIVEN,
    student: student.success ? student.data : NOT_GIVEN,
    text: form.text.trim() === '' ? NOT_WRITTEN : form.text,
  };
}
