/**
 * How a student is shown. Everything on the screen that names a student goes through this file, so
 * that hiding names has one place to do it.
 */
import type { Student } from '../../src-shared/contract/student.ts';
import { yearInWords } from '../../src-shared/search/roster-index.ts';
import { studentName } from '../../src-shared/student-name.ts';
import type { Choice } from '../design/picker.tsx';

/** "Aisha Khan"; with `hasClass` "Aisha Khan (5B)". */
export function StudentName(props: { readonly student: Student; readonly hasClass?: boolean }) {
  const { student } = props;
  return (
    <bdi>
      {studentText(student)}
      {props.hasClass === true && student.className !== null ? ` (${student.className})` : null}
    </bdi>
  );
}

/** The same for a label that only screen readers get. */
export function studentText(student: Student): string {
  return studentName(student);
}

/** A student in a type-ahead: class and year stand beside the name, to tell the same names apart. */
export function studentChoice(student: Student): Choice {
  const parts = [student.className, student.year === null ? null : yearInWords(student.year)];
  const detail = parts.filter((part) => part !== null).join(', ');
  return {
    id: student.id,
    text: studentText(student),
    detail: detail === '' ? 'no class' : detail,
  };
}
