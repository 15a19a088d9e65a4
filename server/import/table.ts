/**
 * Reads a register's export: from bytes in the encodings that schools meet to rows of cells with
 * the line that each began on. Knows nothing of students or staff.
 */
import type { CsvError } from 'csv-parse/sync';
import { parse } from 'csv-parse/sync';

export interface TableRow {
  /** The line of the file that the row begins on, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly encoding: 'UTF-8' | 'UTF-16' | 'Windows-1252';
  readonly delimiter: ',' | ';' | '\t';
  readonly rows: readonly TableRow[];
}

/** A file that cannot be read at all; the message is for the administrator. */
export class UnreadableFile extends Error {}

/** More than a register of 50,000 with all its columns. */
export const LARGEST_FILE_BYTES = 32 * 1024 * 1024;
const LONGEST_ROW = 100_000;

/** Throws `UnreadableFile` where this is not a table of text. Rows without any text are left out. */
export function readTable(bytes: Uint8Array): Table {
  if (bytes.length > LARGEST_FILE_BYTES) {
    throw new UnreadableFile('The file is larger than 32 MiB; a register is far smaller.');
  }
  const { text, encoding } = decode(bytes);
  if (text.trim() === '') throw new UnreadableFile('The file is empty.');
  const delimiter = delimiterOf(text);
  return { encoding, delimiter, rows: rowsOf(text, delimiter) };
}

function decode(bytes: Uint8Array): Pick<Table, 'encoding'> & { text: string } {
  const [first, second] = bytes;
  if (first === 0x50 && second === 0x4b) {
    throw new UnreadableFile(
      'This is a workbook (.xlsx) or another packed file, not a CSV file. Open it and save it as "CSV UTF-8".',
    );
  }
  const isLittleEndian = first === 0xff && second === 0xfe;
  const isBigEndian = first === 0xfe && second === 0xff;
  if (isLittleEndian || isBigEndian) {
    const decoder = new TextDecoder(isLittleEndian ? 'utf-16le' : 'utf-16be');
    return { text: textOnly(decoder.decode(bytes)), encoding: 'UTF-16' };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text: textOnly(text), encoding: 'UTF-8' };
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    const text = new TextDecoder('windows-1252').decode(bytes);
    return { text: textOnly(text), encoding: 'Windows-1252' };
  }
}

function textOnly(text: string): string {
  if (/[\u0000-\u0008\u000E-\u001A\u001C-\u001F]/.test(text)) {
    throw new UnreadableFile('This is not a text file. Save the list as "CSV UTF-8".');
  }
  return text;
}

/** The delimiter that the fullest of the first lines is divided by; a comma where there is none. */
function delimiterOf(text: string): Table['delimiter'] {
  const firstLines = text.slice(0, 20_000).split(/\r\n|\n|\r/, 10);
  let best: Table['delimiter'] = ',';
  let most = 0;
  for (const delimiter of [',', ';', '\t'] as const) {
    for (const line of firstLines) {
      const count = line.replace(/"[^"]*"/g, '').split(delimiter).length - 1;
      if (count > most) {
        most = count;
        best = delimiter;
      }
    }
  }
  return best;
}

function rowsOf(text: string, delimiter: string): TableRow[] {
  let parsed: unknown;
  try {
    parsed = parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      info: true,
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: LONGEST_ROW,
    });
  } catch (error) {
    throw new UnreadableFile(whatIsWrong(error as CsvError));
  }
  let previousLine = 0;
  const rows: TableRow[] = [];
  for (const item of parsed as { info: { lines: number }; record: string[] }[]) {
    const cells = item.record.map(unwrapped);
    if (cells.some((cell) => cell !== '')) rows.push({ line: previousLine + 1, cells });
    previousLine = item.info.lines;
  }
  return rows;
}

/** A spreadsheet writes ="00123" to keep the noughts of a number; that is no formula. */
function unwrapped(cell: string): string {
  return cell.trim().replace(/^="([^"]*)"$/, '$1');
}

function whatIsWrong(error: CsvError): string {
  const line = typeof error['lines'] === 'number' ? `Line ${error['lines']}: ` : '';
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `${line}a quotation mark is opened and never closed. Nothing was read.`;
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return `${line}a quotation mark stands inside a cell. Nothing was read.`;
    case 'CSV_MAX_RECORD_SIZE':
      return `${line}a row is longer than any person's could be. Nothing was read.`;
    default:
      return `${line}this is not a CSV file. Nothing was read.`;
  }
}
