/** What an import of one kind of people needs to know of them; students.ts and staff.ts say it. */
import type { ReadCell } from './cells.ts';
import type { Headings } from './headings.ts';
import type { Matching } from './plan.ts';
import type { ReportWords } from './report.ts';

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
