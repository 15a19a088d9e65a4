import { expect, test } from 'vitest';
import { completedWords } from './held-words.ts';

test('an item whose writer is certain becomes an incident of theirs, not of who completes it', () => {
  const certain = completedWords({ writer: 'Rosa Blake', identityIsCertain: true });
  expect(certain).toContain('Rosa Blake recorded');
  expect(certain).toContain('whom they chose');
  expect(certain).not.toContain('you recorded');
});

test('where nobody is certain, it is recorded by who completes it, and the team alone is told', () => {
  for (const writer of ['Rosa Blake', null]) {
    const words = completedWords({ writer, identityIsCertain: false });
    expect(words).toContain('you recorded');
    expect(words).toContain('safeguarding team');
  }
  // The school may be certain of somebody whom it has nobody for.
  expect(completedWords({ writer: null, identityIsCertain: true })).toContain('you recorded');
});
