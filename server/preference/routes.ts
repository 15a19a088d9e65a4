/** Preferences follow a person to any computer. */
import { savePreferences } from '../../src-shared/contract/preference.ts';
import { route, type House, type Route } from '../http/route.ts';
import { keepPreferences } from './rows.ts';

export function preferenceRoutes(house: House): Route[] {
  return [
    route(savePreferences, 'keep own account', async (preferences, { actor }) => {
      await house.db.transaction().execute((trx) => keepPreferences(trx, actor, preferences));
      return preferences;
    }),
  ];
}
