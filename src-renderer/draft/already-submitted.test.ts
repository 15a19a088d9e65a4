/** R73: a form whose submitting was cut off after it was queued is neither lost nor called unsent. */
import { expect, test } from 'vitest';
import {
  IncidentId,
  IncidentSubmission,
  SubmissionId,
} from '../../src-shared/contract/submission.ts';
import type { OwnItem } from '../../src-shared/vault.ts';
import { emptyAction } from '../action/action-form.ts';
import { emptyIncident } from '../incident/incident-form.ts';
import { afterSubmitted } from './already-submitted.ts';

const ID = SubmissionId.parse('0190a000-0000-7000-8000-000000000001');
const FRESH = SubmissionId.parse('0190a000-0000-7000-8000-000000000002');

function submission(text: string, writtenAt = '2026-11-24T08:40:00.000Z'): IncidentSubmission {
  return IncidentSubmission.parse({
    kind: 'incident',
    id: ID,
    writtenAt,
    studentId: '0190a000-0000-7000-8000-000000000003',
    text,
    categoryIds: ['0190a000-0000-7000-8000-000000000004'],
    linkedStudents: [],
    happenedAt: '2026-11-24T08:30:00.000Z',
    status: 'active',
    assigneeIds: [],
    agencies: [],
    alertStaffIds: [],
    alertGroupIds: [],
  });
}

function queued(text: string | null): OwnItem {
  return {
    id: ID,
    kind: 'incident',
    incidentId: null,
    queuedAt: '2026-11-24T08:40:01.000Z',
    state: text === null ? 'delivered' : 'waiting',
    receipt: null,
    submission: text === null ? null : submission(text),
  };
}

function failed(text: string) {
  const sending = {
    is: 'failed',
    submission: submission(text, '2026-11-24T08:41:00.000Z'),
    failure: { ok: false, code: 'vault-gone' },
  } as const;
  return { ...emptyIncident(ID), text, sending };
}

test('the same words: the form is empty, under an id of its own', () => {
  const next = afterSubmitted(failed('She fell.'), [queued('She fell.')], FRESH);
  expect(next).toEqual({ isSame: true, form: emptyIncident(FRESH) });
});

test('an action’s form stays that of its incident', () => {
  const incidentId = IncidentId.parse('0190a000-0000-7000-8000-000000000009');
  const form = { ...emptyAction(ID, incidentId), text: 'Rang home.' };
  const { form: next } = afterSubmitted(form, [], FRESH);
  expect(next).toEqual({ ...form, id: FRESH });
});

test('what was typed after it is kept as an entry of its own, and can be submitted', () => {
  const form = { ...emptyIncident(ID), text: 'She fell. She was pushed.' };
  const next = afterSubmitted(form, [queued('She fell.')], FRESH);
  expect(next).toEqual({ isSame: false, form: { ...form, id: FRESH } });
});

test('other words whose submitting failed as well are not taken for those that were queued', () => {
  const next = afterSubmitted(failed('She was pushed.'), [queued('She fell.')], FRESH);
  expect(next.isSame).toBe(false);
  expect(next.form).toMatchObject({
    id: FRESH,
    text: 'She was pushed.',
    sending: { is: 'writing' },
  });
});

test('where the copy is gone, as it was delivered meanwhile, nothing of the form is let go', () => {
  const next = afterSubmitted(failed('She fell.'), [queued(null)], FRESH);
  expect(next).toMatchObject({ isSame: false, form: { id: FRESH, text: 'She fell.' } });
});
