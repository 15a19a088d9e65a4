/** Incidents in the database: writing one with all that belongs to it, and reading it whole. */
import { AlertId } from '../../src-shared/contract/alert.ts';
import type { Incident } from '../../src-shared/contract/incident.ts';
import { StaffId } from '../../src-shared/contract/staff.ts';
import type { IncidentSubmission } from '../../src-shared/contract/submission.ts';
import { IncidentId } from '../../src-shared/contract/submission.ts';
import { actionFactsOf } from '../action/rows.ts';
import { categoriesOfIncidents } from '../category/rows.ts';
import type { Db, Transaction } from '../db/open.ts';
import type { Actor } from '../http/route.ts';
import { presentKeyUsers } from '../rights/rows.ts';
import { studentOf } from '../student/rows.ts';
import type { WholeIncident } from './rules.ts';

/** Writes an incident with its links, assignees, categories and agencies. */
export async function insertIncident(
  trx: Transaction,
  entry: {
    readonly schoolId: string;
    readonly authorId: string;
    readonly submission: IncidentSubmission;
    readonly isUrgent: boolean;
    readonly submittedAt: string;
  },
): Promise<void> {
  const { submission } = entry;
  const common = { school_id: entry.schoolId, incident_id: submission.id };
  await trx
    .insertInto('incident')
    .values({
      id: submission.id,
      school_id: entry.schoolId,
      student_id: submission.studentId,
      author_id: entry.authorId,
      text: submission.text,
      status: submission.status,
      is_urgent: entry.isUrgent ? 1 : 0,
      happened_at: submission.happenedAt,
      submitted_at: entry.submittedAt,
    })
    .execute();
  await trx
    .insertInto('incident_category')
    .values(
      submission.categoryIds.map((categoryId) => ({
        ...common,
        category_id: categoryId,
        action_id: null,
      })),
    )
    .execute();
  if (submission.linkedStudents.length > 0) {
    await trx
      .insertInto('incident_student')
      .values(
        submission.linkedStudents.map((link) => ({
          ...common,
          student_id: link.studentId,
          monitors_same_categories: link.monitorsSameCategories ? (1 as const) : (0 as const),
        })),
      )
      .execute();
  }
  if (submission.assigneeIds.length > 0) {
    await trx
      .insertInto('incident_assignee')
      .values(
        submission.assigneeIds.map((staffId) => ({
          ...common,
          staff_id: staffId,
          status: submission.status,
          submitted_at: entry.submittedAt,
        })),
      )
      .execute();
  }
  if (submission.agencies.length > 0) {
    await trx
      .insertInto('incident_agency')
      .values(submission.agencies.map((name) => ({ ...common, action_id: null, name })))
      .execute();
  }
}

/**
 * Reads an incident with all that belongs to it but its actions' texts, in a fixed number of statements; null where the
 * school has none with this id. Give a transaction, so that all of it is of one moment.
 */
export async function wholeIncident(
  trx: Transaction,
  { actor, incidentId }: { actor: Actor; incidentId: string },
): Promise<WholeIncident | null> {
  const row = await trx
    .selectFrom('incident as i')
    .innerJoin('student as s', 's.id', 'i.student_id')
    .innerJoin('staff as author', 'author.id', 'i.author_id')
    .innerJoin('submission', 'submission.id', 'i.id')
    .select(['i.text', 'i.status', 'i.happened_at', 'i.submitted_at'])
    .select(['author.id as authorId', 'author.name as authorName', 'submission.clock_is_wrong'])
    .select(['s.id', 's.forename', 's.surname', 's.known_as', 's.class_name', 's.year'])
    .where('i.school_id', '=', actor.schoolId)
    .where('i.id', '=', incidentId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const only = trx.selectFrom('incident').select('id').where('id', '=', incidentId);
  const categories = (await categoriesOfIncidents(trx, only.$asScalar())).get(incidentId) ?? [];
  const agencies = await agenciesOf(trx, incidentId);
  return {
    incident: {
      id: IncidentId.parse(incidentId),
      student: studentOf(row),
      linkedStudents: await linkedStudents(trx, incidentId),
      author: { id: StaffId.parse(row.authorId), name: row.authorName },
      text: row.text,
      status: row.status,
      assignees: await assigneesOf(trx, { schoolId: actor.schoolId, incidentId }),
      happenedAt: row.happened_at,
      submittedAt: row.submitted_at,
      clockWasWrong: row.clock_is_wrong === 1,
    },
    categories,
    agencies,
    actions: await actionFactsOf(trx, { incidentId, readerId: actor.staffId }),
    alert: await newestUnreadAlert(trx, { staffId: actor.staffId, incidentId }),
  };
}

async function linkedStudents(db: Db, incidentId: string): Promise<Incident['linkedStudents']> {
  const rows = await db
    .selectFrom('incident_student as link')
    .innerJoin('student as s', 's.id', 'link.student_id')
    .select(['s.id', 's.forename', 's.surname', 's.known_as', 's.class_name', 's.year'])
    .select('link.monitors_same_categories')
    .where('link.incident_id', '=', incidentId)
    .orderBy('s.surname')
    .orderBy('s.forename')
    .orderBy('s.id')
    .execute();
  return rows.map((row) => ({
    student: studentOf(row),
    monitorsSameCategories: row.monitors_same_categories === 1,
  }));
}

async function agenciesOf(
  db: Db,
  incidentId: string,
): Promise<{ name: string; addedBy: string | null }[]> {
  const rows = await db
    .selectFrom('incident_agency')
    .select(['name', 'action_id'])
    .where('incident_id', '=', incidentId)
    .orderBy('name')
    .execute();
  return rows.map((row) => ({ name: row.name, addedBy: row.action_id }));
}

async function assigneesOf(
  db: Db,
  { schoolId, incidentId }: { schoolId: string; incidentId: string },
): Promise<Incident['assignees']> {
  const rows = await db
    .selectFrom('incident_assignee as a')
    .innerJoin('staff as s', 's.id', 'a.staff_id')
    .select(['s.id', 's.name', 's.job_title'])
    .select((eb) => eb('s.id', 'in', presentKeyUsers(schoolId)).as('isKeyUser'))
    .where('a.incident_id', '=', incidentId)
    .orderBy('s.surname')
    .orderBy('s.forename')
    .orderBy('s.id')
    .execute();
  return rows.map((row) => ({
    id: StaffId.parse(row.id),
    name: row.name,
    jobTitle: row.job_title,
    isKeyUser: Boolean(row.isKeyUser),
  }));
}

async function newestUnreadAlert(
  db: Db,
  { staffId, incidentId }: { staffId: string; incidentId: string },
): Promise<Incident['alert']> {
  const row = await db
    .selectFrom('alert as a')
    .innerJoin('staff as raiser', 'raiser.id', 'a.raised_by')
    .select(['a.id', 'a.raised_at', 'raiser.name'])
    .where('a.incident_id', '=', incidentId)
    .where('a.staff_id', '=', staffId)
    .where('a.read_at', 'is', null)
    .orderBy('a.position', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { id: AlertId.parse(row.id), raisedBy: row.name, raisedAt: row.raised_at };
}

/**
 * Notes that somebody opened an incident of their school; true where this opening was not noted
 * yet (R68). The write comes before the rights are known: whoever may not read undoes it by
 * refusing inside the transaction.
 */
export async function noteOpening(
  trx: Transaction,
  {
    actor,
    incidentId,
    openingId,
    at,
  }: { actor: Actor; incidentId: string; openingId: string; at: string },
): Promise<boolean> {
  const result = await trx
    .insertInto('opening')
    .columns(['id', 'school_id', 'session_id', 'staff_id', 'incident_id', 'opened_at'])
    .expression((eb) =>
      eb
        .selectFrom('incident')
        .select((eb) => [
          eb.val(openingId).as('id'),
          'incident.school_id',
          eb.val(actor.sessionId).as('session_id'),
          eb.val(actor.staffId).as('staff_id'),
          'incident.id as incident_id',
          eb.val(at).as('opened_at'),
        ])
        .where('incident.id', '=', incidentId)
        .where('incident.school_id', '=', actor.schoolId),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/**
 * Whose entries in this incident, of after `since`, a present member of the team has opened by
 * this opening for the first time: My History now says so to them (guide 9).
 */
export async function authorsWhoSeeOpening(
  trx: Transaction,
  {
    actor,
    incidentId,
    openingId,
    since,
  }: { actor: Actor; incidentId: string; openingId: string; since: string },
): Promise<string[]> {
  const entries = trx
    .selectFrom('incident')
    .select(['author_id', 'submitted_at'])
    .where('id', '=', incidentId)
    .unionAll(
      trx
        .selectFrom('action')
        .select(['author_id', 'submitted_at'])
        .where('incident_id', '=', incidentId),
    )
    .as('entry');
  const rows = await trx
    .selectFrom(entries)
    .select('entry.author_id')
    .distinct()
    .where('entry.author_id', '!=', actor.staffId)
    .where('entry.submitted_at', '>', since)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('opening as earlier')
            .select('earlier.id')
            .where('earlier.incident_id', '=', incidentId)
            .whereRef('earlier.opened_at', '>=', 'entry.submitted_at')
            .whereRef('earlier.staff_id', '!=', 'entry.author_id')
            .where('earlier.staff_id', 'in', presentKeyUsers(actor.schoolId))
            .where((or) =>
              or.or([
                or('earlier.session_id', '!=', actor.sessionId),
                or('earlier.id', '!=', openingId),
              ]),
            ),
        ),
      ),
    )
    .execute();
  return rows.map((row) => row.author_id);
}
