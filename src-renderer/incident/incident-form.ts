/** The incident form (S19 to S31): what stands in it, what it still needs, and what it sends. */
import {
  IncidentSubmission,
  type IncidentStatus,
  type SubmissionId,
} from '../../src-shared/contract/submission.ts';
import { LIMITS } from '../../src-shared/contract/values.ts';
import type { Problem } from '../design/error-summary.tsx';
import type { Sending } from './sending.ts';
import { momentOf, WHEN_SENTENCES, type When } from './when.ts';

export interface LinkedStudent {
  readonly studentId: string;
  readonly monitorsSameCategories: boolean;
}

export interface IncidentForm {
  /** The submission's id, made when the form was opened and kept through every retry. */
  readonly id: SubmissionId;
  readonly studentId: string | null;
  readonly text: string;
  readonly categoryIds: readonly string[];
  readonly linked: readonly LinkedStudent[];
  readonly when: When;
  readonly status: IncidentStatus;
  readonly assigneeIds: readonly string[];
  readonly alertStaffIds: readonly string[];
  readonly alertGroupIds: readonly string[];
  readonly agencies: readonly string[];
  readonly sending: Sending<IncidentSubmission>;
}

/** Under which the form is kept while the person visits other pages. */
export const INCIDENT_KEY = 'incident';

export function emptyIncident(id: SubmissionId): IncidentForm {
  return {
    id,
    studentId: null,
    text: '',
    categoryIds: [],
    linked: [],
    when: { is: 'now' },
    status: 'active',
    assigneeIds: [],
    alertStaffIds: [],
    alertGroupIds: [],
    agencies: [],
    sending: { is: 'writing' },
  };
}

/** What would be lost of it, for the leave guard; null where nothing was entered yet. */
export function unsentIncident(form: IncidentForm): string | null {
  const { id: _id, ...entered } = form;
  const { id: _emptyId, ...empty } = emptyIncident(form.id);
  return JSON.stringify(entered) === JSON.stringify(empty) ? null : 'your incident';
}

/** The main student cannot be linked as well (guide 9). */
export function withStudent(form: IncidentForm, studentId: string | null): IncidentForm {
  const linked = form.linked.filter((one) => one.studentId !== studentId);
  return { ...form, studentId, linked };
}

/** The ids of the form's fields, for the problems to lead to. */
export const INCIDENT_FIELDS = {
  student: 'incident-student',
  text: 'incident-text',
  categories: 'incident-categories',
  linked: 'incident-linked',
  date: 'incident-date',
  time: 'incident-time',
  assignees: 'incident-assignees',
  alerts: 'incident-alerts',
  agencies: 'incident-agencies',
} as const;

interface Clock {
  readonly timeZone: string;
  /** By the server's clock, milliseconds since 1970. */
  readonly now: number;
}

/** What the form still needs, in its own order; empty where it can be sent. */
export function problemsOfIncident(form: IncidentForm, clock: Clock): readonly Problem[] {
  const problems: Problem[] = [];
  const add = (field: keyof typeof INCIDENT_FIELDS, text: string) =>
    problems.push({ fieldId: INCIDENT_FIELDS[field], text });
  if (form.studentId === null) {
    add('student', 'Choose the student: type part of the name and pick it from the list.');
  }
  if (form.text.trim() === '') add('text', 'Write what happened.');
  if (form.text.length > LIMITS.incidentText) add('text', tooLong(form.text.length));
  if (form.categoryIds.length === 0) add('categories', 'Tick at least one category.');
  tooMany(form.categoryIds, LIMITS.categories, 'categories', (text) => add('categories', text));
  tooMany(form.linked, LIMITS.linkedStudents, 'linked students', (text) => add('linked', text));
  const moment = momentOf(form.when, clock);
  if ('problem' in moment) {
    add(moment.problem === 'no-time' ? 'time' : 'date', WHEN_SENTENCES[moment.problem]);
  }
  tooMany(form.assigneeIds, LIMITS.assignees, 'people to assign to', (text) =>
    add('assignees', text),
  );
  tooMany(form.alertStaffIds, LIMITS.alertedStaff, 'colleagues', (text) => add('alerts', text));
  tooMany(form.agencies, LIMITS.agencies, 'agencies', (text) => add('agencies', text));
  return problems;
}

export function tooLong(length: number): string {
  const count = new Intl.NumberFormat('en-GB');
  return `Shorten the text: it has ${count.format(length)} characters, and ${count.format(LIMITS.incidentText)} are the most. The rest can be added as an action.`;
}

export function tooMany(
  chosen: readonly unknown[],
  most: number,
  what: string,
  add: (text: string) => void,
): void {
  if (chosen.length > most) add(`Choose fewer ${what}: ${most} are the most.`);
}

/**
 * What is sent. `writtenAt` is the computer's own clock; `clock.now` the server's as far as known.
 * Only for a form without problems; throws otherwise.
 */
export function incidentSubmission(
  form: IncidentForm,
  clock: Clock,
  writtenAt: string,
): IncidentSubmission {
  const moment = momentOf(form.when, clock);
  if ('problem' in moment) throw new Error('The form has no moment.');
  return IncidentSubmission.parse({
    kind: 'incident',
    id: form.id,
    writtenAt,
    studentId: form.studentId,
    text: form.text,
    categoryIds: form.categoryIds,
    linkedStudents: form.linked,
    happenedAt: moment.moment,
    status: form.status,
    assigneeIds: form.assigneeIds,
    agencies: form.agencies,
    alertStaffIds: form.alertStaffIds,
    alertGroupIds: form.alertGroupIds,
  });
}
