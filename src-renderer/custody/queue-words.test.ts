import { expect, test } from 'vitest';
import { queueWords, whyWaiting } from './queue-words.ts';

test('what waits to be sent is one quiet line, and none where nothing waits', () => {
  expect(
    [
      { count: 0, oldestMinutes: 0 },
      { count: 1, oldestMinutes: 0 },
      { count: 2, oldestMinutes: 1 },
      { count: 2, oldestMinutes: 61 },
      { count: 1, oldestMinutes: 4_000 },
    ].map((waiting) => queueWords({ ...waiting, nobodyAlertedYet: false })),
  ).toEqual([
    null,
    '1 entry waits to be sent',
    '2 entries wait to be sent, for 1 minute',
    '2 entries wait to be sent, for 1 hour',
    '1 entry waits to be sent, for 2 days',
  ]);
});

test('R75 a network’s sign-in page is named as what it is, and a reason nobody knows still has a sentence', () => {
  expect(whyWaiting({ problem: 'reply-not-understood', tries: 3 })).toContain('sign-in page');
  expect(whyWaiting({ problem: 'something new', tries: 3 })).toContain('tried again by itself');
});
