/** How a student's name is written, everywhere alike. */
import type { Student } from './contract/student.ts';

/** "Aisha Khan"; "Elizabeth (Lizzie) Smith" where the student is called otherwise. */
export function studentName(student: Pick<Student, 'forename' | 'surname' | 'knownAs'>): string {
  const { forename, surname, knownAs } = student;
  return knownAs === null || knownAs === forename
    ? `${forename} ${surname}`
    : `${forename} (${knownAs}) ${surname}`;
}
