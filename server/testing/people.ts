/** Invented people for a school under test, put straight into its database. */
import { v7 as uuid } from 'uuid';
import { type StaffId, StaffId as StaffIdSchema } from '../../src-shared/contract/staff.ts';
import { type StudentId, StudentId as StudentIdSchema } from '../../src-shared/contract/student.ts';
import type { RunningServer } from '../main.ts';

export interface TestStaff {
  readonly id: StaffId;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export const TEST_PASSWORD = 'copper hammer otter';

/** Adds a member of staff with a password; `isKeyUser` puts them in the safeguarding team. */
export async function addStaff(
  server: Pick<RunningServer, 'db' | 'house' | 'tools'>,
  person: {
    readonly name: string;
    readonly email?: string;
    readonly isKeyUser?: boolean;
    readonly isActive?: boolean;
    /** Null: has not chosen one yet. */
    readonly password?: string | null;
  },
): Promise<TestStaff> {
  const { db, house, tools } = server;
  const id = uuid();
  const words = person.name.split(' ');
  const surname = words.at(-1) ?? person.name;
  const email = person.email ?? `${words.join('.').toLowerCase()}@larkfield.example`;
  const schoolId = house.settings.school.id;
  const at = house.now().toISOString();
  await db
    .insertInto('staff')
    .values({
      id,
      school_id: schoolId,
      register_id: null,
      email,
      name: person.name,
      forename: words[0] ?? person.name,
      surname,
      job_title: 'Teacher',
      is_active: person.isActive === false ? 0 : 1,
      created_at: at,
    })
    .execute();
  const password = person.password === undefined ? TEST_PASSWORD : person.password;
  if (password !== null) {
    const hash = await tools.hasher.hash(password);
    await db
      .insertInto('password')
      .values({ staff_id: id, school_id: schoolId, hash, changed_at: at })
      .execute();
  }
  if (person.isKeyUser === true) {
    const team = await db
      .selectFrom('alert_group')
      .select('id')
      .where('is_safeguarding_team', '=', 1)
      .executeTakeFirstOrThrow();
    await db
      .insertInto('alert_group_member')
      .values({ school_id: schoolId, group_id: team.id, staff_id: id })
      .execute();
  }
  return { id: StaffIdSchema.parse(id), name: person.name, email, password: password ?? '' };
}

/** Adds a student on roll. */
export async function addStudent(
  server: Pick<RunningServer, 'db' | 'house'>,
  student: {
    readonly forename: string;
    readonly surname: string;
    readonly knownAs?: string;
    readonly className?: string;
    readonly year?: string;
  },
): Promise<StudentId> {
  const { db, house } = server;
  const id = uuid();
  await db
    .insertInto('student')
    .values({
      id,
      school_id: house.settings.school.id,
      upn: null,
      register_id: null,
      forename: student.forename,
      surname: student.surname,
      known_as: student.knownAs ?? null,
      class_name: student.className ?? '7B',
      year: student.year ?? '7',
      is_on_roll: 1,
      created_at: house.now().toISOString(),
    })
    .execute();
  return StudentIdSchema.parse(id);
}

/** Adds an alert group with these members and returns its id. */
export async function addGroup(
  server: Pick<RunningServer, 'db' | 'house'>,
  name: string,
  members: readonly Pick<TestStaff, 'id'>[],
): Promise<string> {
  const { db, house } = server;
  const id = uuid();
  const schoolId = house.settings.school.id;
  const last = await db
    .selectFrom('alert_group')
    .select((select) => select.fn.max<number>('position').as('position'))
    .executeTakeFirstOrThrow();
  await db
    .insertInto('alert_group')
    .values({
      id,
      school_id: schoolId,
      name,
      position: (last.position ?? 0) + 1,
      is_safeguarding_team: 0,
    })
    .execute();
  for (const member of members) {
    await db
      .insertInto('alert_group_member')
      .values({ school_id: schoolId, group_id: id, staff_id: member.id })
      .execute();
  }
  return id;
}
