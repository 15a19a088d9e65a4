import { expect, test } from 'vitest';
import { dueAt, typed, type Unsaved } from './save-schedule.ts';

test('a form is saved 400 ms after the last key', () => {
  expect(dueAt(typed(typed(null, 1_000), 1_300))).toBe(1_700);
});

test('whoever types without a pause is saved 2 s after the first key', () => {
  let unsaved: Unsaved | null = null;
  for (let at = 0; at <= 3_000; at += 100) unsaved = typed(unsaved, at);
  expect(unsaved === null ? null : dueAt(unsaved)).toBe(2_000);
});
