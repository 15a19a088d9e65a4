/** Alert groups over HTTP: the buttons that alert several colleagues at once (S28). */
import { listGroups } from '../../src-shared/contract/group.ts';
import type { House, Route } from '../http/route.ts';
import { route } from '../http/route.ts';
import { groupsWithMembers } from './rows.ts';

export function groupRoutes(house: House): Route[] {
  return [
    route(listGroups, 'read lists for typing', async (_request, { actor }) => ({
      groups: await groupsWithMembers(house.db, actor.schoolId),
    })),
  ];
}
