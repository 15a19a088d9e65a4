/** `import staff`: how a row of a staff list becomes a member of staff (docs/import.md). */
import { Name } from '../../src-shared/contract/values.ts';
import { emailCell, groupsCell, idCell, nameCell } from './cells.ts';
import type { StaffField } from './headings.ts';
import { STAFF_HEADINGS } from './headings.ts';
import type { Register, Values } from './register.ts';

export const STAFF_LABELS: Readonly<Record<StaffField, string>> = {
  registerId: 'Staff id',
  email: 'E-mail',
  title: 'Title',
  forename: 'Forename',
  surname: 'Surname',
  jobTitle: 'Job title',
  groups: 'Alert groups',
};

export const STAFF: Register<StaffField> = {
  headings: STAFF_HEADINGS,
  needed: { all: ['email', 'forename', 'surname'], oneOf: [] },
  required: ['email', 'forename', 'surname'],
  cells: {
    registerId: idCell,
    email: emailCell,
    title: nameCell,
    forename: nameCell,
    surname: nameCell,
    jobTitle: nameCell,
    groups: groupsCell,
  },
  matching: {
    labels: STAFF_LABELS,
    firstId: 'registerId',
    secondId: 'email',
    whyNot: (values) =>
      Name.safeParse(fullName(values)).success
        ? null
        : 'The whole name is longer than 100 characters.',
    comesBack: 'Works here again',
  },
  shown: ['registerId', 'email', 'title', 'forename', 'surname', 'jobTitle', 'groups'],
  words: { people: 'members of staff', leaving: 'made inactive and signed out' },
};

/** "Mrs Cora Bligh": the name that colleagues see. */
export function fullName(values: Values<StaffField>): string {
  return [values.title, values.forename, values.surname]
    .filter((part) => part !== null && part !== undefined)
    .join(' ');
}

/** The title that a stored name begins with, where it ends with forename and surname. */
export function titleOf(person: {
  name: string;
  forename: string;
  surname: string;
}): string | null {
  const ending = `${person.forename} ${person.surname}`;
  if (!person.name.endsWith(` ${ending}`)) return null;
  return person.name.slice(0, -ending.length).trim() || null;
}

/** The names in a cell of alert groups, in any order, as one comparable text. */
export function groupNames(cell: string | null): string[] {
  return cell === null ? [] : cell.split('|');
}
