import { expect, test } from 'vitest';
import type { Staff } from '../../src-shared/contract/staff.ts';
import { strandedWords, toldOfStranded } from './stranded-words.ts';

test('the team cannot add an action to its incident afterwards, and nothing says that it does', () => {
  const words = strandedWords(false);
  expect(words).toContain('an incident of its own');
  expect(words).not.toContain('adds it');
  expect(strandedWords(true)).toContain('once the school’s server is reached');
});

test('of an action to an incident out of reach the team alone is told, whomever its author chose', () => {
  const lead = { id: 'lead', isKeyUser: true } as Staff;
  const tutor = { id: 'tutor', isKeyUser: false } as Staff;
  const told = { team: [lead], others: [tutor], wouldNotSee: [tutor] };
  expect(toldOfStranded(told)).toEqual({ team: [lead], others: [], wouldNotSee: [] });
});
