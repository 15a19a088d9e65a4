/** Actions in the database: writing one, and reading those of an incident in order (S13, S17). */
import { ActionId } from '../../src-shared/contract/action.ts';
import type { Action } from '../../src-shared/contract/action.ts';
import { StaffId } from '../../src-shared/contract/staff.ts';
import { StudentId } from '../../src-shared/contract/student.ts';
import type { ActionSubmission } from '../../src-shared/contract/submission.ts';
import type { IncidentCategory } from '../category/rules.ts';
import type { Db, Transaction } from '../db/open.ts';
import type { ActionFacts } from '../incident/rules.ts';

/** The students that are linked to an incident. */
export async function linkedStudentsOf(db: Db, incidentId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('incident_student')
    .select('student_id')
    .where('incident_id', '=', incidentId)
    .execute();
  return new Set(rows.map((row) => row.student_id));
}

/** Writes an action with all that belongs to it. A category that the incident has stays as it is. */
export async function insertAction(
  trx: Transaction,
  entry: {
    readonly schoolId: string;
    readonly authorId: string;
    readonly submission: ActionSubmission;
    /** An added category is urgent, and the incident is from now on. */
    readonly makesUrgent: boolean;
    readonly submittedAt: string;
  },
): Promise<void> {
  const { submission } = entry;
  const common = { school_id: entry.schoolId, incident_id: submission.incidentId };
  await trx
    .insertInto('action')
    .values({
      ...common,
      id: submission.id,
      author_id: entry.authorId,
      text: submission.text,
      happened_at: submission.happenedAt,
      submitted_at: entry.submittedAt,
    })
    .execute();
  if (submission.addCategoryIds.length > 0) {
    await trx
      .insertInto('incident_category')
      .values(
        submission.addCategoryIds.map((categoryId) => ({
          ...common,
          category_id: categoryId,
          action_id: submission.id,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  if (submission.linkedStudentIds.length > 0) {
    await trx
      .insertInto('action_student')
      .values(
        submission.linkedStudentIds.map((studentId) => ({
          school_id: entry.schoolId,
          action_id: submission.id,
          student_id: studentId,
        })),
      )
      .execute();
  }
  if (submission.agencies.length > 0) {
    await trx
      .insertInto('incident_agency')
      .values(submission.agencies.map((name) => ({ ...common, action_id: submission.id, name })))
      .execute();
  }
  if (entry.makesUrgent) {
    await trx
      .updateTable('incident')
      .set({ is_urgent: 1 })
      .where('id', '=', submission.incidentId)
      .execute();
  }
}

/** The actions of an incident, the earliest submitted first; which of them show is for `can` to say. */
export async function actionFactsOf(
  db: Db,
  { incidentId, readerId }: { incidentId: string; readerId: string },
): Promise<ActionFacts[]> {
  const rows = await db
    .selectFrom('action as a')
    .select(['a.id', 'a.author_id'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('alert')
            .select('alert.id')
            .whereRef('alert.incident_id', '=', 'a.incident_id')
            .where('alert.staff_id', '=', readerId)
            .whereRef('alert.action_id', '=', 'a.id'),
        )
        .as('isTagged'),
    )
    .where('a.incident_id', '=', incidentId)
    .orderBy('a.submitted_at')
    .orderBy('a.id')
    .execute();
  return rows.map((row) => ({
    id: ActionId.parse(row.id),
    authorId: row.author_id,
    isTagged: Boolean(row.isTagged),
  }));
}

/**
 * These actions as they are read, in the order given; a few at a time, as each may be long.
 * `categories` and `agencies` are the incident's, each with the action it came by.
 */
export async function actionsAmong(
  db: Db,
  {
    facts,
    categories,
    agencies,
  }: {
    facts: readonly ActionFacts[];
    categories: readonly IncidentCategory[];
    agencies: readonly { name: string; addedBy: string | null }[];
  },
): Promise<Action[]> {
  const ids = facts.map(({ id }) => id);
  const rows = await db
    .selectFrom('action as a')
    .innerJoin('staff as author', 'author.id', 'a.author_id')
    .innerJoin('submission', 'submission.id', 'a.id')
    .select(['a.id', 'a.text', 'a.happened_at', 'a.submitted_at'])
    .select(['author.id as authorId', 'author.name as authorName', 'submission.clock_is_wrong'])
    .where('a.id', 'in', ids)
    .execute();
  const students = await db
    .selectFrom('action_student')
    .select(['action_id', 'student_id'])
    .where('action_id', 'in', ids)
    .execute();
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  return facts.flatMap(({ id, isTagged }) => {
    const row = rowOf.get(id);
    if (row === undefined) return [];
    return {
      id,
      author: { id: StaffId.parse(row.authorId), name: row.authorName },
      text: row.text,
      addedCategories: categories.filter(({ addedBy }) => addedBy === id).map(({ name }) => name),
      linkedStudentIds: students
        .filter((link) => link.action_id === id)
        .map((link) => StudentId.parse(link.student_id)),
      agencies: agencies.filter(({ addedBy }) => addedBy === id).map(({ name }) => name),
      happenedAt: row.happened_at,
      submittedAt: row.submitted_at,
      clockWasWrong: row.clock_is_wrong === 1,
      tagged: isTagged,
    };
  });
}
