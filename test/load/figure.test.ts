import { describe, expect, test } from 'vitest';
import { figure, median, percentile, tableOf } from './figure.ts';

describe('figures of the bench', () => {
  test('the median of even and odd', () => {
    expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
  });

  test('a percentile is one of the numbers, the nearest that so many do not exceed', () => {
    const numbers = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect([50, 99, 100].map((part) => percentile(numbers, part))).toEqual([100, 198, 200]);
    expect(percentile([7], 99)).toBe(7);
  });

  test('a missed goal is told, and only a missed one', () => {
    const of = { what: 'a', against: 'b', unit: 'ms', atMost: 1.5 } as const;
    const table = tableOf([
      figure({ ...of, measured: 2, reference: 1 }),
      figure({ ...of, measured: 1, reference: 1 }),
    ]);
    expect(table.split('\n').map((line) => line.includes('missed'))).toEqual([false, true, false]);
    expect(table).toContain('2.00');
  });
});
