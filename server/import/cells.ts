/** What may stand in a cell, and why not; so that a refusal names its reason, not a schema. */
import type { z } from 'zod';
import { Email, Name, oneLine } from '../../src-shared/contract/values.ts';
import type { FoundHeadings } from './headings.ts';
import type { CellReading, ReadCell, ReadRow, Register } from './register.ts';

/** A name, a class, a post: one line that no spreadsheet would carry out. */
export const nameCell: ReadCell = (cell) => reading(cell, Name, 'longer than 100 characters');

/** An id of the register: as the register writes it, noughts and all. */
export const idCell: ReadCell = (cell) => {
  if (/\s/.test(cell.trim())) return { reason: 'has a space in it' };
  return reading(cell, oneLine(50), 'longer than 50 characters');
};

export const upnCell: ReadCell = (cell) => idCell(cell.toUpperCase());

export const emailCell: ReadCell = (cell) => {
  if (cell.trim() === '') return { value: null };
  const parsed = Email.safeParse(cell);
  return parsed.success ? { value: parsed.data } : { reason: 'is not an e-mail address' };
};

/** "Year 7", "Y7" and "07" are "7", "Reception" is "R"; anything else stays as it is written. */
export const yearCell: ReadCell = (cell) => {
  const text = cell.trim().replace(/^(?:year|yr|y)\s*(?=\d|r$)/i, '');
  if (/^\d{1,2}$/.test(text)) return { value: String(Number(text)) };
  if (/^(?:r|reception)$/i.test(text)) return { value: 'R' };
  return nameCell(cell);
};

/** Names of alert groups with | between them; kept in that form, each once. */
export const groupsCell: ReadCell = (cell) => {
  const names: string[] = [];
  for (const part of cell.split('|')) {
    const name = nameCell(part);
    if ('reason' in name) return name;
    const isNew = !names.some((known) => known.toLowerCase() === name.value?.toLowerCase());
    if (name.value !== null && isNew) names.push(name.value);
  }
  return { value: names.length === 0 ? null : names.join('|') };
};

function reading(cell: string, schema: z.ZodType<string>, tooLong: string): CellReading {
  const text = cell.trim();
  if (text === '') return { value: null };
  // A name never begins so; a spreadsheet that opens a later list would carry it out.
  if (/^[=+@]/.test(text)) return { reason: 'begins like a formula' };
  if (/[\r\n\t]/.test(text)) return { reason: 'has more than one line' };
  const parsed = schema.safeParse(text);
  if (parsed.success) return { value: parsed.data };
  if (/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/.test(text)) {
    return { reason: 'has hidden marks that turn the direction of text' };
  }
  return { reason: text.length > 50 ? `is ${tooLong}` : 'cannot be read' };
}

/** Reads every row of the file by the cells of its fields. */
export function readRows<Field extends string>(
  found: FoundHeadings<Field>,
  { cells, required, matching }: Pick<Register<Field>, 'cells' | 'required' | 'matching'>,
): ReadRow<Field>[] {
  const { labels } = matching;
  const columns = Object.entries<number | undefined>(found.columns) as [Field, number][];
  return found.rows.map((row) => {
    const values: Partial<Record<Field, string | null>> = {};
    const reasons: string[] = [];
    for (const [field, column] of columns) {
      const read = cells[field](row.cells[column] ?? '');
      if ('reason' in read) reasons.push(`${labels[field]} ${read.reason}`);
      else if (read.value === null && required.includes(field)) {
        reasons.push(`${labels[field]} is empty`);
      } else values[field] = read.value;
    }
    return reasons.length === 0 ? { line: row.line, values } : { line: row.line, values, reasons };
  });
}
