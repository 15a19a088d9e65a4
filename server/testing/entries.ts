/** Incidents and actions as the forms send them, with everything set but what a test is about. */
import { v7 } from 'uuid';
import type { HeldReason } from '../../src-shared/contract/held.ts';
import type { Receipt } from '../../src-shared/contract/submission.ts';
import type { StaffName } from './larkfield-people.ts';
import type { Larkfield } from './larkfield.ts';

type Body = Readonly<Record<string, unknown>>;

/** An incident for Amina, in one category, told to nobody but the safeguarding team. */
export function incidentBody(school: Larkfield, changes: Body = {}) {
  const at = school.now.toISOString();
  return {
    kind: 'incident',
    id: v7(),
    writtenAt: at,
    studentId: school.students.amina,
    text: 'Amina said that nobody was at home last night.',
    categoryIds: [school.categories['Cause for Concern']],
    linkedStudents: [],
    happenedAt: at,
    status: 'active',
    assigneeIds: [],
    agencies: [],
    alertStaffIds: [],
    alertGroupIds: [],
    ...changes,
  } as const;
}

export function actionBody(school: Larkfield, incidentId: string, changes: Body = {}) {
  const at = school.now.toISOString();
  return {
    kind: 'action',
    id: v7(),
    writtenAt: at,
    incidentId,
    text: 'Telephoned home.',
    addCategoryIds: [],
    linkedStudentIds: [],
    happenedAt: at,
    agencies: [],
    alertStaffIds: [],
    alertGroupIds: [],
    ...changes,
  } as const;
}

/** Sends an incident as `who` and answers with its id. */
export async function addIncident(
  school: Larkfield,
  who: StaffName,
  changes: Body = {},
): Promise<string> {
  const body = incidentBody(school, changes);
  await school.submit(who, body);
  return body.id;
}

export async function addAction(
  school: Larkfield,
  who: StaffName,
  incidentId: string,
  changes: Body = {},
): Promise<Receipt | HeldReason> {
  const item = school.sealed(who, actionBody(school, incidentId, changes));
  const carried = await school.carry(item);
  if (carried.is === 'differs') return 'differs';
  return carried.as === null || carried.as === 'entry' ? carried.receipt : carried.as;
}
