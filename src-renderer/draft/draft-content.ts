/** A form as the vault keeps it, JSON, and back. What an earlier version kept otherwise is left empty; its text is not lost. */
import { z } from 'zod';
import type { IncidentId, SubmissionId } from '../../src-shared/contract/submission.ts';
import { emptyAction, type ActionForm } from '../action/action-form.ts';
import { emptyIncident, type IncidentForm } from '../incident/incident-form.ts';

const Ids = z.array(z.uuid()).catch([]);
const When = z
  .discriminatedUnion('is', [
    z.object({ is: z.literal('now') }),
    z.object({
      is: z.literal('chosen'),
      date: z.string().nullable(),
      time: z.string().nullable(),
    }),
  ])
  .catch({ is: 'now' });

const common = {
  text: z.string().catch(''),
  when: When,
  agencies: z.array(z.string()).catch([]),
  alertStaffIds: Ids,
  alertGroupIds: Ids,
};

const IncidentContent = z.object({
  ...common,
  studentId: z.uuid().nullable().catch(null),
  categoryIds: Ids,
  linked: z.array(z.object({ studentId: z.uuid(), monitorsSameCategories: z.boolean() })).catch([]),
  status: z.enum(['active', 'closed']).catch('active'),
  assigneeIds: Ids,
});

const ActionContent = z.object({ ...common, addCategoryIds: Ids, linkedStudentIds: Ids });

/** All that was entered; not how far its sending has come. */
export function contentOf(form: IncidentForm | ActionForm): string {
  const { id: _id, sending: _sending, ...entered } = form;
  return JSON.stringify(entered);
}

export function incidentOf(id: SubmissionId, content: string): IncidentForm {
  const entered = IncidentContent.safeParse(parsed(content));
  return { ...emptyIncident(id), ...(entered.success ? entered.data : {}) };
}

export function actionOf(id: SubmissionId, incidentId: IncidentId, content: string): ActionForm {
  const entered = ActionContent.safeParse(parsed(content));
  return { ...emptyAction(id, incidentId), ...(entered.success ? entered.data : {}) };
}

/** What was written, of either kind. */
export function textOf(content: string): string {
  const entered = z.object({ text: common.text }).safeParse(parsed(content));
  return entered.success ? entered.data.text : '';
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}
