/** next alert (S14): where it leads from the incident that is open. */
import type { AlertRow } from '../../src-shared/contract/alert.ts';

/**
 * The incident of the next unread alert below this one in the Alert list (newest first); null after
 * the last, which leads back to the dashboard. Several alerts to one incident count as its newest,
 * so that going on from alert to alert comes to an end.
 */
export function nextAlert(
  alerts: readonly AlertRow[],
  open: { readonly incidentId: string; readonly raisedAt: string | null },
): AlertRow | null {
  const newest = alerts.filter(
    ({ incidentId }, at) => alerts.findIndex((other) => other.incidentId === incidentId) === at,
  );
  const here = newest.findIndex(({ incidentId }) => incidentId === open.incidentId);
  if (here !== -1) return newest[here + 1] ?? null;
  // Marked as read meanwhile, perhaps on another computer: go on from where it stood.
  const { raisedAt } = open;
  if (raisedAt === null) return newest[0] ?? null;
  return newest.find((row) => row.raisedAt <= raisedAt) ?? null;
}
