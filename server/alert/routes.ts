/** Alerts over HTTP: what is unread, marking as read, and taking that back (S7, S15). */
import { listAlerts, markAlertRead, undoAlertRead } from '../../src-shared/contract/alert.ts';
import { byActor, writeAudit } from '../audit/rows.ts';
import type { Actor, House, Route } from '../http/route.ts';
import { Refusal, route } from '../http/route.ts';
import { can } from '../rights/can.ts';
import {
  acknowledge,
  countUnread,
  findAlert,
  takeAcknowledgementBack,
  unreadAlertsOf,
} from './rows.ts';
import { UNDO_MS, undoUntil } from './rules.ts';

export function alertRoutes(house: House): Route[] {
  return [
    route(listAlerts, 'list own alerts', async (_request, { actor }) => ({
      alerts: await house.db.transaction().execute((trx) => unreadAlertsOf(trx, actor.staffId)),
    })),
    route(markAlertRead, 'acknowledge own alert', async ({ alertId }, { actor }) => {
      const reply = await markRead(house, { actor, alertId });
      house.tellChanged([actor.staffId]);
      return reply;
    }),
    route(undoAlertRead, 'acknowledge own alert', async ({ alertId }, { actor }) => {
      const reply = await undoRead(house, { actor, alertId });
      house.tellChanged([actor.staffId]);
      return reply;
    }),
  ];
}

/**
 * S15. The acknowledging write stands first in the transaction, so that two computers doing it at
 * once do it one after the other; the second finds it done and answers alike.
 */
function markRead(house: House, { actor, alertId }: { actor: Actor; alertId: string }) {
  const at = house.now().toISOString();
  return house.db.transaction().execute(async (trx) => {
    const { staffId } = actor;
    const acknowledged = await acknowledge(trx, { staffId, alertId, at });
    const alert = await findAlert(trx, { schoolId: actor.schoolId, alertId });
    if (alert === null || !mayAcknowledge(actor, alert.staffId)) throw new Refusal('not-found');
    if (acknowledged > 0) {
      await writeAudit(trx, {
        ...byActor(actor),
        at,
        event: 'acknowledge',
        objectId: alertId,
        result: 'done',
      });
    }
    const readAt = alert.readAt ?? at;
    return {
      unread: await countUnread(trx, staffId),
      // Read together with a later alert: it is that one's acknowledgement that can be taken back.
      undoUntil: alert.readWith === alertId ? undoUntil(readAt) : readAt,
    };
  });
}

/** Undone twice (an answer was lost, a double click) is undone once: the second finds it unread. */
function undoRead(house: House, { actor, alertId }: { actor: Actor; alertId: string }) {
  const now = house.now();
  const since = new Date(now.getTime() - UNDO_MS).toISOString();
  return house.db.transaction().execute(async (trx) => {
    const { staffId } = actor;
    const broughtBack = await takeAcknowledgementBack(trx, { staffId, alertId, since });
    const alert = await findAlert(trx, { schoolId: actor.schoolId, alertId });
    if (alert === null || !mayAcknowledge(actor, alert.staffId) || alert.readAt !== null) {
      throw new Refusal('not-found');
    }
    if (broughtBack > 0) {
      await writeAudit(trx, {
        ...byActor(actor),
        at: now.toISOString(),
        event: 'undo-acknowledge',
        objectId: alertId,
        result: 'done',
      });
    }
    return { unread: await countUnread(trx, staffId) };
  });
}

function mayAcknowledge(actor: Actor, ownerId: string): boolean {
  return can({ ...actor, isActive: true }, 'acknowledge own alert', { kind: 'own', ownerId });
}
