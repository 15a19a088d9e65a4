/** Alert groups in the database: their members, and the safeguarding team among them. */
import { GroupId } from '../../src-shared/contract/group.ts';
import type { Group } from '../../src-shared/contract/group.ts';
import { StaffId } from '../../src-shared/contract/staff.ts';
import type { Db } from '../db/open.ts';

/** The safeguarding team's name as staff know it: Designated Safeguarding Leads (S29). */
export const FIRST_GROUP_NAME = 'DSL';

/** Gives a new school its safeguarding team, without members yet; answers with its id. */
export async function insertFirstGroup(
  db: Db,
  { schoolId, newId }: { schoolId: string; newId: () => string },
): Promise<string> {
  const id = newId();
  await db
    .insertInto('alert_group')
    .values({
      id,
      school_id: schoolId,
      name: FIRST_GROUP_NAME,
      position: 1,
      is_safeguarding_team: 1,
    })
    .execute();
  return id;
}

/** The school's groups in its order, each with its members who work here now. */
export async function groupsWithMembers(db: Db, schoolId: string): Promise<Group[]> {
  const rows = await db
    .selectFrom('alert_group as g')
    .leftJoin('alert_group_member as m', 'm.group_id', 'g.id')
    .leftJoin('staff as s', (join) =>
      join.onRef('s.id', '=', 'm.staff_id').on('s.is_active', '=', 1),
    )
    .select(['g.id', 'g.name', 'g.is_safeguarding_team', 's.id as memberId'])
    .where('g.school_id', '=', schoolId)
    .orderBy('g.position')
    .orderBy('g.id')
    .orderBy('s.surname')
    .orderBy('s.forename')
    .orderBy('s.id')
    .execute();
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const group = groups.get(row.id) ?? {
      id: GroupId.parse(row.id),
      name: row.name,
      isSafeguardingTeam: row.is_safeguarding_team === 1,
      memberIds: [],
    };
    if (row.memberId !== null) group.memberIds.push(StaffId.parse(row.memberId));
    groups.set(row.id, group);
  }
  return [...groups.values()];
}
