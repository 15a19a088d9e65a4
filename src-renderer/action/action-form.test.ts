import { expect, test } from 'vitest';
import { IncidentId, SubmissionId } from '../../src-shared/contract/submission.ts';
import { actionSubmission, emptyAction, problemsOfAction, unsentAction } from './action-form.ts';

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const clock = { timeZone: 'Europe/London', now: Date.parse('2026-07-24T08:45:30.000Z') };
const empty = emptyAction(SubmissionId.parse(id(1)), IncidentId.parse(id(2)));

test('S17 an action holds what was done and every choice of the form', () => {
  const form = {
    ...empty,
    text: 'Rang home.',
    addCategoryIds: [id(3)],
    linkedStudentIds: [id(4)],
    when: { is: 'chosen', date: '2026-07-23', time: '15:10' },
    agencies: ['MASH'],
    alertStaffIds: [id(5)],
    alertGroupIds: [id(6)],
  } as const;
  expect(problemsOfAction(form, clock)).toEqual([]);
  expect(actionSubmission(form, clock, '2026-07-24T08:45:00.000Z')).toEqual({
    kind: 'action',
    id: id(1),
    writtenAt: '2026-07-24T08:45:00.000Z',
    incidentId: id(2),
    text: 'Rang home.',
    addCategoryIds: [id(3)],
    linkedStudentIds: [id(4)],
    happenedAt: '2026-07-23T14:10:00.000Z',
    agencies: ['MASH'],
    alertStaffIds: [id(5)],
    alertGroupIds: [id(6)],
  });
});

test('S17 an action needs its text', () => {
  expect(problemsOfAction(empty, clock)).toEqual([
    { fieldId: 'action-text', text: 'Write what was done.' },
  ]);
});

test('an action that nobody began is nothing to lose', () => {
  expect([unsentAction(empty), unsentAction({ ...empty, text: 'R' })]).toEqual([
    null,
    'your action',
  ]);
});
