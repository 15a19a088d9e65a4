/** Alerts: who was told about what, and whether they have marked it as read. */
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Student } from './student.ts';
import { IncidentId } from './submission.ts';
import { Id, Instant, Name, Nothing } from './values.ts';

export const AlertId = Id.brand<'AlertId'>();
export type AlertId = z.infer<typeof AlertId>;

/** S7: "STAFF added an incident for STUDENT (CATEGORIES)", "2 hours ago by STAFF". */
export const AlertRow = z.strictObject({
  id: AlertId,
  incidentId: IncidentId,
  /** What was added; `assigned` where the person was made responsible for it. */
  kind: z.enum(['incident', 'action', 'assigned']),
  raisedBy: Name,
  raisedAt: Instant,
  student: Student,
  categories: z.array(Name),
  isUrgent: z.boolean(),
});
export type AlertRow = z.infer<typeof AlertRow>;

/** S7: every unread alert, newest first. */
export const listAlerts = endpoint({
  method: 'GET',
  path: '/v1/alerts',
  access: 'signed-in',
  request: Nothing,
  reply: z.strictObject({ alerts: z.array(AlertRow) }),
});

/**
 * S15: acknowledges an alert and the person's earlier ones to the same incident. For a non-key
 * user the incident is out of reach from then on; an alert raised since keeps it open.
 */
export const markAlertRead = endpoint({
  method: 'POST',
  path: '/v1/alerts/:alertId/read',
  access: 'signed-in',
  request: z.strictObject({ alertId: AlertId }),
  reply: z.strictObject({ unread: z.int(), undoUntil: Instant }),
});

/** Takes `markAlertRead` back, for 10 seconds after it; then refused like an unknown alert. */
export const undoAlertRead = endpoint({
  method: 'POST',
  path: '/v1/alerts/:alertId/undo-read',
  access: 'signed-in',
  request: z.strictObject({ alertId: AlertId }),
  reply: z.strictObject({ unread: z.int() }),
});
