/** How students and staff are found: what of them is indexed, and in which order equals stand. */
import type { Staff } from '../contract/staff.ts';
import type { Student } from '../contract/student.ts';
import { fold } from './fold.ts';
import { indexPeople, type PeopleIndex } from './people-index.ts';

/** "5B" is found by "5b", "5" and "b"; "5 Beech" by "beech". */
const BETWEEN_DIGIT_AND_LETTER = /(?<=\p{N})(?=\p{L})|(?<=\p{L})(?=\p{N})/gu;

/** Index over students: by forename, surname, known-as, class and year; equals by surname. */
export function indexStudents(students: readonly Student[]): PeopleIndex<Student> {
  const classes = new Intl.Collator('en-GB', { numeric: true });
  const keyed = students.map((student) => ({
    student,
    surname: fold(student.surname),
    forename: fold(student.forename),
  }));
  keyed.sort(
    (a, b) =>
      compare(a.surname, b.surname) ||
      compare(a.forename, b.forename) ||
      classes.compare(a.student.className ?? '', b.student.className ?? '') ||
      compare(a.student.id, b.student.id),
  );
  return indexPeople(
    keyed.map(({ student }) => student),
    (student) => {
      const { forename, surname, knownAs, className, year } = student;
      const forenames = knownAs === null ? [forename] : [forename, knownAs];
      return {
        names: [...forenames, surname],
        fullNames: forenames.flatMap((name) => [`${name} ${surname}`, `${surname} ${name}`]),
        marks: [
          ...(className === null ? [] : [className.replace(BETWEEN_DIGIT_AND_LETTER, ' ')]),
          ...(year === null ? [] : [yearInWords(year)]),
        ],
      };
    },
  );
}

/** Index over staff: by any word of the name and of the job title; equals as given, by surname. */
export function indexStaff(staff: readonly Staff[]): PeopleIndex<Staff> {
  return indexPeople(staff, ({ name, jobTitle }) => ({
    names: name.split(/\s+/u),
    fullNames: [name],
    marks: jobTitle === null ? [] : [jobTitle],
  }));
}

/** "Year 5", "Reception", "Nursery": the year group as it is spoken. */
export function yearInWords(year: string): string {
  switch (year.trim().toLowerCase()) {
    case 'r':
      return 'Reception';
    case 'n':
      return 'Nursery';
    default:
      return /^\d/.test(year.trim()) ? `Year ${year.trim()}` : year.trim();
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
