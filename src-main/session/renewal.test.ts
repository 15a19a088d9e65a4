import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Renewal, RENEW_MS } from './renewal.ts';

const MINUTE = 60_000;

/** A clock that a test moves, and a server that writes down when it was told of which input. */
function desk() {
  const at = { now: 1_000_000, slept: 0, isHeard: true };
  const timers = new Set<{ readonly due: number; readonly run: () => void }>();
  const told: { at: number; inputAt: number }[] = [];
  const renewal = new Renewal({
    clock: () => at.now - at.slept,
    now: () => at.now,
    after: (milliseconds, run) => {
      const timer = { due: at.now + milliseconds, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    renew: async (inputAgoMs) => {
      if (at.isHeard) told.push({ at: at.now, inputAt: at.now - inputAgoMs });
      return at.isHeard;
    },
  });
  /** Moves the clock on, from one timer to the next. */
  async function pass(milliseconds: number): Promise<void> {
    const until = at.now + milliseconds;
    for (;;) {
      const next = [...timers].toSorted((one, other) => one.due - other.due)[0];
      if (next === undefined || next.due > until) break;
      timers.delete(next);
      at.now = Math.max(at.now, next.due);
      next.run();
      // What follows an answer, in the same moment.
      await new Promise((resolve) => setImmediate(resolve));
    }
    at.now = until;
  }
  return { at, told, timers, renewal, pass };
}

describe('R34 15 minutes count from the last input', () => {
  test('which is told by the end of the minute, as long ago as it was', async () => {
    const { at, told, renewal, pass } = desk();
    const begun = at.now;
    await pass(2 * MINUTE);
    await renewal.noteInput();
    await pass(20_000);
    await renewal.noteInput();
    await pass(15_000);
    await renewal.noteInput();
    await pass(10 * MINUTE);
    expect(told.map((one) => [one.at - begun, one.inputAt - begun])).toEqual([
      [120_000, 120_000],
      [180_000, 155_000],
    ]);
  });

  test('whenever there is input, at most one telling a minute, and the newest is told in the end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 3 * MINUTE }), { minLength: 1, maxLength: 60 }),
        async (pauses) => {
          const { at, told, renewal, pass } = desk();
          for (const pause of pauses) {
            await pass(pause);
            await renewal.noteInput();
          }
          const lastInputAt = at.now;
          await pass(RENEW_MS);
          expect(told.at(-1)?.inputAt).toBe(lastInputAt);
          const gaps = told.slice(1).map((one, index) => one.at - (told[index]?.at ?? 0));
          expect(Math.min(RENEW_MS, ...gaps)).toBe(RENEW_MS);
        },
      ),
    );
  });

  test('also where the server was not heard at first', async () => {
    const { at, told, renewal, pass } = desk();
    await pass(2 * MINUTE);
    const inputAt = at.now;
    at.isHeard = false;
    await renewal.noteInput();
    await pass(90_000);
    at.isHeard = true;
    await pass(2 * MINUTE);
    expect(told).toEqual([{ at: inputAt + 2 * MINUTE, inputAt }]);
  });

  test('also where the computer slept meanwhile', async () => {
    const { at, told, renewal, pass } = desk();
    await pass(30_000);
    await renewal.noteInput();
    const inputAt = at.now;
    // Neither clock nor timers run in sleep.
    at.now += 10 * MINUTE;
    at.slept += 10 * MINUTE;
    await pass(MINUTE);
    expect(told.map((one) => one.inputAt)).toEqual([inputAt]);
  });

  test('and one of 15 minutes ago is told to nobody, nor tried for ever', async () => {
    const { at, told, timers, renewal, pass } = desk();
    at.isHeard = false;
    await pass(2 * MINUTE);
    await renewal.noteInput();
    await pass(15 * MINUTE);
    at.isHeard = true;
    await pass(60 * MINUTE);
    expect([told, timers.size]).toEqual([[], 0]);
  });
});

test('after the end nothing is told any more', async () => {
  const { told, timers, renewal, pass } = desk();
  await pass(30_000);
  await renewal.noteInput();
  renewal.close();
  await renewal.noteInput();
  await pass(60 * MINUTE);
  expect([told, timers.size]).toEqual([[], 0]);
});
