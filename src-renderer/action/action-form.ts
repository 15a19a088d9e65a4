/** The action form (S17): what stands in it, what it still needs, and what it sends. */
import {
  ActionSubmission,
  type IncidentId,
  type SubmissionId,
} from '../../src-shared/contract/submission.ts';
import { LIMITS } from '../../src-shared/contract/values.ts';
import type { Problem } from '../design/error-summary.tsx';
import { tooLong, tooMany } from '../incident/incident-form.ts';
import type { Sending } from '../incident/sending.ts';
import { momentOf, WHEN_SENTENCES, type When } from '../incident/when.ts';

export interface ActionForm {
  /** The submission's id, made when the form was opened and kept through every retry. */
  readonly id: SubmissionId;
  readonly incidentId: IncidentId;
  readonly text: string;
  readonly addCategoryIds: readonly string[];
  readonly linkedStudentIds: readonly string[];
  readonly when: When;
  readonly agencies: readonly string[];
  readonly alertStaffIds: readonly string[];
  readonly alertGroupIds: readonly string[];
  readonly sending: Sending<ActionSubmission>;
}

export function emptyAction(id: SubmissionId, incidentId: IncidentId): ActionForm {
  return {
    id,
    incidentId,
    text: '',
    addCategoryIds: [],
    linkedStudentIds: [],
    when: { is: 'now' },
    agencies: [],
    alertStaffIds: [],
    alertGroupIds: [],
    sending: { is: 'writing' },
  };
}

/** Under which the form is kept while the person visits other pages. */
export function actionKey(incidentId: string): string {
  return `action:${incidentId}`;
}

/** What would be lost of it, for the leave guard; null where nothing was entered yet. */
export function unsentAction(form: ActionForm): string | null {
  const { id: _id, ...entered } = form;
  const { id: _emptyId, ...empty } = emptyAction(form.id, form.incidentId);
  return JSON.stringify(entered) === JSON.stringify(empty) ? null : 'your action';
}

export const ACTION_FIELDS = {
  text: 'action-text',
  categories: 'action-categories',
  date: 'action-date',
  time: 'action-time',
  alerts: 'action-alerts',
  agencies: 'action-agencies',
} as const;

interface Clock {
  readonly timeZone: string;
  /** By the server's clock, milliseconds since 1970. */
  readonly now: number;
}

/** What the form still needs, in its own order; empty where it can be sent. */
export function problemsOfAction(form: ActionForm, clock: Clock): readonly Problem[] {
  const problems: Problem[] = [];
  const add = (field: keyof typeof ACTION_FIELDS, text: string) =>
    problems.push({ fieldId: ACTION_FIELDS[field], text });
  if (form.text.trim() === '') add('text', 'Write what was done.');
  if (form.text.length > LIMITS.incidentText) add('text', tooLong(form.text.length));
  tooMany(form.addCategoryIds, LIMITS.categories, 'categories', (text) => add('categories', text));
  tooMany(form.agencies, LIMITS.agencies, 'agencies', (text) => add('agencies', text));
  const moment = momentOf(form.when, clock);
  if ('problem' in moment) {
    add(moment.problem === 'no-time' ? 'time' : 'date', WHEN_SENTENCES[moment.problem]);
  }
  tooMany(form.alertStaffIds, LIMITS.alertedStaff, 'colleagues', (text) => add('alerts', text));
  return problems;
}

/** What is sent. Only for a form without problems; throws otherwise. */
export function actionSubmission(
  form: ActionForm,
  clock: Clock,
  writtenAt: string,
): ActionSubmission {
  const moment = momentOf(form.when, clock);
  if ('problem' in moment) throw new Error('The form has no moment.');
  return ActionSubmission.parse({
    kind: 'action',
    id: form.id,
    writtenAt,
    incidentId: form.incidentId,
    text: form.text,
    addCategoryIds: form.addCategoryIds,
    linkedStudentIds: form.linkedStudentIds,
    happenedAt: moment.moment,
    agencies: form.agencies,
    alertStaffIds: form.alertStaffIds,
    alertGroupIds: form.alertGroupIds,
  });
}
