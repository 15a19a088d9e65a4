import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Answer } from '../../src-shared/contract/errors.ts';
import { LinkWatch } from './link-watch.ts';

const PACE = { silenceMs: 5_000, firstRetryMs: 2, longestRetryMs: 4 };
const REACHED: Answer<null> = { ok: true, value: null };
const LOST: Answer<never> = { ok: false, code: 'server-unreachable' };

test('R86 the page is told of each change once, and the server is looked for until it is there', async () => {
  const answers = [LOST, { ok: false, code: 'server-not-trusted' } as const, LOST, REACHED];
  const told: string[] = [];
  const online = Promise.withResolvers<void>();
  const watch = new LinkWatch(
    async () => answers.shift() ?? REACHED,
    (state) => {
      told.push(state);
      if (state === 'online') online.resolve();
    },
    () => 0,
    PACE,
  );
  expect(watch.state).toBe('connecting');
  await watch.look();
  await online.promise;
  watch.note(REACHED);
  watch.close();
  expect({ told, left: answers.length }).toEqual({
    told: ['offline', 'not-trusted', 'offline', 'online'],
    left: 0,
  });
});

test('what any ask finds out is taken: a refusal by the server shows that it is there', () => {
  const told: string[] = [];
  const watch = new LinkWatch(
    async () => LOST,
    (state) => told.push(state),
    () => 0,
    PACE,
  );
  watch.note({ ok: false, code: 'sign-in-refused' });
  watch.note({ ok: false, code: 'reply-not-understood' });
  watch.close();
  watch.note(REACHED);
  expect(told).toEqual(['online', 'offline']);
});

describe('R86 a server that was reached and goes', () => {
  /** Nobody is signed in: there is no event stream, and nothing is asked. */
  function signedOut({ isWatched = true } = {}) {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const at = { reach: (): Promise<Answer<unknown>> => Promise.resolve(REACHED), asked: 0 };
    const told: string[] = [];
    const watch = new LinkWatch(
      () => {
        at.asked += 1;
        return at.reach();
      },
      (state) => told.push(state),
      () => 0,
      { silenceMs: 5_000, firstRetryMs: 1_000, longestRetryMs: 5_000 },
      () => isWatched,
    );
    onTestFinished(() => watch.close());
    return { watch, told, at };
  }

  test('is missed within 5 s, also where it takes what is asked and says nothing', async () => {
    for (const reach of [() => Promise.resolve(LOST), () => new Promise<never>(() => undefined)]) {
      const { watch, told, at } = signedOut();
      await watch.look();
      await vi.advanceTimersByTimeAsync(60_000);
      expect(told).toEqual(['online']);
      at.reach = reach;
      await vi.advanceTimersByTimeAsync(5_000);
      expect(told).toEqual(['online', 'offline']);
    }
  });

  test('is not asked while it is heard of otherwise, as by the event stream', async () => {
    const { watch, told, at } = signedOut();
    for (let beat = 0; beat < 20; beat += 1) {
      watch.note(REACHED);
      await vi.advanceTimersByTimeAsync(2_000);
    }
    expect({ told, asked: at.asked }).toEqual({ told: ['online'], asked: 0 });
  });

  test('is not asked while no window is open, nor missed', async () => {
    const { watch, told, at } = signedOut({ isWatched: false });
    await watch.look();
    await vi.advanceTimersByTimeAsync(60_000);
    expect({ told, asked: at.asked }).toEqual({ told: ['online'], asked: 1 });
  });
});
