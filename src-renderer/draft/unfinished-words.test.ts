import { expect, test } from 'vitest';
import type { Student } from '../../src-shared/contract/student.ts';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { emptyIncident } from '../incident/incident-form.ts';
import { contentOf } from './draft-content.ts';
import { amountWritten, unfinishedWords } from './unfinished-words.ts';

const id = SubmissionId.parse('3f2504e0-4f89-41d3-9a0c-0305e82c3301');
const aisha = {
  id: '3f2504e0-4f89-41d3-9a0c-0305e82c3302',
  forename: 'Aisha',
  surname: 'Khan',
  knownAs: null,
  className: '5B',
  year: 5,
} as unknown as Student;
const form = { ...emptyIncident(id), text: 'Bruises on  both\narms, like fingers.' };
const incident = { id, kind: 'incident', content: contentOf(form) } as const;

test('an unfinished entry says whom it is about, its kind and how much is written', () => {
  expect(unfinishedWords(incident, aisha)).toBe('Incident for Aisha Khan');
  expect(unfinishedWords({ ...incident, kind: 'action' }, aisha)).toBe('Action for Aisha Khan');
  expect(amountWritten(incident)).toBe('6 words');
});

test('no word of it is shown, also where it has no student yet', () => {
  const shown = `${unfinishedWords(incident, null)}, ${amountWritten(incident)}`;
  expect(shown).toBe('Incident, no student chosen yet, 6 words');
  for (const word of form.text.split(/\s+/)) expect(shown).not.toContain(word);
});

test('one that an earlier version kept, or that is damaged, is still told apart', () => {
  expect(amountWritten({ content: 'not JSON' })).toBe('no words yet');
  expect(amountWritten({ content: '{"text":"Late."}' })).toBe('1 word');
  expect(unfinishedWords({ id, kind: 'action', content: '{}' }, null)).toBe(
    'Action to an incident',
  );
});
