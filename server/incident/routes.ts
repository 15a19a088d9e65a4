/** Incidents over HTTP: opening one, and the dashboard's lists of them (S8 to S10, S13). */
import {
  listAssigned,
  listHistory,
  listRecentlyViewed,
  readIncident,
} from '../../src-shared/contract/incident.ts';
import type { Incident } from '../../src-shared/contract/incident.ts';
import { byActor, writeAudit } from '../audit/rows.ts';
import { assignedRows, historyRows, recentRows } from './lists/rows.ts';
import type { Actor, House, Route } from '../http/route.ts';
import { Refusal, route } from '../http/route.ts';
import { can } from '../rights/can.ts';
import { incidentFacts } from '../rights/rows.ts';
import { authorsWhoSeeOpening, noteOpening, wholeIncident } from './rows.ts';
import { historySince, incidentFor } from './rules.ts';

export function incidentRoutes(house: House): Route[] {
  return [
    route(readIncident, 'read incident', async (request, { actor }) => {
      const { incident, changedFor } = await open(house, actor, request);
      house.tellChanged(changedFor);
      return incident;
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
    route(listRecentlyViewed, 'list own entries', ({ before }, { actor }) =>
      recentRows(house.db, { actor, now: house.now(), before }),
    ),
  ];
}

/**
 * One moment's view: opening, facts, content and audit row are of the same transaction.
 * `changedFor`: whose My History shows something else by it. Nobody else is told, as the telling
 * alone would say that the incident was opened (R44).
 */
function open(
  house: House,
  actor: Actor,
  { incidentId, openingId }: { incidentId: string; openingId: string },
): Promise<{ incident: Incident; changedFor: string[] }> {
  const now = house.now();
  const at = now.toISOString();
  return house.db.transaction().execute(async (trx) => {
    const isNewOpening = await noteOpening(trx, { actor, incidentId, openingId, at });
    const facts = await incidentFacts(trx, { actor, incidentId, at: now });
    const mayRead =
      facts !== null &&
      can({ ...actor, isActive: true }, 'read incident', { kind: 'incident', facts });
    // Not read before it is known that it may be: what exists takes no longer to refuse (R47).
    const whole = mayRead ? await wholeIncident(trx, { actor, incidentId }) : null;
    const incident = facts === null || whole === null ? null : incidentFor(actor, facts, whole);
    if (incident === null) throw new Refusal('not-found');
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
    const changedFor =
      isNewOpening && showsOpened
        ? await authorsWhoSeeOpening(trx, {
            actor,
            incidentId,
            openingId,
            since: historySince(now),
          })
        : [];
    return { incident, changedFor };
  });
}
