/** Staff over HTTP: the list that names are picked from. */
import { listStaff } from '../../src-shared/contract/staff.ts';
import type { House, Route } from '../http/route.ts';
import { route } from '../http/route.ts';
import { staffWhoWorkHere } from './rows.ts';

export function staffRoutes(house: House): Route[] {
  return [
    route(listStaff, 'read lists for typing', async (_request, { actor }) => ({
      staff: await staffWhoWorkHere(house.db, actor.schoolId),
    })),
  ];
}
