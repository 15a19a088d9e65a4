/** What an import of one kind of people needs to know of them; students.ts and staff.ts say it. */
import type { Headings } from './headings.ts';

export interface Register<Field extends string> {
  readonly headings: Headings<Field>;
  /** Fields whose headings the file must have: each of `all`, and any of `oneOf`. */
  readonly needed: { readonly all: readonly Field[]; readonly oneOf: readonly Field[] };
  /** Fields that no row may leave empty. */
  readonly required: readonly Field[];
  readonly cells: Readonly<Record<Field, ReadCell>>;
  readonly matching: Matching<Field>;
  /** The columns that the report lists new people by. */
  readonly shown: readonly Field[];
  readonly words: ReportWords;
}

/** A cell that is accepted: its value, null where it is empty. Or why it is refused. */
export type CellReading = { readonly value: string | null } | { readonly reason: string };
export type ReadCell = (cell: string) => CellReading;

/** A row of the file with every column that the file has; or the reasons why it is refused. */
export type ReadRow<Field extends string> =
  | { readonly line: number; readonly values: Partial<Readonly<Record<Field, string | null>>> }
  | {
      readonly line: number;
      readonly reasons: readonly string[];
      /** What could be read all the same, so that the person does not count as gone. */
      readonly values: Partial<Readonly<Record<Field, string | null>>>;
    };

export type Values<Field extends string> = Partial<Readonly<Record<Field, string | null>>>;

export interface Matching<Field extends string> {
  readonly labels: Readonly<Record<Field, string>>;
  /** The id that decides; the other one is only believed where it does not contradict it. */
  readonly firstId: Field;
  readonly secondId: Field;
  /** Why nobody can be as the row would make them; null where they can. */
  readonly whyNot: (values: Values<Field>) => string | null;
  /** "on roll again", "works here again". */
  readonly comesBack: string;
}

export interface ReportWords {
  /** "students", "members of staff". */
  readonly people: string;
  /** What becomes of those who are missing when that is asked for. */
  readonly leaving: string;
}
