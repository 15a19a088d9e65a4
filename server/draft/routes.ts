/** Drafts over HTTP: never what is in them, only that they are unfinished somewhere. */
import { listDraftsElsewhere, tellDrafts } from '../../src-shared/contract/draft.ts';
import type { House, Route } from '../http/route.ts';
import { Refusal, route } from '../http/route.ts';
import { noticesElsewhere, replaceNotices } from './rows.ts';

export function draftRoutes(house: House): Route[] {
  return [
    route(tellDrafts, 'keep own account', async ({ computerId, drafts }, { actor }) => {
      if (computerId !== actor.computerId) throw new Refusal('not-allowed');
      await house.db.transaction().execute((trx) => replaceNotices(trx, actor, drafts));
      return {};
    }),

    route(listDraftsElsewhere, 'keep own account', async (_request, { actor }) => ({
      drafts: await noticesElsewhere(house.db, actor),
    })),
  ];
}
