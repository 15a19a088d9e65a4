import { expect, test } from 'vitest';
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
