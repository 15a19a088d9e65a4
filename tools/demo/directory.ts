/** Finds the ids of a school's people, groups and categories in its database by what they are known by. */
import type { Database } from 'better-sqlite3';
import type { DemoStaff } from './school/staff.ts';
import type { DemoStudent } from './school/students.ts';

export interface Directory {
  readonly schoolId: string;
  readonly activeIds: ReadonlySet<string>;
  /** Each throws where there is no such person, category or group. */
  staffId(person: DemoStaff): string;
  emailOf(staffId: string): string;
  studentId(student: DemoStudent): string;
  /** By "Parent / Child", or by the name of one at the top. */
  categoryId(path: string): string;
  groupId(name: string): string;
  membersOf(groupName: string): string[];
}

/** Reads it once; what is added to the database later is not seen. */
export function readDirectory(sqlite: Database): Directory {
  const pairs = (sql: string): Map<string, string> =>
    new Map(
      sqlite
        .prepare<[], { key: string; id: string }>(sql)
        .all()
        .map(({ key, id }) => [key, id]),
    );
  const school = sqlite.prepare<[], { id: string }>('SELECT id FROM school').get();
  if (school === undefined) throw new Error('there is no school in this database');
  const staff = pairs('SELECT email AS key, id FROM staff WHERE is_active = 1');
  const emails = new Map([...staff].map(([email, id]) => [id, email]));
  const students = pairs('SELECT upn AS key, id FROM student WHERE upn IS NOT NULL');
  const categories = pairs(
    `SELECT coalesce(parent.name || ' / ', '') || child.name AS key, child.id AS id
     FROM category AS child LEFT JOIN category AS parent ON parent.id = child.parent_id`,
  );
  const groups = pairs('SELECT name AS key, id FROM alert_group');
  const members = Map.groupBy(
    sqlite
      .prepare<[], { group_id: string; staff_id: string }>(
        'SELECT group_id, staff_id FROM alert_group_member ORDER BY group_id, staff_id',
      )
      .all(),
    (member) => member.group_id,
  );
  const find = (map: ReadonlyMap<string, string>, key: string): string => {
    const id = map.get(key);
    if (id === undefined) throw new Error(`the school has no "${key}"`);
    return id;
  };
  return {
    schoolId: school.id,
    activeIds: new Set(staff.values()),
    emailOf: (staffId) => find(emails, staffId),
    staffId: (person) => find(staff, person.email),
    studentId: (student) => find(students, student.upn),
    categoryId: (path) => find(categories, path),
    groupId: (name) => find(groups, name),
    membersOf: (name) =>
      (members.get(find(groups, name)) ?? []).map(({ staff_id: staffId }) => staffId),
  };
}
