/** Staff in the database: the colleagues who can be alerted and assigned. */
import { StaffId } from '../../src-shared/contract/staff.ts';
import type { Staff } from '../../src-shared/contract/staff.ts';
import type { Db } from '../db/open.ts';

/** Everyone who works here now, by surname. Whether one is a key user is derived at this moment. */
export async function staffWhoWorkHere(db: Db, schoolId: string): Promise<Staff[]> {
  const rows = await db
    .selectFrom('staff as s')
    .select(['s.id', 's.name', 's.job_title'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('alert_group_member as m')
            .innerJoin('alert_group as g', 'g.id', 'm.group_id')
            .select('m.staff_id')
            .whereRef('m.staff_id', '=', 's.id')
            .where('g.is_safeguarding_team', '=', 1),
        )
        .as('isKeyUser'),
    )
    .where('s.school_id', '=', schoolId)
    .where('s.is_active', '=', 1)
    .orderBy('s.surname')
    .orderBy('s.forename')
    .orderBy('s.id')
    .execute();
  return rows.map((row) => ({
    id: StaffId.parse(row.id),
    name: row.name,
    jobTitle: row.job_title,
    isKeyUser: Boolean(row.isKeyUser),
  }));
}
