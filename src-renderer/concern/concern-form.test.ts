import { expect, test } from 'vitest';
import { Concern } from '../../src-shared/contract/seal.ts';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { emptyConcern, faultsOfConcern, lengthFault, savedConcern } from './concern-form.ts';

const id = SubmissionId.parse('3f2504e0-4f89-41d3-9a0c-0305e82c3301');
const Saved = Concern.omit({ isFinished: true, writtenAt: true });

test('a child’s safety never waits for a field: what is half filled in is saved as well', () => {
  const saved = savedConcern({ ...emptyConcern(id), text: 'Bruises on both arms.' });
  expect(Saved.parse(saved)).toEqual({
    id,
    writer: 'not given',
    student: 'not given',
    text: 'Bruises on both arms.',
  });
});

test('nothing is sealed of a form in which nothing was typed', () => {
  expect(savedConcern({ ...emptyConcern(id), text: ' \n' })).toBeNull();
});

test('to be sent as finished it needs a name, a student and what happened', () => {
  const faults = faultsOfConcern(emptyConcern(id));
  expect(Object.values(faults).every((fault) => fault !== null)).toBe(true);
});

test('a long paste is never cut without a word: the fault says at once how much is too much', () => {
  const long = {
    ...emptyConcern(id),
    writer: 'W'.repeat(101),
    student: 'S'.repeat(200),
    text: `${'x'.repeat(49_999)}😀end`,
  };
  expect(lengthFault(long, 'text')).toMatch(
    /^Shorten this: it has 50,004 characters, and 50,000 are the most\. /,
  );
  expect(lengthFault(long, 'writer')).toMatch(/^Shorten this: it has 101 characters/);
  expect(lengthFault(long, 'student')).toBeNull();
  expect(faultsOfConcern(long)).toMatchObject({
    text: lengthFault(long, 'text'),
    writer: lengthFault(long, 'writer'),
  });
  // Meanwhile as much as can be sent is sealed, without half a character at its end.
  expect(Saved.parse(savedConcern(long))).toEqual({
    id,
    writer: 'W'.repeat(100),
    student: 'S'.repeat(200),
    text: 'x'.repeat(49_999),
  });
});
