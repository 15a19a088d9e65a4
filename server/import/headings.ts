/**
 * The headings under which SIMS, Arbor, Bromcom and schools' own lists write each field. The first
 * name of a field is Meadowlark's own; where a file has several, the earlier in this table is
 * taken. docs/import.md shows the same table, and a test holds the two together.
 */
import type { TableRow } from './table.ts';

export type StudentField =
  'upn' | 'registerId' | 'forename' | 'surname' | 'knownAs' | 'className' | 'year';
export type StaffField =
  'registerId' | 'email' | 'title' | 'forename' | 'surname' | 'jobTitle' | 'groups';

export type Headings<Field extends string> = Readonly<Record<Field, readonly string[]>>;

/** Of students and staff alike. */
const NAME_HEADINGS = {
  forename: [
    'Forename',
    'Legal Forename',
    'First Name',
    'Legal First Name',
    'Given Name',
    'Preferred Forename',
    'Preferred First Name',
  ],
  surname: [
    'Surname',
    'Legal Surname',
    'Last Name',
    'Legal Last Name',
    'Family Name',
    'Preferred Surname',
    'Preferred Last Name',
  ],
} as const;

export const STUDENT_HEADINGS: Headings<StudentField> = {
  upn: ['UPN', 'Unique Pupil Number', 'Current UPN'],
  registerId: [
    'Admission number',
    'Admission no',
    'Adno',
    'Pupil ID',
    'Student ID',
    'Arbor Student ID',
    'MIS ID',
    'Register ID',
  ],
  ...NAME_HEADINGS,
  knownAs: ['Known as', 'Preferred Forename', 'Preferred First Name', 'Chosen Forename'],
  className: [
    'Class',
    'Reg Group',
    'Registration Group',
    'Registration Form',
    'Form',
    'Form Group',
    'Tutor Group',
    'Reg',
  ],
  year: ['Year', 'Year Group', 'NC Year', 'Curriculum Year', 'Year Taught In'],
};

export const STAFF_HEADINGS: Headings<StaffField> = {
  registerId: [
    'Staff ID',
    'Staff code',
    'Payroll number',
    'Employee number',
    'Arbor Staff ID',
    'MIS ID',
  ],
  email: [
    'E-mail',
    'E-mail address',
    'Work Email',
    'Primary Email',
    'Main Email',
    'Work Email Address',
  ],
  title: ['Title'],
  ...NAME_HEADINGS,
  jobTitle: ['Job title', 'Role', 'Post', 'Position', 'Main Post'],
  groups: ['Alert groups', 'Alert group'],
};

/** Titles that a report puts above its headings. */
const HEADING_WITHIN_ROWS = 10;

export interface FoundHeadings<Field extends string> {
  /** Column of each field that the file has, from 0. */
  readonly columns: Partial<Readonly<Record<Field, number>>>;
  /** Headings that mean nothing here; their columns are not read. */
  readonly unused: readonly string[];
  /** The rows below the headings. */
  readonly rows: readonly TableRow[];
}

/** "E-mail", "Email" and "e mail" are one heading. */
export function headingKey(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * Finds the row of headings: the first that names every required field, `oneOf` counting as
 * there when any of it is. Null where none of the first ten rows does.
 */
export function findHeadings<Field extends string>(
  table: Headings<Field>,
  required: { readonly all: readonly Field[]; readonly oneOf: readonly Field[] },
  rows: readonly TableRow[],
): FoundHeadings<Field> | null {
  for (const [index, row] of rows.slice(0, HEADING_WITHIN_ROWS).entries()) {
    const columns = columnsOf(table, row.cells);
    const isComplete =
      required.all.every((field) => columns[field] !== undefined) &&
      (required.oneOf.length === 0 || required.oneOf.some((field) => columns[field] !== undefined));
    if (!isComplete) continue;
    const used = new Set(Object.values<number | undefined>(columns));
    return {
      columns,
      unused: row.cells.filter((cell, column) => cell !== '' && !used.has(column)),
      rows: rows.slice(index + 1),
    };
  }
  return null;
}

function columnsOf<Field extends string>(
  table: Headings<Field>,
  cells: readonly string[],
): Partial<Record<Field, number>> {
  const keys = cells.map(headingKey);
  const columns: Partial<Record<Field, number>> = {};
  const taken = new Set<number>();
  for (const field of Object.keys(table) as Field[]) {
    for (const alias of table[field]) {
      const column = keys.indexOf(headingKey(alias));
      if (column === -1 || taken.has(column)) continue;
      columns[field] = column;
      taken.add(column);
      break;
    }
  }
  return columns;
}

/** What to tell the administrator whose file has other headings. */
export function wrongHeadings<Field extends string>(
  table: Headings<Field>,
  required: { readonly all: readonly Field[]; readonly oneOf: readonly Field[] },
  rows: readonly TableRow[],
): string {
  const found = (rows[0]?.cells ?? [])
    .filter((cell) => cell !== '')
    .slice(0, 40)
    .map((cell) => printable(cell).slice(0, 40));
  const names = (field: Field) => table[field].map((alias) => `"${alias}"`).join(', ');
  return [
    'The headings are not those of a list that can be imported. Nothing was changed.',
    `  Found: ${found.length === 0 ? 'none' : found.join(' | ')}`,
    '  Needed:',
    ...required.all.map((field) => `    one of ${names(field)}`),
    ...(required.oneOf.length === 0 ? [] : [`    one of ${required.oneOf.map(names).join(', ')}`]),
    '  docs/import.md lists every heading that is understood.',
  ].join('\n');
}

/** Text of a file as it may be shown in a terminal: no controls, no marks of direction. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu, '·');
}
