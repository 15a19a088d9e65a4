/** Incidents: what was reported, and who may read it. */
import { z } from 'zod';
import { Action, ActionId } from './action.ts';
import { AlertId } from './alert.ts';
import { Category } from './category.ts';
import { endpoint } from './endpoint.ts';
import { Staff, StaffId } from './staff.ts';
import { Student } from './student.ts';
import { IncidentId, IncidentStatus } from './submission.ts';
import { Id, Instant, Name, Nothing } from './values.ts';

/** How many actions were submitted before those that were given; `before` asks for the next of them. */
export const EarlierActions = z.strictObject({ before: ActionId, count: z.int().min(1) });
export type EarlierActions = z.infer<typeof EarlierActions>;

/**
 * Actions in the order they came in: the newest that one answer holds, at least one where there is
 * one. With the incident at its longest they stay below the bridge's 1 MiB (R16).
 */
const actionPage = {
  actions: z.array(Action),
  earlierActions: EarlierActions.nullable(),
};

/**
 * An incident as the reader may see it (S13, S16). `whole`: under an unread alert, or by a key
 * user; `as-written`: one's own report in its first 7 days, with only the actions one is tagged in.
 */
export const Incident = z.strictObject({
  id: IncidentId,
  scope: z.enum(['whole', 'as-written']),
  student: Student,
  linkedStudents: z.array(
    z.strictObject({ student: Student, monitorsSameCategories: z.boolean() }),
  ),
  author: z.strictObject({ id: StaffId, name: Name }),
  text: z.string(),
  /** With the categories that actions added, parents before children. */
  categories: z.array(Category),
  status: IncidentStatus,
  assignees: z.array(Staff),
  agencies: z.array(Name),
  happenedAt: Instant,
  submittedAt: Instant,
  /** The computer's clock, or the time given, lay in the future when this arrived (S24). */
  clockWasWrong: z.boolean(),
  ...actionPage,
  /** The reader's newest unread alert to it, where there is one. */
  alert: z.strictObject({ id: AlertId, raisedBy: Name, raisedAt: Instant }).nullable(),
  mayAddAction: z.boolean(),
  /** What marking as read costs this reader: `closes` for a non-key user (S15). */
  markingAsRead: z.enum(['closes', 'keeps']).nullable(),
});
export type Incident = z.infer<typeof Incident>;

/**
 * Opens an incident. `openingId` is made once for each opening of the page: refetching with it
 * writes no further audit row (R68). What may not be read is answered like what does not exist.
 */
export const readIncident = endpoint({
  method: 'GET',
  path: '/v1/incidents/:incidentId',
  access: 'signed-in',
  request: z.strictObject({ incidentId: IncidentId, openingId: Id }),
  reply: Incident,
});

/**
 * S13: goes on to the actions before those that were given, of an incident that has more than one
 * answer holds. Under the same `openingId` it is the same opening (R68), and under the same rights.
 */
export const readEarlierActions = endpoint({
  method: 'GET',
  path: '/v1/incidents/:incidentId/actions',
  access: 'signed-in',
  request: z.strictObject({ incidentId: IncidentId, openingId: Id, before: ActionId }),
  reply: z.strictObject(actionPage),
});

/** S8: a row of My Assigned. */
export const AssignedRow = z.strictObject({
  incidentId: IncidentId,
  student: Student,
  categories: z.array(Name),
  author: Name,
  submittedAt: Instant,
});
export type AssignedRow = z.infer<typeof AssignedRow>;

/** S8: the open cases assigned to the person, newest first. */
export const listAssigned = endpoint({
  method: 'GET',
  path: '/v1/incidents/assigned',
  access: 'signed-in',
  request: Nothing,
  reply: z.strictObject({ rows: z.array(AssignedRow) }),
});

/** S9: a row of My History: an incident or action that the person added in the last 7 days. */
export const HistoryRow = z.strictObject({
  kind: z.enum(['incident', 'action']),
  id: Id,
  incidentId: IncidentId,
  /** Of the entry's receipt, to be read out on the telephone. */
  reference: z.string(),
  student: Student,
  categories: z.array(Name),
  submittedAt: Instant,
  /** Whether the safeguarding team has opened it; null where the school does not show this. */
  openedByTeamAt: Instant.nullable(),
  showsOpened: z.boolean(),
  mayOpen: z.boolean(),
});
export type HistoryRow = z.infer<typeof HistoryRow>;

export const listHistory = endpoint({
  method: 'GET',
  path: '/v1/incidents/history',
  access: 'signed-in',
  request: Nothing,
  reply: z.strictObject({ rows: z.array(HistoryRow) }),
});

/** S10: a row of Recently Viewed. */
export const RecentRow = z.strictObject({
  incidentId: IncidentId,
  student: Student,
  openedAt: Instant,
  mayOpen: z.boolean(),
});
export type RecentRow = z.infer<typeof RecentRow>;

/**
 * S10: the incidents that the person opened, newest first, each once. For *see more*, the last row
 * that was shown: `before` is its time, and `beforeId` its incident, as many may share a moment.
 */
export const listRecentlyViewed = endpoint({
  method: 'GET',
  path: '/v1/incidents/recently-viewed',
  access: 'signed-in',
  request: z.strictObject({ before: Instant.optional(), beforeId: IncidentId.optional() }),
  reply: z.strictObject({ rows: z.array(RecentRow), hasMore: z.boolean() }),
});
