/** Alert groups and staff, as the forms choose from them (S28). */
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listGroups } from '../../src-shared/contract/group.ts';
import { listStaff } from '../../src-shared/contract/staff.ts';
import type { Larkfield } from '../testing/larkfield.ts';
import { openLarkfield } from '../testing/larkfield.ts';

let school: Larkfield;
beforeAll(async () => {
  school = await openLarkfield();
});
afterAll(() => school.close());

test('S28 groups stand in the school’s order, with their members who work here now', async () => {
  const { staff, schoolId, teamId } = school;
  const groupId = v7();
  school.sqlite
    .prepare('INSERT INTO alert_group VALUES (?, ?, ?, 2, 0)')
    .run(groupId, schoolId, 'Teachers');
  const add = school.sqlite.prepare('INSERT INTO alert_group_member VALUES (?, ?, ?)');
  for (const id of [staff.teacher, staff.leaver]) add.run(schoolId, groupId, id);
  add.run(schoolId, teamId, staff.leaver);
  const { groups } = await school.ask('teacher', listGroups);
  expect(groups).toEqual([
    { id: teamId, name: 'DSL', isSafeguardingTeam: true, memberIds: [staff.lead, staff.deputy] },
    { id: groupId, name: 'Teachers', isSafeguardingTeam: false, memberIds: [staff.teacher] },
  ]);
});

test('staff are listed by surname while they work here, and whether they are key users', async () => {
  const { staff } = await school.ask('teacher', listStaff);
  expect(staff.map(({ name, isKeyUser }) => [name, isKeyUser])).toEqual([
    ['Cora Bligh', false],
    ['Iris Lyle', true],
    ['Owen Marsh', true],
    ['Tariq Nasser', false],
    ['Ada Quill', false],
  ]);
});
