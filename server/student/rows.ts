/** Students in the database: the roster, and how a stored student is shown. */
import { StudentId } from '../../src-shared/contract/student.ts';
import type { Student } from '../../src-shared/contract/student.ts';
import type { Db } from '../db/open.ts';

/** Students on one page of the roster; a page of usual names stays far below 1 MiB (R16). */
export const ROSTER_PAGE = 1_000;

export interface StudentRow {
  readonly id: string;
  readonly forename: string;
  readonly surname: string;
  readonly known_as: string | null;
  readonly class_name: string | null;
  readonly year: string | null;
}

/** A stored student as the contract shows one; nothing else of the row ever leaves (R48). */
export function studentOf(row: StudentRow): Student {
  return {
    id: StudentId.parse(row.id),
    forename: row.forename,
    surname: row.surname,
    knownAs: row.known_as,
    className: row.class_name,
    year: row.year,
  };
}

/**
 * One page of the students on roll, by surname, forename and id, from the one behind `after` on.
 * Null where `after` is no student of this school.
 */
export async function rosterPage(
  db: Db,
  { schoolId, after }: { schoolId: string; after: string | undefined },
): Promise<{ students: Student[]; next: StudentId | null } | null> {
  let query = db
    .selectFrom('student')
    .select(['id', 'forename', 'surname', 'known_as', 'class_name', 'year'])
    .where('school_id', '=', schoolId)
    .where('is_on_roll', '=', 1)
    .orderBy('surname')
    .orderBy('forename')
    .orderBy('id')
    .limit(ROSTER_PAGE + 1);
  if (after !== undefined) {
    const last = await db
      .selectFrom('student')
      .select(['surname', 'forename', 'id'])
      .where('school_id', '=', schoolId)
      .where('id', '=', after)
      .executeTakeFirst();
    if (last === undefined) return null;
    query = query.where((eb) =>
      eb(
        eb.refTuple('surname', 'forename', 'id'),
        '>',
        eb.tuple(last.surname, last.forename, last.id),
      ),
    );
  }
  const rows = await query.execute();
  const students = rows.slice(0, ROSTER_PAGE).map(studentOf);
  const hasMore = rows.length > ROSTER_PAGE;
  return { students, next: hasMore ? (students.at(-1)?.id ?? null) : null };
}
