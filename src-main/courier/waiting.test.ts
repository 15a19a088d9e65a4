import { expect, test } from 'vitest';
import type { SubmissionId } from '../../src-shared/contract/submission.ts';
import type { WaitingItem } from '../../src-shared/vault.ts';
import { Ages } from './waiting.ts';

const QUEUED = '2026-11-24T08:45:00.000Z';
const NOW = Date.parse(QUEUED);
const ITEM: WaitingItem = {
  id: '01936f00-0000-7000-8000-000000000001' as SubmissionId,
  kind: 'submission',
  isUrgent: false,
  queuedAt: QUEUED,
  tries: 0,
  nextTryAt: QUEUED,
  problem: null,
};
const MINUTE = 60_000;

test('after ten minutes without a receipt nobody counts as alerted', () => {
  const ages = new Ages();
  const after = (minutes: number) =>
    ages.waitingOf([ITEM], 5_000 + minutes * MINUTE, NOW + minutes * MINUTE);
  expect(after(0)).toEqual({ count: 1, oldestMinutes: 0, nobodyAlertedYet: false, damaged: 0 });
  expect(after(9.9)).toEqual({ count: 1, oldestMinutes: 9, nobodyAlertedYet: false, damaged: 0 });
  expect(after(10)).toEqual({ count: 1, oldestMinutes: 10, nobodyAlertedYet: true, damaged: 0 });
});

test('R25 what is damaged waits for nothing; it warns until the school is told of it', () => {
  const ages = new Ages();
  const old = { ...ITEM, queuedAt: new Date(0).toISOString() };
  const found = [{ ...old, problem: 'damaged' }];
  const told = [{ ...old, problem: 'damaged-told' }];
  const nothing = { count: 0, oldestMinutes: 0 };
  expect(ages.waitingOf(found, 0, NOW)).toEqual({ ...nothing, nobodyAlertedYet: true, damaged: 1 });
  expect(ages.waitingOf(told, 0, NOW)).toEqual({ ...nothing, nobodyAlertedYet: false, damaged: 1 });
});

test('R81 a clock that is put back meanwhile does not make it younger', () => {
  const ages = new Ages();
  ages.waitingOf([ITEM], 0, NOW);
  expect(ages.waitingOf([ITEM], 11 * MINUTE, NOW - 999 * MINUTE)).toEqual({
    count: 1,
    oldestMinutes: 11,
    nobodyAlertedYet: true,
    damaged: 0,
  });
});

test('what was left by an earlier run is as old as it is', () => {
  expect(new Ages().waitingOf([ITEM], 0, NOW + 60 * MINUTE).oldestMinutes).toBe(60);
  expect(new Ages().waitingOf([], 0, NOW)).toEqual({
    count: 0,
    oldestMinutes: 0,
    nobodyAlertedYet: false,
    damaged: 0,
  });
});
