import { expect, test } from 'vitest';
import { makeLater } from './later.ts';

const quiet = { info: () => undefined, error: () => undefined };

test('R32 what is done later has not begun when the answer is made', async () => {
  const later = makeLater(() => 5, quiet);
  const told: string[] = [];
  const done = new Promise<void>((resolve) => {
    later.do(async () => {
      told.push('done');
      resolve();
    });
  });
  await new Promise(setImmediate);
  told.push('answered');
  await done;
  expect(told).toEqual(['answered', 'done']);
});

test('a server that ends does first what it has still to do, and what fails holds up nothing', async () => {
  const problems: unknown[] = [];
  const log = { ...quiet, error: (fields: unknown) => void problems.push(fields) };
  const later = makeLater(() => 3_600_000, log);
  const done: number[] = [];
  later.do(() => Promise.reject(new TypeError('of no interest')));
  for (const one of [1, 2, 3]) {
    later.do(async () => {
      await new Promise(setImmediate);
      done.push(one);
    });
  }
  await later.finish();
  expect({ done, problems }).toEqual({ done: [1, 2, 3], problems: [{ error: 'TypeError' }] });
});
