/** The dashboard's lists of incidents, each filtered by the same facts as opening one (S8 to S10). */
import { expressionBuilder } from 'kysely';
import type { AssignedRow, HistoryRow, RecentRow } from '../../../src-shared/contract/incident.ts';
import { IncidentId } from '../../../src-shared/contract/submission.ts';
import { categoriesOfIncidents } from '../../category/rows.ts';
import type { Db, Transaction } from '../../db/open.ts';
import type { Schema } from '../../db/schema.ts';
import type { Actor } from '../../http/route.ts';
import { asManyAsFit } from '../../reply-size.ts';
import { mayReadIncident, presentKeyUsers } from '../../rights/rows.ts';
import { studentOf } from '../../student/rows.ts';

/** The most cases of one answer; nobody works through more at once, and 1 MiB holds them (R16). */
export const ASSIGNED_SHOWN = 1_000;
/** Rows of Recently Viewed before *see more*. */
export const RECENT_PAGE = 10;

/** What `studentOf` reads. */
const STUDENT_COLUMNS = [
  's.id',
  's.forename',
  's.surname',
  's.known_as',
  's.class_name',
  's.year',
] as const;

/** S8: the open cases assigned to the person that they may read, newest first. */
export async function assignedRows(
  trx: Transaction,
  actor: Actor,
  now: Date,
): Promise<AssignedRow[]> {
  const cases = trx
    .selectFrom('incident_assignee as a')
    .innerJoin('incident as i', 'i.id', 'a.incident_id')
    .where('a.staff_id', '=', actor.staffId)
    .where('a.status', '=', 'active')
    .where(mayReadIncident(actor, now))
    // In the order of the index, so that only what is shown is read.
    .orderBy('a.submitted_at', 'desc')
    .orderBy('a.incident_id')
    .limit(ASSIGNED_SHOWN);
  const rows = await cases
    .innerJoin('student as s', 's.id', 'i.student_id')
    .innerJoin('staff as author', 'author.id', 'i.author_id')
    .select(['i.id as incidentId', 'i.submitted_at', 'author.name as authorName'])
    .select(STUDENT_COLUMNS)
    .execute();
  const categories = await categoriesOfIncidents(trx, cases.select('i.id').$asScalar());
  const assigned = rows.map((row) => ({
    incidentId: IncidentId.parse(row.incidentId),
    student: studentOf(row),
    categories: (categories.get(row.incidentId) ?? []).map(({ name }) => name),
    author: row.authorName,
    submittedAt: row.submitted_at,
  }));
  return asManyAsFit(assigned);
}

/**
 * S9: what the person added since `since`, newest first. Categories are those that they know of:
 * the report's own, and those that the action itself added. An entry counts as opened by the team
 * when a present member other than its author opened the incident after it arrived.
 */
export async function historyRows(
  trx: Transaction,
  {
    actor,
    now,
    since,
    showsOpened,
  }: { actor: Actor; now: Date; since: string; showsOpened: boolean },
): Promise<HistoryRow[]> {
  const mayOpen = mayReadIncident(actor, now);
  const incidents = trx
    .selectFrom('incident as i')
    .where('i.author_id', '=', actor.staffId)
    .where('i.submitted_at', '>', since);
  const actions = trx
    .selectFrom('action as entry')
    .innerJoin('incident as i', 'i.id', 'entry.incident_id')
    .where('entry.author_id', '=', actor.staffId)
    .where('entry.submitted_at', '>', since);

  const incidentRows = await incidents
    .innerJoin('student as s', 's.id', 'i.student_id')
    .innerJoin('submission as sent', 'sent.id', 'i.id')
    .select(['i.id as entryId', 'i.id as incidentId', 'i.submitted_at', 'sent.reference'])
    .select(STUDENT_COLUMNS)
    .select(mayOpen.as('mayOpen'))
    .select(firstOpening(actor).as('openedAt'))
    .execute();
  const actionRows = await actions
    .innerJoin('student as s', 's.id', 'i.student_id')
    .innerJoin('submission as sent', 'sent.id', 'entry.id')
    .select(['entry.id as entryId', 'i.id as incidentId', 'entry.submitted_at', 'sent.reference'])
    .select(STUDENT_COLUMNS)
    .select(mayOpen.as('mayOpen'))
    .select(firstOpening(actor).whereRef('o.opened_at', '>=', 'entry.submitted_at').as('openedAt'))
    .execute();
  const ofIncidents = await categoriesOfIncidents(trx, incidents.select('i.id').$asScalar());
  const ofActions = await categoriesOfIncidents(trx, actions.select('i.id').$asScalar());

  const rowOf = (
    kind: HistoryRow['kind'],
    row: (typeof incidentRows)[number],
    categories: Awaited<ReturnType<typeof categoriesOfIncidents>>,
  ): HistoryRow => ({
    kind,
    id: row.entryId,
    incidentId: IncidentId.parse(row.incidentId),
    reference: row.reference,
    student: studentOf(row),
    categories: (categories.get(row.incidentId) ?? [])
      .filter(({ addedBy }) => addedBy === null || addedBy === row.entryId)
      .map(({ name }) => name),
    submittedAt: row.submitted_at,
    openedByTeamAt: showsOpened ? row.openedAt : null,
    showsOpened,
    mayOpen: Boolean(row.mayOpen),
  });
  const entries = [
    ...incidentRows.map((row) => rowOf('incident', row, ofIncidents)),
    ...actionRows.map((row) => rowOf('action', row, ofActions)),
  ].toSorted(
    (one, other) =>
      other.submittedAt.localeCompare(one.submittedAt) || one.id.localeCompare(other.id),
  );
  return asManyAsFit(entries);
}

type WithEntry = Schema & { i: Schema['incident']; entry: Schema['action'] };

/** When a present member of the team other than the reader first opened the incident `i`. */
function firstOpening(reader: Actor) {
  return expressionBuilder<WithEntry, 'i' | 'entry'>()
    .selectFrom('opening as o')
    .select((eb) => eb.fn.min('o.opened_at').as('at'))
    .whereRef('o.incident_id', '=', 'i.id')
    .where('o.staff_id', '!=', reader.staffId)
    .where('o.staff_id', 'in', presentKeyUsers(reader.schoolId));
}

/** The last row that is shown already. Without its incident, all of its moment counts as shown. */
export interface RecentCursor {
  readonly before?: string | undefined;
  readonly beforeId?: string | undefined;
}

/**
 * S10: the incidents that the person opened, each once, the one opened last first, from the cursor
 * on. One stays listed when it may not be opened any more; opening is then refused.
 */
export async function recentRows(
  db: Db,
  { actor, now, cursor }: { actor: Actor; now: Date; cursor: RecentCursor },
): Promise<{ rows: RecentRow[]; hasMore: boolean }> {
  const rows = await db
    .selectFrom('opening as o')
    .innerJoin('incident as i', 'i.id', 'o.incident_id')
    .innerJoin('student as s', 's.id', 'i.student_id')
    .select(['i.id as incidentId', 'o.opened_at'])
    .distinct()
    .select(STUDENT_COLUMNS)
    .select(mayReadIncident(actor, now).as('mayOpen'))
    .where('o.staff_id', '=', actor.staffId)
    .$if(cursor.before !== undefined, (query) => {
      const { before = '', beforeId } = cursor;
      if (beforeId === undefined) return query.where('o.opened_at', '<', before);
      // Said twice, so that the index is entered at the moment.
      return query
        .where('o.opened_at', '<=', before)
        .where((eb) => eb.or([eb('o.opened_at', '<', before), eb('o.incident_id', '>', beforeId)]));
    })
    // Only each incident's last opening, found by index, so that a page costs a page.
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('opening as later')
            .select('later.id')
            .whereRef('later.staff_id', '=', 'o.staff_id')
            .whereRef('later.incident_id', '=', 'o.incident_id')
            .whereRef('later.opened_at', '>', 'o.opened_at'),
        ),
      ),
    )
    .orderBy('o.opened_at', 'desc')
    .orderBy('i.id')
    .limit(RECENT_PAGE + 1)
    .execute();
  return {
    rows: rows.slice(0, RECENT_PAGE).map((row) => ({
      incidentId: IncidentId.parse(row.incidentId),
      student: studentOf(row),
      openedAt: row.opened_at,
      mayOpen: Boolean(row.mayOpen),
    })),
    hasMore: rows.length > RECENT_PAGE,
  };
}
