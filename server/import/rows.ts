/** What the imports share in the database: the right to write, the audit, lists in pieces. */
import { writeAudits } from '../audit/rows.ts';
import type { Transaction } from '../db/open.ts';

const ROWS_AT_ONCE = 1_000;

export interface Applying {
  readonly schoolId: string;
  readonly at: string;
  readonly newId: () => string;
  /** Whether those who are not in the file any more go off roll, or become inactive. */
  readonly leavers: boolean;
}

/**
 * Takes the right to write before anything is read: a server that writes meanwhile then waits,
 * instead of making this transaction fail half-way (SQLITE_BUSY_SNAPSHOT).
 */
export async function beginWriting(trx: Transaction, schoolId: string): Promise<void> {
  await trx
    .updateTable('school')
    .set((eb) => ({ name: eb.ref('name') }))
    .where('id', '=', schoolId)
    .execute();
}

/** One audit row for each person whom an import has added, changed or taken away. */
export async function auditImport(
  trx: Transaction,
  { schoolId, at }: Applying,
  ids: readonly string[],
): Promise<void> {
  for (const slice of slices(ids)) {
    await writeAudits(
      trx,
      slice.map((objectId) => ({
        schoolId,
        at,
        // Whoever may run the server's commands; they are not signed in to the program.
        staffId: null,
        sessionId: null,
        computerId: null,
        event: 'import',
        objectId,
        result: 'done',
      })),
    );
  }
}

/** A field that no row lacks once it has been read. */
export function given(value: string | null | undefined): string {
  if (value === null || value === undefined) throw new Error('A required field is empty.');
  return value;
}

/** In pieces that one statement can carry. */
export function slices<T>(items: readonly T[]): T[][] {
  const found: T[][] = [];
  for (let from = 0; from < items.length; from += ROWS_AT_ONCE) {
    found.push(items.slice(from, from + ROWS_AT_ONCE));
  }
  return found;
}
