/** Categories over HTTP: the list that the forms choose from. */
import { listCategories } from '../../src-shared/contract/category.ts';
import type { House, Route } from '../http/route.ts';
import { route } from '../http/route.ts';
import { categoriesInUse } from './rows.ts';

export function categoryRoutes(house: House): Route[] {
  return [
    route(listCategories, 'read lists for typing', async (_request, { actor }) => ({
      categories: await categoriesInUse(house.db, actor.schoolId),
    })),
  ];
}
