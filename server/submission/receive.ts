/**
 * Receiving a submission: everything that it brings is written in one transaction, or nothing is.
 * Idempotent by its id (R73), so that a client may send until it has the receipt.
 */
import type {
  ActionSubmission,
  IncidentSubmission,
  Receipt,
  Submission,
} from '../../src-shared/contract/submission.ts';
import { receiptBytes } from '../../src-shared/contract/submission.ts';
import { insertAction, linkedStudentsOf } from '../action/rows.ts';
import { rememberAgencies } from '../agency/rows.ts';
import { insertAlerts, unreadReadersOf } from '../alert/rows.ts';
import type { AlertToRaise } from '../alert/rules.ts';
import { alertsToRaise } from '../alert/rules.ts';
import { byActor, writeAudits } from '../audit/rows.ts';
import { categoryNamesOfIncident } from '../category/rows.ts';
import type { Transaction } from '../db/open.ts';
import type { Actor, House } from '../http/route.ts';
import { Refusal } from '../http/route.ts';
import { insertIncident } from '../incident/rows.ts';
import { queueAlertMails } from '../mail/rows.ts';
import { can } from '../rights/can.ts';
import { incidentFacts } from '../rights/rows.ts';
import type { References } from './rows.ts';
import { claimId, heldSubmission, keepAside, keepReceipt, referencesOf } from './rows.ts';
import { REFERENCE_BYTES, hashOf, isClockWrong, referenceFrom, tidy } from './rules.ts';

/** `received` now, `held` already, or `differs` from what is held under its id. */
export type Reception =
  | {
      readonly kind: 'received';
      readonly receipt: Receipt;
      readonly alerted: readonly string[];
      /** Everybody whose lists or open pages have changed. */
      readonly changedFor: ReadonlySet<string>;
    }
  | { readonly kind: 'held'; readonly receipt: Receipt }
  | { readonly kind: 'differs' };

/** People per statement: SQLite takes 32,766 values, and an e-mail's row has thirteen. */
const PEOPLE_AT_ONCE = 1_000;
/** A random reference meets a taken one about once in ten million entries; then another is drawn. */
const REFERENCE_TRIES = 5;

/**
 * Throws `unknown-reference` where it names what the school never had, `not-found` for an action to
 * an incident that `actor` may not add to, and `not-allowed` for an incident from somebody who may
 * add none; then nothing was written.
 */
export function receive(house: House, actor: Actor, submission: Submission): Promise<Reception> {
  const now = house.now();
  const sha256 = hashOf(submission);
  const at = now.toISOString();
  return house.db.transaction().execute(async (trx): Promise<Reception> => {
    // The claim stands first: a repeat gets its receipt whatever has happened to its choices since.
    for (let tries = 0; tries < REFERENCE_TRIES; tries += 1) {
      const reference = referenceFrom(house.randomBytes(REFERENCE_BYTES));
      const clockIsWrong = isClockWrong(submission, now);
      const claim = { actor, submission, sha256, reference, receivedAt: at, clockIsWrong };
      if (await claimId(trx, claim)) {
        return accept(trx, house, { actor, submission: tidy(submission), sha256, reference, now });
      }
      const held = await heldSubmission(trx, submission.id);
      if (held === null) continue;
      const isSame =
        held.sha256 === sha256 &&
        held.staffId === actor.staffId &&
        held.schoolId === actor.schoolId;
      if (isSame) return { kind: 'held', receipt: held.receipt };
      if (await keepAside(trx, claim)) {
        await writeAudits(trx, [
          {
            ...byActor(actor),
            at,
            event: 'submission-aside',
            objectId: submission.id,
            result: 'done',
          },
        ]);
      }
      return { kind: 'differs' };
    }
    throw new Error('No free reference was drawn: the randomness repeats itself.');
  });
}

interface Accepting<S extends Submission = Submission> {
  readonly actor: Actor;
  readonly submission: S;
  readonly sha256: string;
  readonly reference: string;
  readonly now: Date;
}

/** What writing the entry itself has found out. */
interface Written {
  readonly incidentId: string;
  readonly actionId: string | null;
  readonly authorName: string;
  /** For the e-mails. */
  readonly categoryNames: readonly string[];
  readonly alerts: readonly AlertToRaise[];
  readonly onlookers: readonly string[];
}

async function accept(trx: Transaction, house: House, accepting: Accepting): Promise<Reception> {
  const { actor, submission, sha256, reference, now } = accepting;
  const at = now.toISOString();
  const written =
    submission.kind === 'incident'
      ? await writeIncident(trx, { ...accepting, submission })
      : await writeAction(trx, { ...accepting, submission });
  await rememberAgencies(trx, {
    schoolId: actor.schoolId,
    names: submission.agencies,
    at,
    newId: house.newId,
  });

  const alertIds: string[] = [];
  for (let from = 0; from < written.alerts.length; from += PEOPLE_AT_ONCE) {
    const alerts = written.alerts.slice(from, from + PEOPLE_AT_ONCE);
    const ids = await insertAlerts(trx, {
      schoolId: actor.schoolId,
      incidentId: written.incidentId,
      actionId: written.actionId,
      raisedBy: actor.staffId,
      at,
      newId: house.newId,
      alerts,
    });
    alertIds.push(...ids);
    await queueAlertMails(trx, house, {
      raisedBy: written.authorName,
      categories: written.categoryNames,
      alerts,
    });
  }
  const unsigned = {
    submissionId: submission.id,
    sha256,
    reference,
    receivedAt: at,
    alerted: written.alerts.length,
  };
  const receipt = { ...unsigned, signature: house.sign(receiptBytes(unsigned)) };
  await keepReceipt(trx, receipt);
  await writeAudits(
    trx,
    [submission.id, ...alertIds].map((objectId, index) => ({
      ...byActor(actor),
      at,
      event: index > 0 ? 'alert' : submission.kind === 'incident' ? 'create' : 'action',
      objectId,
      result: 'done',
    })),
  );
  const alerted = written.alerts.map(({ staffId }) => staffId);
  return {
    kind: 'received',
    receipt,
    alerted,
    changedFor: new Set([actor.staffId, ...alerted, ...written.onlookers]),
  };
}

async function writeIncident(
  trx: Transaction,
  { actor, submission, now }: Accepting<IncidentSubmission>,
): Promise<Written> {
  if (!can({ ...actor, isActive: true }, 'add incident', { kind: 'nothing' })) {
    throw new Refusal('not-allowed');
  }
  const { schoolId } = actor;
  const staffIds = [actor.staffId, ...submission.alertStaffIds, ...submission.assigneeIds];
  const studentIds = [
    submission.studentId,
    ...submission.linkedStudents.map(({ studentId }) => studentId),
  ];
  const { categoryIds } = submission;
  const groupIds = submission.alertGroupIds;
  const found = await referencesOf(trx, { schoolId, studentIds, categoryIds, staffIds, groupIds });
  requireKnown(found, { studentIds, categoryIds, staffIds, groupIds });
  for (const assigneeId of submission.assigneeIds) {
    // Somebody who has left stays named, so that the team sees what was meant.
    const mayBeAssigned =
      found.teamIds.has(assigneeId) || found.staff.get(assigneeId)?.isActive === false;
    if (!mayBeAssigned) throw new Refusal('unknown-reference');
  }
  await insertIncident(trx, {
    schoolId,
    authorId: actor.staffId,
    submission,
    isUrgent: found.categories.some(({ isUrgent }) => isUrgent),
    submittedAt: now.toISOString(),
  });
  return {
    incidentId: submission.id,
    actionId: null,
    authorName: nameOf(found, actor.staffId),
    categoryNames: found.categories.map(({ name }) => name),
    alerts: alertsToRaise({
      kind: 'incident',
      authorId: actor.staffId,
      toldIds: [...found.memberIds, ...submission.alertStaffIds],
      assigneeIds: submission.assigneeIds,
      activeIds: activeOf(found),
    }),
    onlookers: [],
  };
}

async function writeAction(
  trx: Transaction,
  { actor, submission, now }: Accepting<ActionSubmission>,
): Promise<Written> {
  const { schoolId } = actor;
  const { incidentId } = submission;
  const facts = await incidentFacts(trx, { actor, incidentId, at: now });
  const mayAdd =
    facts !== null && can({ ...actor, isActive: true }, 'add action', { kind: 'incident', facts });
  if (!mayAdd) throw new Refusal('not-found');

  const staffIds = [actor.staffId, ...submission.alertStaffIds];
  const categoryIds = submission.addCategoryIds;
  const groupIds = submission.alertGroupIds;
  const found = await referencesOf(trx, {
    schoolId,
    studentIds: [],
    categoryIds,
    staffIds,
    groupIds,
  });
  requireKnown(found, { studentIds: [], categoryIds, staffIds, groupIds });
  if (submission.linkedStudentIds.length > 0) {
    const linked = await linkedStudentsOf(trx, incidentId);
    if (submission.linkedStudentIds.some((id) => !linked.has(id))) {
      throw new Refusal('unknown-reference');
    }
  }
  await insertAction(trx, {
    schoolId,
    authorId: actor.staffId,
    submission,
    makesUrgent: found.categories.some(({ isUrgent }) => isUrgent),
    submittedAt: now.toISOString(),
  });
  return {
    incidentId,
    actionId: submission.id,
    authorName: nameOf(found, actor.staffId),
    categoryNames: await categoryNamesOfIncident(trx, incidentId),
    alerts: alertsToRaise({
      kind: 'action',
      authorId: actor.staffId,
      toldIds: [...found.memberIds, ...submission.alertStaffIds],
      assigneeIds: [],
      activeIds: activeOf(found),
    }),
    onlookers: await unreadReadersOf(trx, incidentId),
  };
}

function requireKnown(
  found: References,
  named: {
    studentIds: readonly string[];
    categoryIds: readonly string[];
    staffIds: readonly string[];
    groupIds: readonly string[];
  },
): void {
  const categoryIds = new Set(found.categories.map(({ id }) => id));
  const isKnown =
    named.studentIds.every((id) => found.studentIds.has(id)) &&
    named.categoryIds.every((id) => categoryIds.has(id)) &&
    named.staffIds.every((id) => found.staff.has(id)) &&
    named.groupIds.every((id) => found.groupIds.has(id));
  if (!isKnown) throw new Refusal('unknown-reference');
}

function activeOf(found: References): Set<string> {
  return new Set([...found.staff].filter(([, { isActive }]) => isActive).map(([id]) => id));
}

function nameOf(found: References, staffId: string): string {
  const person = found.staff.get(staffId);
  if (person === undefined) throw new Error('The author is not on the staff.');
  return person.name;
}
