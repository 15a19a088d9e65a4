/** Agencies over HTTP: the names that are remembered from earlier entries (S30). */
import { listAgencies } from '../../src-shared/contract/agency.ts';
import type { House, Route } from '../http/route.ts';
import { route } from '../http/route.ts';
import { agencyNames } from './rows.ts';

export function agencyRoutes(house: House): Route[] {
  return [
    route(listAgencies, 'read lists for typing', async (_request, { actor }) => ({
      agencies: await agencyNames(house.db, actor.schoolId),
    })),
  ];
}
