import { expect, test } from 'vitest';
import { mayLoadAgain } from './page-faults.ts';

test('a page that dies now and then is begun anew', () => {
  expect(mayLoadAgain([0, 20_000, 40_000, 61_000])).toBe(true);
});

test('a page that dies four times in a minute is given up', () => {
  expect(mayLoadAgain([0, 10_000, 20_000, 59_000])).toBe(false);
});
