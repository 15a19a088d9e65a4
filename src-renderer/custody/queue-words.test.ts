import { expect, test } from 'vitest';
import type { WaitingItem } from '../../src-shared/vault.ts';
import { queueWords, whatWaits, whyWaiting } from './queue-words.ts';

test('what waits to be sent is one quiet line, and none where nothing waits', () => {
  expect(
    [
      { count: 0, oldestMinutes: 0 },
      { count: 1, oldestMinutes: 0 },
      { count: 2, oldestMinutes: 1 },
      { count: 2, oldestMinutes: 61 },
      { count: 1, oldestMinutes: 4_000 },
    ].map((waiting) => queueWords({ ...waiting, nobodyAlertedYet: false, damaged: 0 })),
  ).toEqual([
    null,
    '1 entry waits to be sent',
    '2 entries wait to be sent, for 1 minute',
    '2 entries wait to be sent, for 1 hour',
    '1 entry waits to be sent, for 2 days',
  ]);
});

const NOW = Date.parse('2026-11-24T10:42:00.000Z');
const item = (part: Partial<WaitingItem>): WaitingItem => ({
  id: '0198c0de-0000-7000-8000-000000000001' as WaitingItem['id'],
  kind: 'submission',
  isUrgent: false,
  queuedAt: '2026-11-24T10:40:00.000Z',
  tries: 0,
  nextTryAt: '2026-11-24T10:40:00.000Z',
  problem: null,
  ...part,
});

test('R75 a network’s sign-in page is named as what it is, and a reason nobody knows still has a sentence', () => {
  expect(whyWaiting(item({ problem: 'reply-not-understood', tries: 3 }), NOW)).toContain(
    'sign-in page',
  );
  expect(whyWaiting(item({ problem: 'something new', tries: 3 }), NOW)).toContain(
    'tried again by itself',
  );
});

test('R25 what is damaged is said to be, and never to be tried again', () => {
  const words = ['damaged', 'damaged-told'].map((problem) => whyWaiting(item({ problem }), NOW));
  for (const one of words) {
    expect(one).toContain('cannot be sent any more');
    expect(one).not.toContain('tried again');
  }
  expect(words[0]).not.toBe(words[1]);
  expect(queueWords({ count: 0, oldestMinutes: 0, nobodyAlertedYet: false, damaged: 1 })).toBe(
    '1 entry is damaged',
  );
  expect(queueWords({ count: 1, oldestMinutes: 0, nobodyAlertedYet: true, damaged: 2 })).toBe(
    '1 entry waits to be sent; 2 entries are damaged',
  );
  const unknown = item({ kind: 'unknown', queuedAt: new Date(0).toISOString() });
  expect(whatWaits(unknown, NOW)).toEqual({ what: 'An entry', since: null });
});

test('a concern that is still written is not called submitted, nor about to be sent', () => {
  const unfinished = item({ kind: 'concern', nextTryAt: '2026-11-24T10:50:00.000Z' });
  expect(whatWaits(unfinished, NOW).since).toBe('Begun');
  expect(whyWaiting(unfinished, NOW)).toContain('not finished');
  const finished = item({ kind: 'concern' });
  expect(whatWaits(finished, NOW).since).toBe('Submitted');
  expect(whyWaiting(finished, NOW)).toBe('It is about to be sent.');
});

test('what a leaver had not finished is neither an incident nor an action', () => {
  expect(whatWaits(item({ kind: 'left' }), NOW)).toEqual({
    what: 'Left unfinished by somebody who has left',
    since: 'Handed over',
  });
});
