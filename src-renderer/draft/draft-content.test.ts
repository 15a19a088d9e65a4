import { expect, test } from 'vitest';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { emptyIncident } from '../incident/incident-form.ts';
import { contentOf, incidentOf } from './draft-content.ts';

const id = SubmissionId.parse('3f2504e0-4f89-41d3-9a0c-0305e82c3301');

test('a draft comes back as it was typed', () => {
  const form = {
    ...emptyIncident(id),
    text: 'Arrived late,\nand hungry.',
    studentId: '3f2504e0-4f89-41d3-9a0c-0305e82c3302',
    when: { is: 'chosen', date: '2026-11-24', time: null } as const,
  };
  expect(incidentOf(id, contentOf(form))).toEqual(form);
});

test('of a draft that an earlier version kept otherwise the text is not lost', () => {
  const content = JSON.stringify({ text: 'Arrived late.', when: 'today', linked: 3 });
  expect(incidentOf(id, content)).toEqual({ ...emptyIncident(id), text: 'Arrived late.' });
});
