/** R84 at its full length: each submission is on the disk twice over before the next is typed. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { IN_ORDER, carryQueue } from './long-queue.ts';
import { OneComputer } from './one-computer.ts';

let one: OneComputer;
beforeEach(async () => {
  one = await OneComputer.begin();
});
afterEach(() => one.end());

test('R84 a thousand items wait: the urgent ones are there first, all of them once', async () => {
  expect(await carryQueue(one, 1_000)).toEqual(IN_ORDER);
});
