/** The demo school's register as its office would export it: two CSV files for `import`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoSchool } from './school.ts';

export interface RegisterFiles {
  readonly students: string;
  readonly staff: string;
}

/** Writes both into `folder`, with the headings of a SIMS export, UTF-8 with a byte order mark. */
export function writeRegister(folder: string, school: DemoSchool): RegisterFiles {
  const files = { students: join(folder, 'students.csv'), staff: join(folder, 'staff.csv') };
  writeFileSync(
    files.students,
    csv(
      ['UPN', 'Adno', 'Legal Forename', 'Legal Surname', 'Preferred Forename', 'Reg', 'Year'],
      school.students.map((student) => [
        student.upn,
        student.registerId,
        student.forename,
        student.surname,
        student.knownAs ?? '',
        student.className,
        student.year,
      ]),
    ),
  );
  writeFileSync(
    files.staff,
    csv(
      [
        'Staff Code',
        'Title',
        'Legal Forename',
        'Legal Surname',
        'Work Email',
        'Job Title',
        'Alert Groups',
      ],
      school.staff.map((person) => [
        person.registerId,
        person.title,
        person.forename,
        person.surname,
        person.email,
        person.jobTitle,
        person.groups.join('|'),
      ]),
    ),
  );
  return files;
}

function csv(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => cells.map(cell).join(',');
  return `\uFEFF${[headings, ...rows].map(line).join('\r\n')}\r\n`;
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
