/** Alerts in the database: raising, listing, acknowledging and taking an acknowledgement back. */
import { AlertId } from '../../src-shared/contract/alert.ts';
import type { AlertRow } from '../../src-shared/contract/alert.ts';
import { IncidentId } from '../../src-shared/contract/submission.ts';
import type { Db, Transaction } from '../db/open.ts';
import { categoriesOfIncidents } from '../category/rows.ts';
import { studentOf } from '../student/rows.ts';
import { asManyAsFit } from '../reply-size.ts';
import type { AlertToRaise } from './rules.ts';

/**
 * The most rows of one answer (a member of the safeguarding team back after months): older ones
 * come up as newer ones are read. More would outgrow the bridge's 1 MiB (R16).
 */
export const ALERTS_SHOWN = 1_000;

/** Raises the alerts of one entry in one statement and answers with their ids, in their order. */
export async function insertAlerts(
  trx: Transaction,
  entry: {
    readonly schoolId: string;
    readonly incidentId: string;
    readonly actionId: string | null;
    readonly raisedBy: string;
    readonly at: string;
    readonly newId: () => string;
    readonly alerts: readonly AlertToRaise[];
  },
): Promise<string[]> {
  if (entry.alerts.length === 0) return [];
  const rows = entry.alerts.map(({ staffId, kind }) => ({
    id: entry.newId(),
    school_id: entry.schoolId,
    staff_id: staffId,
    incident_id: entry.incidentId,
    action_id: entry.actionId,
    kind,
    raised_by: entry.raisedBy,
    raised_at: entry.at,
    read_at: null,
    read_with: null,
  }));
  await trx.insertInto('alert').values(rows).execute();
  return rows.map((row) => row.id);
}

/** S7: the person's unread alerts, newest first, at most `ALERTS_SHOWN` and what one reply holds. */
export async function unreadAlertsOf(db: Db, staffId: string): Promise<AlertRow[]> {
  const unread = db
    .selectFrom('alert as a')
    .where('a.staff_id', '=', staffId)
    .where('a.read_at', 'is', null)
    .orderBy('a.position', 'desc')
    .limit(ALERTS_SHOWN);
  const rows = await unread
    .innerJoin('incident as i', 'i.id', 'a.incident_id')
    .innerJoin('student as s', 's.id', 'i.student_id')
    .innerJoin('staff as raiser', 'raiser.id', 'a.raised_by')
    .select([
      'a.id as alertId',
      'a.incident_id',
      'a.kind',
      'a.raised_at',
      'raiser.name as raisedBy',
      'i.is_urgent',
    ])
    .select(['s.id', 's.forename', 's.surname', 's.known_as', 's.class_name', 's.year'])
    .execute();
  const categories = await categoriesOfIncidents(db, unread.select('a.incident_id').$asScalar());
  const alerts = rows.map((row) => ({
    id: AlertId.parse(row.alertId),
    incidentId: IncidentId.parse(row.incident_id),
    kind: row.kind,
    raisedBy: row.raisedBy,
    raisedAt: row.raised_at,
    student: studentOf(row),
    categories: (categories.get(row.incident_id) ?? []).map(({ name }) => name),
    isUrgent: row.is_urgent === 1,
  }));
  return asManyAsFit(alerts);
}

/** How many alerts the person has not read. */
export async function countUnread(db: Db, staffId: string): Promise<number> {
  const { unread } = await db
    .selectFrom('alert')
    .select((eb) => eb.fn.countAll<number>().as('unread'))
    .where('staff_id', '=', staffId)
    .where('read_at', 'is', null)
    .executeTakeFirstOrThrow();
  return unread;
}

/** An alert as far as acknowledging goes; null where there is none with this id. */
export async function findAlert(
  db: Db,
  { schoolId, alertId }: { schoolId: string; alertId: string },
): Promise<{ staffId: string; readAt: string | null; readWith: string | null } | null> {
  const row = await db
    .selectFrom('alert')
    .select(['staff_id', 'read_at', 'read_with'])
    .where('school_id', '=', schoolId)
    .where('id', '=', alertId)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { staffId: row.staff_id, readAt: row.read_at, readWith: row.read_with };
}

/**
 * Acknowledges the person's alert, where it is theirs and unread, with their earlier unread ones
 * to the same incident. Answers with how many were acknowledged by this: 0 the second time.
 */
export async function acknowledge(
  trx: Transaction,
  { staffId, alertId, at }: { staffId: string; alertId: string; at: string },
): Promise<number> {
  const result = await trx
    .updateTable('alert')
    .set({ read_at: at, read_with: alertId })
    .where('staff_id', '=', staffId)
    .where('read_at', 'is', null)
    .where((eb) => {
      const named = eb
        .selectFrom('alert as named')
        .where('named.id', '=', alertId)
        .where('named.staff_id', '=', staffId)
        .where('named.read_at', 'is', null);
      return eb.and([
        eb('incident_id', '=', named.select('named.incident_id')),
        eb('position', '<=', named.select('named.position')),
      ]);
    })
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Brings back all that acknowledging `alertId` took along, if it was done after `since`. */
export async function takeAcknowledgementBack(
  trx: Transaction,
  { staffId, alertId, since }: { staffId: string; alertId: string; since: string },
): Promise<number> {
  const result = await trx
    .updateTable('alert')
    .set({ read_at: null, read_with: null })
    .where('staff_id', '=', staffId)
    .where('read_with', '=', alertId)
    .where('read_at', '>', since)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Who has an unread alert to this incident, and so may have it before them. */
export async function unreadReadersOf(db: Db, incidentId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('alert')
    .select('staff_id')
    .distinct()
    .where('incident_id', '=', incidentId)
    .where('read_at', 'is', null)
    .execute();
  return rows.map((row) => row.staff_id);
}
