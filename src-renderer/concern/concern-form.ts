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

type ConcernField = keyof typeof CONCERN_LONGEST;

/** What is too long to be sent, said as soon as it is typed or pasted; null where it fits. */
export function lengthFault(form: ConcernForm, field: ConcernField): string | null {
  const [has, most] = [form[field].length, CONCERN_LONGEST[field]];
  if (has <= most) return null;
  const count = new Intl.NumberFormat('en-GB');
  const rest = field === 'text' ? ' Report the rest as another concern.' : '';
  return `Shorten this: it has ${count.format(has)} characters, and ${count.format(most)} are the most. What is beyond them is in this window only.${rest}`;
}

/** What is still needed before it is sent as finished; each null where nothing is. */
export function faultsOfConcern(form: ConcernForm): Readonly<Record<ConcernField, string | null>> {
  const { writer, student, text } = form;
  const isName = Name.safeParse(writer).success;
  const isStudent = oneLine(CONCERN_LONGEST.student).safeParse(student).success;
  return {
    writer:
      lengthFault(form, 'writer') ??
      (isName ? null : 'Enter your name, so that the safeguarding team can ask you.'),
    student:
      lengthFault(form, 'student') ??
      (isStudent ? null : 'Enter the student’s name, or say who it is in words.'),
    text: lengthFault(form, 'text') ?? (text.trim() === '' ? 'Write what happened.' : null),
  };
}

const NOT_GIVEN = 'not given';
const NOT_WRITTEN = '(nothing written yet)';

/**
 * What is sealed at a pause: also of a form that is half filled in, and of one that is too long as
 * much as can be sent. Null where nothing was typed at all.
 */
export function savedConcern(form: ConcernForm): AskRequest<'saveConcern'>['concern'] | null {
  if ([form.writer, form.student, form.text].every((part) => part.trim() === '')) return null;
  const writer = Name.safeParse(fitting(form, 'writer'));
  const student = oneLine(CONCERN_LONGEST.student).safeParse(fitting(form, 'student'));
  return {
    id: form.id,
    writer: writer.success ? writer.data : NOT_GIVEN,
    student: student.success ? student.data : NOT_GIVEN,
    text: form.text.trim() === '' ? NOT_WRITTEN : fitting(form, 'text'),
  };
}

/** Its beginning, without half of a character that needs two. */
function fitting(form: ConcernForm, field: ConcernField): string {
  const text = form[field];
  if (text.length <= CONCERN_LONGEST[field]) return text;
  return text.slice(0, CONCERN_LONGEST[field]).replace(/[\uD800-\uDBFF]$/, '');
}
