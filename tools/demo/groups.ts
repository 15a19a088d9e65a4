/**
 * Gives the demo school its alert groups and their members. The safeguarding team is there since
 * `init`; a school adds the others in its own screens.
 */
import type { Database } from 'better-sqlite3';
import { inserter } from './inserter.ts';
import { ALERT_GROUPS, SAFEGUARDING_TEAM, type DemoStaff } from './school/staff.ts';
import type { Random } from './school/random.ts';
import { readDirectory } from './directory.ts';

export function writeGroups(
  sqlite: Database,
  staff: readonly DemoStaff[],
  { random, now }: { readonly random: Random; readonly now: Date },
): void {
  const put = inserter(sqlite);
  sqlite.transaction(() => {
    const { schoolId } = readDirectory(sqlite);
    for (const [index, name] of ALERT_GROUPS.entries()) {
      if (name === SAFEGUARDING_TEAM) continue;
      put('alert_group', {
        id: random.id(now),
        school_id: schoolId,
        name,
        position: index + 1,
        is_safeguarding_team: 0,
      });
    }
    const directory = readDirectory(sqlite);
    for (const person of staff) {
      for (const name of person.groups) {
        put('alert_group_member', {
          school_id: schoolId,
          group_id: directory.groupId(name),
          staff_id: directory.staffId(person),
        });
      }
    }
  })();
}
