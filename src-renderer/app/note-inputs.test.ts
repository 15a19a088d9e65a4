import { expect, test } from 'vitest';
import { isDue, NOTE_INPUT_EVERY_MS } from './note-inputs.ts';

test('R34 the first input is told at once, the next after 2 seconds', () => {
  expect(isDue(5, Number.NEGATIVE_INFINITY)).toBe(true);
  expect(isDue(NOTE_INPUT_EVERY_MS - 1, 0)).toBe(false);
  expect(isDue(NOTE_INPUT_EVERY_MS, 0)).toBe(true);
});
