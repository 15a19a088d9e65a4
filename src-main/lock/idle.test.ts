import { describe, expect, test } from 'vitest';
import { IdleWatch } from './idle.ts';

const LIMIT = 15 * 60_000;

function watch() {
  const at = { clock: 1_000, now: 1_700_000_000_000, idle: 0 };
  const idle = new IdleWatch({
    limitMs: LIMIT,
    clock: () => at.clock,
    now: () => at.now,
    onIdle: () => (at.idle += 1),
  });
  const pass = (ms: number): void => {
    for (let left = ms; left > 0; left -= 2_000) {
      at.clock += Math.min(left, 2_000);
      at.now += Math.min(left, 2_000);
      idle.look();
    }
  };
  return { at, idle, pass };
}

describe('S35 fifteen minutes without input', () => {
  test('are noticed at their end, and input begins them anew', () => {
    const { at, idle, pass } = watch();
    pass(LIMIT - 2_000);
    expect(at.idle).toBe(0);
    idle.noteInput();
    pass(LIMIT - 2_000);
    expect(at.idle).toBe(0);
    pass(2_000);
    expect(at.idle).toBe(1);
  });

  test('are said once, not at every look', () => {
    const { at, pass } = watch();
    pass(LIMIT + 60_000);
    expect(at.idle).toBe(1);
  });

  test('R81 count while the computer sleeps, when no timer runs and the steady clock stands still', () => {
    const { at, idle } = watch();
    at.now += LIMIT;
    idle.look();
    expect(at.idle).toBe(1);
  });

  test('R81 count also where a key comes before the first look after the sleep', () => {
    const { at, idle } = watch();
    at.now += LIMIT;
    idle.noteInput();
    expect(at.idle).toBe(1);
    idle.look();
    expect(at.idle).toBe(1);
  });

  test('R81 are not made longer by a wall clock that is put back', () => {
    const { at, pass } = watch();
    at.now -= 10 * 365 * 24 * 3_600_000;
    pass(LIMIT);
    expect(at.idle).toBe(1);
  });
});
