/** Students over HTTP: the roster that names are picked from, page by page. */
import { listStudents } from '../../src-shared/contract/student.ts';
import type { House, Route } from '../http/route.ts';
import { Refusal, route } from '../http/route.ts';
import { rosterPage } from './rows.ts';

export function studentRoutes(house: House): Route[] {
  return [
    route(listStudents, 'read lists for typing', async ({ after }, { actor }) => {
      const page = await rosterPage(house.db, { schoolId: actor.schoolId, after });
      if (page === null) throw new Refusal('bad-request');
      return page;
    }),
  ];
}
