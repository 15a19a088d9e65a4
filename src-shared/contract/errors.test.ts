import { describe, expect, test } from 'vitest';
import { ERRORS, sentenceOf, type ErrorCode } from './errors.ts';

describe('what a person reads when something goes wrong', () => {
  test.each(Object.keys(ERRORS) as ErrorCode[])(
    '%s is a sentence without blame or noise',
    (code) => {
      const sentence = sentenceOf({ code });
      expect(sentence).toMatch(/^[A-Z][^{}!]*\.$/);
      expect(sentence).not.toMatch(/oops|error|invalid|fail(ed|ure)|please/i);
    },
  );

  test.each([
    [1, '1 second'],
    [45, '45 seconds'],
    [60, '1 minute'],
    [61, '2 minutes'],
    [900, '15 minutes'],
  ])('a wait of %i s is told as %s', (waitSeconds, words) => {
    expect(sentenceOf({ code: 'too-many-tries', waitSeconds })).toContain(`Wait ${words}, then`);
  });
});

test('offline sign-in that ends says that it may be the clock alone', () => {
  expect(sentenceOf({ code: 'too-long-ago' })).toContain('clock');
});
