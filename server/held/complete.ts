/** Completing a held item: it becomes an incident, its alerts are raised, and it leaves the list. */
import type { completeHeld } from '../../src-shared/contract/held.ts';
import type { RequestOf } from '../../src-shared/contract/endpoint.ts';
import {
  IncidentId,
  SubmissionId,
  receiptBytes,
  type IncidentSubmission,
} from '../../src-shared/contract/submission.ts';
import { byActor, writeAudit } from '../audit/rows.ts';
import type { Transaction } from '../db/open.ts';
import type { Actor, House } from '../http/route.ts';
import { Refusal } from '../http/route.ts';
import { planEntry, writeEntry, type Author } from '../submission/receive.ts';
import { authorById, freeReference, referencesOf } from '../submission/rows.ts';
import { heldToRead } from './opening.ts';
import { resolveHeld, teamOf, type HeldRow } from './rows.ts';
import { incidentOf, onlyKnown } from './rules.ts';

/**
 * Answers with the incident and with everybody to tell after the commit. Throws `not-found` for
 * what is not held any more, `not-allowed` for what cannot be read (it can be filed), and
 * `unknown-reference` for a student or category that the school does not have.
 */
export async function complete(
  house: House,
  actor: Actor,
  request: RequestOf<typeof completeHeld>,
): Promise<{ incidentId: IncidentId; tell: Set<string> }> {
  const now = house.now();
  const { schoolId } = actor;
  return await house.db.transaction().execute(async (trx) => {
    const held = await heldToRead(trx, house, request.heldId);
    if (held === null) throw new Refusal('not-found');
    if (held.inside === null) throw new Refusal('not-allowed');
    const { studentId, categoryIds } = request;
    const id = SubmissionId.parse(held.id);
    const incident = incidentOf(
      held.inside,
      { id, studentId, categoryIds },
      { name: held.writer, isCertain: held.identityIsCertain },
    );
    const submission = await withoutUnknown(trx, schoolId, incident);
    const author = await authorOf(trx, actor, held);
    const plan = await planEntry(trx, { author, submission, now });
    if (typeof plan === 'string') throw new Refusal('unknown-reference');
    const unsigned = {
      submissionId: id,
      sha256: held.sha256,
      // What differed from an entry has that entry's reference; the incident needs its own.
      reference: held.reason === 'differs' ? await freeReference(trx, house) : held.reference,
      receivedAt: now.toISOString(),
      alerted: plan.alerts.length,
    };
    const receipt = { ...unsigned, signature: house.sign(receiptBytes(unsigned)) };
    const tell = await writeEntry(trx, house, plan, receipt);
    const at = now.toISOString();
    await resolveHeld(trx, { id, at, by: actor.staffId, as: 'completed', reason: null });
    await writeAudit(trx, {
      ...byActor(actor),
      at,
      event: 'complete-held',
      objectId: id,
      result: 'done',
    });
    for (const memberId of await teamOf(trx, schoolId)) tell.add(memberId);
    return { incidentId: IncidentId.parse(id), tell };
  });
}

/** Its writer where that is certain, also somebody who has left; else who completes it. */
async function authorOf(trx: Transaction, actor: Actor, held: HeldRow): Promise<Author> {
  const { schoolId } = actor;
  const writer =
    held.identityIsCertain && held.staffId !== null
      ? await authorById(trx, { schoolId, staffId: held.staffId })
      : null;
  const { computerId } = held;
  if (writer === null) {
    return { schoolId, staffId: actor.staffId, isKeyUser: actor.isKeyUser, computerId };
  }
  return { schoolId, staffId: writer.id, isKeyUser: writer.isKeyUser, computerId };
}

/** Without the choices of the writer's that are why it was held. */
async function withoutUnknown(
  trx: Transaction,
  schoolId: string,
  incident: IncidentSubmission,
): Promise<IncidentSubmission> {
  const found = await referencesOf(trx, {
    schoolId,
    studentIds: incident.linkedStudents.map(({ studentId }) => studentId),
    categoryIds: [],
    staffIds: [...incident.alertStaffIds, ...incident.assigneeIds],
    groupIds: incident.alertGroupIds,
  });
  return onlyKnown(incident, {
    students: found.studentIds,
    staff: new Set(found.staff.keys()),
    groups: found.groupIds,
    assignable: found.teamIds,
  });
}
