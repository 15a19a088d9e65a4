import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SubmissionId } from '../../src-shared/contract/submission.ts';
import type { WaitingItem } from '../../src-shared/vault.ts';
import { MOST_AT_ONCE, nextUp, outcomeOf, waitAfter } from './next-up.ts';
import type { Outlook } from './next-up.ts';

const NOW = Date.parse('2026-11-24T08:45:00.000Z');
const at = (ms: number): string => new Date(NOW + ms).toISOString();

function item(id: string, than: Partial<WaitingItem> = {}): WaitingItem {
  return {
    id: id as SubmissionId,
    kind: 'submission',
    isUrgent: false,
    queuedAt: at(-1_000),
    tries: 0,
    nextTryAt: at(-1_000),
    problem: null,
    ...than,
  };
}

function outlook(items: readonly WaitingItem[], than: Partial<Outlook> = {}): Outlook {
  return { items, carrying: new Set(), slow: 0, misses: 0, pauseMs: 0, ...than };
}

describe('R84 what is carried next', () => {
  test('urgent first, then the oldest, three at once', () => {
    const items = [
      item('new', { queuedAt: at(-1) }),
      item('old', { queuedAt: at(-9_000) }),
      item('middle', { queuedAt: at(-5_000) }),
      item('urgent', { queuedAt: at(-1), isUrgent: true }),
    ];
    expect(nextUp(outlook(items), NOW).carry).toEqual(['urgent', 'old', 'middle']);
    const carrying = new Set(['urgent', 'old'] as SubmissionId[]);
    expect(nextUp(outlook(items, { carrying }), NOW).carry).toEqual(['middle']);
  });

  test('one that was refused waits by itself, and the others pass it', () => {
    const items = [item('refused', { isUrgent: true, tries: 9, nextTryAt: at(40_000) }), item('b')];
    expect(nextUp(outlook(items), NOW)).toEqual({ carry: ['b'], lookAgainMs: 40_000 });
  });

  test('a closed way is tried with one item, and with another each time', () => {
    const items = [item('first', { isUrgent: true, tries: 2 }), item('second', { tries: 1 })];
    expect(nextUp(outlook(items, { misses: 1, pauseMs: 700 }), NOW)).toEqual({
      carry: [],
      lookAgainMs: 700,
    });
    expect(nextUp(outlook(items, { misses: 1 }), NOW).carry).toEqual(['second']);
  });

  test('what is slow gives up its place, up to six on their way; a probe does not wait for it', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const items = ids.map((id, index) => item(id, { queuedAt: at(index - 100) }));
    const carrying = new Set(['a', 'b', 'c'] as SubmissionId[]);
    expect(nextUp(outlook(items, { carrying }), NOW)).toEqual({ carry: [], lookAgainMs: 5_000 });
    expect(nextUp(outlook(items, { carrying, slow: 1 }), NOW).carry).toEqual(['d']);
    expect(nextUp(outlook(items, { carrying, slow: 3 }), NOW).carry).toEqual(['d', 'e', 'f']);
    expect(nextUp(outlook(items, { carrying, slow: 3, misses: 2 }), NOW).carry).toEqual(['d']);
    expect(nextUp(outlook(items, { carrying, slow: 2, misses: 2 }), NOW).carry).toEqual([]);
  });

  test('R81 a clock that was put back by ten years keeps nothing waiting', () => {
    const years = 10 * 365 * 24 * 3_600_000;
    expect(nextUp(outlook([item('a', { nextTryAt: at(1_000) })]), NOW - years).carry).toEqual([
      'a',
    ]);
  });

  test('a concern that is still being written is left alone for its ten minutes', () => {
    const concern = item('c', { kind: 'concern', isUrgent: true, nextTryAt: at(600_000) });
    expect(nextUp(outlook([concern]), NOW)).toEqual({ carry: [], lookAgainMs: 60_000 });
    expect(nextUp(outlook([concern]), NOW + 600_000).carry).toEqual(['c']);
  });

  test('never more than there is room for, never one twice, and never asleep while something waits', () => {
    const items = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        isUrgent: fc.boolean(),
        tries: fc.nat(20),
        wait: fc.integer({ min: -600_000, max: 600_000 }),
      }),
      { selector: ({ id }) => id, maxLength: 20 },
    );
    fc.assert(
      fc.property(
        items,
        fc.nat(3),
        fc.nat(3),
        fc.integer({ min: -5, max: 5_000 }),
        (some, busy, misses, pauseMs) => {
          const all = some.map(({ id, wait, ...rest }) =>
            item(id, { ...rest, nextTryAt: at(wait) }),
          );
          const carrying = new Set(all.slice(0, busy).map(({ id }) => id));
          const next = nextUp({ items: all, carrying, slow: 0, misses, pauseMs }, NOW);
          expect(next.carry.length + carrying.size).toBeLessThanOrEqual(MOST_AT_ONCE);
          expect(next.carry.filter((id) => carrying.has(id))).toEqual([]);
          expect(new Set(next.carry).size).toBe(next.carry.length);
          const isAsleep = (next.lookAgainMs ?? Number.POSITIVE_INFINITY) > 60_000;
          expect(isAsleep).toBe(all.length === carrying.size);
        },
      ),
    );
  });
});

describe('what follows from an answer', () => {
  const before = { tries: 0, misses: 0 };
  const half = (): number => 0.5;

  test.each(['server-unreachable', 'server-not-trusted', 'server-busy'] as const)(
    '%s is about the way: all wait, and this item is no worse than the others',
    (code) => {
      expect(outcomeOf({ ok: false, code }, before, half)).toEqual({
        is: 'again',
        problem: code,
        itemMs: 0,
        pauseMs: 750,
      });
    },
  );

  test('R86 a friendly answer without a receipt closes the way and puts this item last', () => {
    expect(outcomeOf({ ok: false, code: 'reply-not-understood' }, before, half)).toEqual({
      is: 'again',
      problem: 'reply-not-understood',
      itemMs: 750,
      pauseMs: 750,
    });
  });

  test('a server that says how long to wait is heeded, up to five minutes', () => {
    const wait = (waitSeconds: number) =>
      outcomeOf({ ok: false, code: 'server-busy', waitSeconds }, before, half);
    expect(wait(30)).toMatchObject({ pauseMs: 30_000 });
    expect(wait(86_400)).toMatchObject({ pauseMs: 300_000 });
  });

  test.each(['bad-request', 'not-allowed', 'server-failed', 'too-large'] as const)(
    '%s is about this item alone',
    (code) => {
      expect(outcomeOf({ ok: false, code }, { tries: 3, misses: 0 }, half)).toEqual({
        is: 'again',
        problem: code,
        itemMs: 6_000,
        pauseMs: null,
      });
    },
  );

  test('waits grow from one second to five minutes, half of them by chance', () => {
    expect([0, 1, 5, 20, 500].map((before) => waitAfter(before, () => 0))).toEqual([
      500, 1_000, 16_000, 150_000, 150_000,
    ]);
    expect([0, 1, 5, 20, 500].map((before) => waitAfter(before, () => 1))).toEqual([
      1_000, 2_000, 32_000, 300_000, 300_000,
    ]);
  });
});
