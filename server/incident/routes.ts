/** Incidents over HTTP: opening one, and the dashboard's lists of them (S8 to S10, S13). */
import {
  listAssigned,
  listHistory,
  listRecentlyViewed,
  readEarlierActions,
  readIncident,
} from '../../src-shared/contract/incident.ts';
import type { ActionId } from '../../src-shared/contract/action.ts';
import type { Incident } from '../../src-shared/contract/incident.ts';
import { byActor, writeAudit } from '../audit/rows.ts';
import { assignedRows, historyRows, recentRows } from './lists/rows.ts';
import type { Actor, House, Route } from '../http/route.ts';
import { Refusal, route } from '../http/route.ts';
import { can } from '../rights/can.ts';
import { incidentFacts } from '../rights/rows.ts';
import { actionPage } from './action-page.ts';
import { authorsWhoSeeOpening, noteOpening, wholeIncident } from './rows.ts';
import { historySince, incidentFor } from './rules.ts';

export function incidentRoutes(house: House): Route[] {
  return [
    route(readIncident, 'read incident', (request, { actor }) =>
      open(house, actor, { ...request, before: null }),
    ),
    route(readEarlierActions, 'read action', async (request, { actor }) => {
      const { actions, earlierActions } = await open(house, actor, request);
      return { actions, earlierActions };
    }),
    route(listAssigned, 'list own entries', async (_request, { actor }) => ({
      rows: await house.db.transaction().execute((trx) => assignedRows(trx, actor, house.now())),
    })),
    route(listHistory, 'list own entries', async (_request, { actor }) => {
      const now = house.now();
      return {
        rows: await house.db.transaction().execute((trx) =>
          historyRows(trx, {
            actor,
            now,
            since: historySince(now),
            showsOpened: house.settings.school.showsOpenedByTeam,
          }),
        ),
      };
    }),
    route(listRecentlyViewed, 'list own entries', (cursor, { actor }) =>
      recentRows(house.db, { actor, now: house.now(), cursor }),
    ),
  ];
}

/**
 * One moment's view: opening, facts, content and audit row are of the same transaction. `before`:
 * with the actions before this one, instead of the newest.
 */
async function open(
  house: House,
  actor: Actor,
  {
    incidentId,
    openingId,
    before,
  }: { incidentId: string; openingId: string; before: ActionId | null },
): Promise<Incident> {
  const now = house.now();
  const at = now.toISOString();
  const { incident, changedFor } = await house.db.transaction().execute(async (trx) => {
    const isNewOpening = await noteOpening(trx, { actor, incidentId, openingId, at });
    const facts = await incidentFacts(trx, { actor, incidentId, at: now });
    const mayRead =
      facts !== null &&
      can({ ...actor, isActive: true }, 'read incident', { kind: 'incident', facts });
    // Not read before it is known that it may be: what exists takes no longer to refuse (R47).
    const whole = mayRead ? await wholeIncident(trx, { actor, incidentId }) : null;
    const shown = facts === null || whole === null ? null : incidentFor(actor, facts, whole);
    if (whole === null || shown === null) throw new Refusal('not-found');
    const page = await actionPage(trx, { shown, whole, before });
    if (page === null) throw new Refusal('not-found');
    if (isNewOpening) {
      await writeAudit(trx, {
        ...byActor(actor),
        at,
        event: 'view',
        objectId: incidentId,
        result: 'done',
      });
    }
    const showsOpened = actor.isKeyUser && house.settings.school.showsOpenedByTeam;
    const since = historySince(now);
    const changedFor =
      isNewOpening && showsOpened
        ? await authorsWhoSeeOpening(trx, { actor, incidentId, openingId, since })
        : [];
    return { incident: { ...shown.incident, ...page }, changedFor };
  });
  // Only whose My History shows something else now: telling others would say that it was opened (R44).
  house.tellChanged(changedFor);
  return incident;
}
