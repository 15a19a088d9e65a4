/** `import students`: how a row of a register becomes a student (docs/import.md). */
import type { StudentField } from './headings.ts';
import { STUDENT_HEADINGS } from './headings.ts';
import { idCell, nameCell, upnCell, yearCell } from './cells.ts';
import type { Register } from './register.ts';

export const STUDENT_LABELS: Readonly<Record<StudentField, string>> = {
  upn: 'UPN',
  registerId: 'Register id',
  forename: 'Forename',
  surname: 'Surname',
  knownAs: 'Known as',
  className: 'Class',
  year: 'Year',
};

export const STUDENTS: Register<StudentField> = {
  headings: STUDENT_HEADINGS,
  needed: { all: ['forename', 'surname'], oneOf: ['upn', 'registerId'] },
  required: ['forename', 'surname'],
  cells: {
    upn: upnCell,
    registerId: idCell,
    forename: nameCell,
    surname: nameCell,
    knownAs: nameCell,
    className: nameCell,
    year: yearCell,
  },
  matching: {
    labels: STUDENT_LABELS,
    firstId: 'upn',
    secondId: 'registerId',
    whyNot: (values) =>
      (values.upn ?? null) === null && (values.registerId ?? null) === null
        ? 'has neither a UPN nor a register id; a student is never found by name.'
        : null,
    comesBack: 'On roll again',
  },
  shown: ['upn', 'registerId', 'forename', 'surname', 'className', 'year'],
  words: { people: 'students', leaving: 'taken off roll' },
};
