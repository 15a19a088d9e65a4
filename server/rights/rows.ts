/**
 * The facts that rights are judged by, read from the database, and the same judgement as a
 * condition of SQL for lists. A test holds the two together over every case.
 */
import { expressionBuilder } from 'kysely';
import type { AliasableExpression, SqlBool } from 'kysely';
import type { Db } from '../db/open.ts';
import type { Schema } from '../db/schema.ts';
import type { Actor } from '../http/route.ts';
import type { IncidentFacts } from './can.ts';
import { OWN_REPORT_SECONDS } from './can.ts';

/** Tables as the queries name them: `i` is the incident in question. */
type WithIncident = Schema & { i: Schema['incident'] };

/**
 * Whether `actor` may read the incident `i` of the query at `at`: true exactly where
 * `readingScope` is not `nothing`.
 */
export function mayReadIncident(
  actor: Pick<Actor, 'schoolId' | 'staffId' | 'isKeyUser'>,
  at: Date,
): AliasableExpression<SqlBool> {
  const eb = expressionBuilder<WithIncident, 'i'>();
  const ownSince = new Date(at.getTime() - OWN_REPORT_SECONDS * 1000).toISOString();
  const alerted = eb
    .selectFrom('alert as mine')
    .select('mine.id')
    .whereRef('mine.incident_id', '=', 'i.id')
    .where('mine.staff_id', '=', actor.staffId);
  const assigned = eb
    .selectFrom('incident_assignee as assigned')
    .select('assigned.staff_id')
    .whereRef('assigned.incident_id', '=', 'i.id')
    .where('assigned.staff_id', '=', actor.staffId);
  const asAnyone = [
    eb.exists(alerted.where('mine.read_at', 'is', null)),
    eb.and([eb('i.author_id', '=', actor.staffId), eb('i.submitted_at', '>', ownSince)]),
  ];
  const asKeyUser = [
    eb.exists(alerted),
    eb.exists(assigned),
    eb('i.author_id', '=', actor.staffId),
  ];
  return eb.and([
    eb('i.school_id', '=', actor.schoolId),
    eb.or(actor.isKeyUser ? [...asAnyone, ...asKeyUser] : asAnyone),
  ]);
}

/** How an incident stands to `actor` at `at`; null where the school has no such incident. */
export async function incidentFacts(
  db: Db,
  {
    actor,
    incidentId,
    at,
  }: { actor: Pick<Actor, 'schoolId' | 'staffId'>; incidentId: string; at: Date },
): Promise<IncidentFacts | null> {
  const row = await db
    .selectFrom('incident as i')
    .select(['i.author_id', 'i.submitted_at'])
    .select((eb) => {
      const alerted = eb
        .selectFrom('alert')
        .select('alert.id')
        .whereRef('alert.incident_id', '=', 'i.id')
        .where('alert.staff_id', '=', actor.staffId);
      return [
        eb.exists(alerted).as('wasAlerted'),
        eb.exists(alerted.where('alert.read_at', 'is', null)).as('hasUnread'),
        eb
          .exists(
            eb
              .selectFrom('incident_assignee as a')
              .select('a.staff_id')
              .whereRef('a.incident_id', '=', 'i.id')
              .where('a.staff_id', '=', actor.staffId),
          )
          .as('isAssigned'),
      ];
    })
    .where('i.school_id', '=', actor.schoolId)
    .where('i.id', '=', incidentId)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    alert: row.hasUnread ? 'unread' : row.wasAlerted ? 'read' : 'none',
    isAuthor: row.author_id === actor.staffId,
    ageSeconds: (at.getTime() - Date.parse(row.submitted_at)) / 1000,
    isAssigned: Boolean(row.isAssigned),
  };
}

/** The ids of the safeguarding team who work here now: the key users of this moment. */
export function presentKeyUsers(schoolId: string) {
  return expressionBuilder<Schema>()
    .selectFrom('alert_group_member as teamMember')
    .innerJoin('alert_group as team', 'team.id', 'teamMember.group_id')
    .innerJoin('staff as present', 'present.id', 'teamMember.staff_id')
    .select('teamMember.staff_id')
    .where('team.school_id', '=', schoolId)
    .where('team.is_safeguarding_team', '=', 1)
    .where('present.is_active', '=', 1);
}
