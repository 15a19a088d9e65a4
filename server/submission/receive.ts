/**
 * What an entry brings: first it is planned, which writes nothing and may find that it cannot be
 * applied as it stands; then everything is written, in the transaction of its receipt.
 */
import type { HeldReason } from '../../src-shared/contract/held.ts';
import type { Receipt, Submission } from '../../src-shared/contract/submission.ts';
import { insertAction, linkedStudentsOf } from '../action/rows.ts';
import { rememberAgencies } from '../agency/rows.ts';
import { insertAlerts, unreadReadersOf } from '../alert/rows.ts';
import type { AlertToRaise } from '../alert/rules.ts';
import { alertsToRaise } from '../alert/rules.ts';
import { writeAudits } from '../audit/rows.ts';
import { categoryNamesOfIncident } from '../category/rows.ts';
import type { Transaction } from '../db/open.ts';
import type { House } from '../http/route.ts';
import { insertIncident } from '../incident/rows.ts';
import { queueAlertMails } from '../mail/rows.ts';
import { can } from '../rights/can.ts';
import { incidentFacts } from '../rights/rows.ts';
import type { References } from './rows.ts';
import { clockOffsetOf, insertSubmission, referencesOf } from './rows.ts';
import { isClockWrong, tidy } from './rules.ts';

/** Somebody whose entry is applied; whether they are signed in does not matter any more. */
export interface Author {
  readonly schoolId: string;
  readonly staffId: string;
  /** Of the safeguarding team at this moment. */
  readonly isKeyUser: boolean;
  /** The computer that it was written on. */
  readonly computerId: string;
}

/** Why an entry cannot be written as it stands. */
export type Hindrance = Extract<HeldReason, 'unknown-reference' | 'incident-out-of-reach'>;

/** An entry that can be written, and who is alerted by it. */
export interface Plan {
  readonly author: Author;
  /** Without repeated choices. */
  readonly submission: Submission;
  readonly found: References;
  readonly alerts: readonly AlertToRaise[];
}

/** People per statement: SQLite takes 32,766 values, and an e-mail's row has thirteen. */
const PEOPLE_AT_ONCE = 1_000;

/** Writes nothing. Answers with why it cannot be applied, where that is so. */
export async function planEntry(
  trx: Transaction,
  entry: { readonly author: Author; readonly submission: Submission; readonly now: Date },
): Promise<Plan | Hindrance> {
  const { author, now } = entry;
  const { schoolId } = author;
  const submission = tidy(entry.submission);
  if (submission.kind === 'action') {
    const { incidentId } = submission;
    const facts = await incidentFacts(trx, { actor: author, incidentId, at: now });
    const mayAdd =
      facts !== null &&
      can({ ...author, isActive: true }, 'add action', { kind: 'incident', facts });
    if (!mayAdd) return 'incident-out-of-reach';
  }
  const isIncident = submission.kind === 'incident';
  const assigneeIds = isIncident ? submission.assigneeIds : [];
  const named = {
    studentIds: isIncident
      ? [submission.studentId, ...submission.linkedStudents.map(({ studentId }) => studentId)]
      : [],
    categoryIds: isIncident ? submission.categoryIds : submission.addCategoryIds,
    staffIds: [author.staffId, ...submission.alertStaffIds, ...assigneeIds],
    groupIds: submission.alertGroupIds,
  };
  const found = await referencesOf(trx, { schoolId, ...named });
  if (!areKnown(found, named)) return 'unknown-reference';
  if (!isIncident && submission.linkedStudentIds.length > 0) {
    const linked = await linkedStudentsOf(trx, submission.incidentId);
    if (submission.linkedStudentIds.some((id) => !linked.has(id))) return 'unknown-reference';
  }
  const mayBeAssigned = (id: string) =>
    // Somebody who has left stays named, so that the team sees what was meant.
    found.teamIds.has(id) || found.staff.get(id)?.isActive === false;
  if (!assigneeIds.every(mayBeAssigned)) return 'unknown-reference';
  return {
    author,
    submission,
    found,
    alerts: alertsToRaise({
      kind: submission.kind,
      authorId: author.staffId,
      toldIds: [...found.memberIds, ...submission.alertStaffIds],
      assigneeIds,
      activeIds: new Set([...found.staff].filter(([, { isActive }]) => isActive).map(([id]) => id)),
    }),
  };
}

/**
 * Writes all that was planned: the entry, its alerts, their e-mails, the audit. Answers with
 * everybody whose lists or open pages change; tell them after the commit.
 */
export async function writeEntry(
  trx: Transaction,
  house: House,
  plan: Plan,
  receipt: Receipt,
): Promise<Set<string>> {
  const { author, submission, found, alerts } = plan;
  const { schoolId, staffId } = author;
  const now = new Date(receipt.receivedAt);
  const offsetMs = await clockOffsetOf(trx, submission.id);
  const clockIsWrong = isClockWrong(submission, now, offsetMs);
  await insertSubmission(trx, { schoolId, staffId, submission, receipt, clockIsWrong });
  const isUrgent = found.categories.some((category) => category.isUrgent);
  const common = { schoolId, authorId: staffId, submittedAt: receipt.receivedAt };
  if (submission.kind === 'incident') {
    await insertIncident(trx, { ...common, submission, isUrgent });
  } else {
    await insertAction(trx, { ...common, submission, makesUrgent: isUrgent });
  }
  await rememberAgencies(trx, {
    schoolId,
    names: submission.agencies,
    at: receipt.receivedAt,
    newId: house.newId,
  });
  const incidentId = submission.kind === 'incident' ? submission.id : submission.incidentId;
  // Before the new alerts are among them: whoever has the incident open sees the action come.
  const onlookers = submission.kind === 'action' ? await unreadReadersOf(trx, incidentId) : [];
  const alertIds = await raiseAlerts(trx, house, plan, { incidentId, at: receipt.receivedAt });
  await writeAudits(
    trx,
    [submission.id, ...alertIds].map((objectId, index) => ({
      schoolId,
      staffId,
      sessionId: null,
      computerId: author.computerId,
      at: receipt.receivedAt,
      event: index > 0 ? 'alert' : submission.kind === 'incident' ? 'create' : 'action',
      objectId,
      result: 'done',
    })),
  );
  return new Set([staffId, ...alerts.map((alert) => alert.staffId), ...onlookers]);
}

async function raiseAlerts(
  trx: Transaction,
  house: House,
  { author, submission, found, alerts: all }: Plan,
  entry: { readonly incidentId: string; readonly at: string },
): Promise<string[]> {
  const categories = await categoryNamesOfIncident(trx, entry.incidentId);
  const raisedBy = found.staff.get(author.staffId)?.name;
  if (raisedBy === undefined) throw new Error('The author is not on the staff.');
  const alertIds: string[] = [];
  for (let from = 0; from < all.length; from += PEOPLE_AT_ONCE) {
    const alerts = all.slice(from, from + PEOPLE_AT_ONCE);
    const ids = await insertAlerts(trx, {
      schoolId: author.schoolId,
      actionId: submission.kind === 'action' ? submission.id : null,
      raisedBy: author.staffId,
      newId: house.newId,
      ...entry,
      alerts,
    });
    alertIds.push(...ids);
    await queueAlertMails(trx, house, { raisedBy, categories, alerts });
  }
  return alertIds;
}

function areKnown(
  found: References,
  named: {
    studentIds: readonly string[];
    categoryIds: readonly string[];
    staffIds: readonly string[];
    groupIds: readonly string[];
  },
): boolean {
  const categoryIds = new Set(found.categories.map(({ id }) => id));
  return (
    named.studentIds.every((id) => found.studentIds.has(id)) &&
    named.categoryIds.every((id) => categoryIds.has(id)) &&
    named.staffIds.every((id) => found.staff.has(id)) &&
    named.groupIds.every((id) => found.groupIds.has(id))
  );
}
