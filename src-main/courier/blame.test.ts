/** R84: which of two things is at fault, the way or the item, as far as can be told. */
import { beforeEach, expect, test } from 'vitest';
import type { SubmissionId } from '../../src-shared/contract/submission.ts';
import type { WaitingItem } from '../../src-shared/vault.ts';
import { Blame } from './blame.ts';

const NOW = Date.parse('2026-11-24T08:45:00.000Z');
const [bad, good] = ['bad', 'good'] as SubmissionId[] as [SubmissionId, SubmissionId];

let clock: number;
let blame: Blame;
beforeEach(() => {
  clock = 1_000;
  blame = new Blame(
    () => clock,
    () => 1,
  );
});

/** Milliseconds that an item is kept waiting for its own sake. */
function waitOf(id: SubmissionId): number {
  const item: WaitingItem = {
    id,
    kind: 'submission',
    isUrgent: false,
    queuedAt: new Date(NOW).toISOString(),
    tries: 0,
    nextTryAt: new Date(NOW).toISOString(),
    problem: null,
  };
  return Date.parse(blame.delayed(item, NOW).nextTryAt) - NOW;
}

test('nothing comes through: nobody is to blame, and everything goes at once when the way is open', () => {
  for (const id of [bad, good]) blame.begins(id);
  expect([blame.failed(bad), blame.failed(good)]).toEqual([false, false]);
  for (const id of [bad, good]) blame.ends(id);
  clock += 60_000;
  blame.begins(good);
  clock += 50;
  blame.cameThrough(good);
  expect(waitOf(bad)).toBe(0);
});

test('another one came through while it was on its way: it failed by itself', () => {
  for (const id of [bad, good]) blame.begins(id);
  blame.cameThrough(good);
  blame.ends(good);
  clock += 20_000;
  expect(blame.failed(bad)).toBe(true);
  expect(waitOf(bad)).toBe(1_000);
});

test('it failed while another one was on its way, which then came through', () => {
  for (const id of [bad, good]) blame.begins(id);
  expect(blame.failed(bad)).toBe(false);
  clock += 50;
  blame.cameThrough(good);
  expect([waitOf(bad), waitOf(good)]).toEqual([1_000, 0]);
});

test('it waits ever longer, never more than half a minute, and not any more once it is through', () => {
  const waits = Array.from({ length: 8 }, () => {
    for (const id of [bad, good]) blame.begins(id);
    blame.cameThrough(good);
    blame.failed(bad);
    for (const id of [bad, good]) blame.ends(id);
    return waitOf(bad);
  });
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  blame.begins(bad);
  blame.cameThrough(bad);
  expect(waitOf(bad)).toBe(0);
});
