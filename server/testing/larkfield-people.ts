/** The people of the small school in `larkfield.ts`, and putting them into its database. */
import { v7 } from 'uuid';
import { insertFirstCategories } from '../category/rows.ts';
import type { Db, openDatabase } from '../db/open.ts';
import { insertFirstGroup } from '../group/rows.ts';

type Sqlite = ReturnType<typeof openDatabase>['sqlite'];

/** Two key users, three who are not, and one who has left. */
export const STAFF = ['lead', 'deputy', 'teacher', 'colleague', 'assistant', 'leaver'] as const;
export type StaffName = (typeof STAFF)[number];
export const STUDENTS = ['amina', 'ben', 'ben2', 'goneAway'] as const;
export type StudentName = (typeof STUDENTS)[number];

const NAMES: Record<StaffName, [string, string]> = {
  lead: ['Iris', 'Lyle'],
  deputy: ['Owen', 'Marsh'],
  teacher: ['Tariq', 'Nasser'],
  colleague: ['Cora', 'Bligh'],
  assistant: ['Ada', 'Quill'],
  leaver: ['Len', 'Orme'],
};
const PUPILS: Record<StudentName, [string, string, string]> = {
  amina: ['Amina', 'Yusuf', '7B'],
  ben: ['Ben', 'Stone', '8A'],
  ben2: ['Ben', 'Stone', '9C'],
  goneAway: ['Gita', 'Vale', '11D'],
};

/** Answers with the id of the safeguarding team's group. */
export async function seed(
  db: Db,
  { schoolId, started }: { schoolId: string; started: string },
): Promise<string> {
  await db
    .insertInto('school')
    .values({ id: schoolId, name: 'Larkfield School', created_at: started })
    .execute();
  await insertFirstCategories(db, { schoolId, newId: () => v7() });
  const teamId = await insertFirstGroup(db, { schoolId, newId: () => v7() });
  const staff = STAFF.map((name) => ({
    id: v7(),
    school_id: schoolId,
    register_id: name,
    email: `${name}@larkfield.example`,
    name: NAMES[name].join(' '),
    forename: NAMES[name][0],
    surname: NAMES[name][1],
    job_title: null,
    is_active: name === 'leaver' ? (0 as const) : (1 as const),
    created_at: started,
  }));
  await db.insertInto('staff').values(staff).execute();
  await db
    .insertInto('alert_group_member')
    .values(
      staff.slice(0, 2).map(({ id }) => ({ school_id: schoolId, group_id: teamId, staff_id: id })),
    )
    .execute();
  await db
    .insertInto('student')
    .values(
      STUDENTS.map((name) => ({
        id: v7(),
        school_id: schoolId,
        upn: null,
        register_id: name,
        forename: PUPILS[name][0],
        surname: PUPILS[name][1],
        known_as: null,
        class_name: PUPILS[name][2],
        year: PUPILS[name][2].replace(/\D/g, ''),
        is_on_roll: name === 'goneAway' ? (0 as const) : (1 as const),
        created_at: started,
      })),
    )
    .execute();
  return teamId;
}

/** The ids that a query gives to the names. */
export function idsOf<N extends string>(
  names: readonly N[],
  sqlite: Sqlite,
  query: string,
): Record<N, string> {
  const rows = sqlite.prepare<[], { name: string; id: string }>(query).all();
  const ids = new Map(rows.map(({ name, id }) => [name, id]));
  return Object.fromEntries(names.map((name) => [name, ids.get(name) ?? ''])) as Record<N, string>;
}
