import { expect, test } from 'vitest';
import type { Answer } from '../../src-shared/contract/errors.ts';
import { makeSaver, type SaveState } from './saver.ts';

type SaveAnswer = Answer<{ revision: number; savedAt: string }>;

/** A clock that stands still until it is moved, and a vault that answers when it is told to. */
function bench() {
  let now = 0;
  const timers = new Set<{ at: number; callback: () => void }>();
  const saves: { at: number; revision: number; answer: (answer: SaveAnswer) => void }[] = [];
  const states: (SaveState['is'] | null)[] = [];
  const saver = makeSaver({
    save: (_key, revision) =>
      new Promise((resolve) => void saves.push({ at: now, revision, answer: resolve })),
    told: (_key, state) => void states.push(state?.is ?? null),
    now: () => now,
    after: (milliseconds, callback) => {
      const timer = { at: now + milliseconds, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  });
  const move = async (to: number) => {
    for (;;) {
      const due = [...timers].filter(({ at }) => at <= to).toSorted((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      timers.delete(due);
      now = due.at;
      due.callback();
      await settle();
    }
    now = to;
  };
  return { saver, saves, states, move };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

const saved = (revision: number): SaveAnswer => ({
  ok: true,
  value: { revision, savedAt: '2026-11-24T10:42:00.000Z' },
});

test('saved is said only after the vault has answered', async () => {
  const { saver, saves, states, move } = bench();
  saver.typed('incident');
  await move(399);
  expect(saves).toHaveLength(0);
  await move(400);
  expect([saves.length, states]).toEqual([1, ['saving']]);
  saves[0]?.answer(saved(1));
  await settle();
  expect(states).toEqual(['saving', 'saved']);
});

test('what is typed while a save is under way is not called saved by it, and is saved after it', async () => {
  const { saver, saves, states, move } = bench();
  saver.typed('incident');
  await move(400);
  saver.typed('incident');
  saves[0]?.answer(saved(1));
  await settle();
  expect(states).not.toContain('saved');
  await move(800);
  expect(saves.map(({ at, revision }) => [at, revision])).toEqual([
    [400, 0],
    [800, 1],
  ]);
});

test('leaving a field saves at once', async () => {
  const { saver, saves } = bench();
  saver.typed('incident');
  const all = saver.saveNow();
  await settle();
  expect(saves.map(({ at }) => at)).toEqual([0]);
  saves[0]?.answer(saved(1));
  expect(await all).toBe(true);
});

test('a full disk is said, and saving is tried again until it succeeds', async () => {
  const { saver, saves, states, move } = bench();
  saver.typed('incident');
  await move(400);
  saves[0]?.answer({ ok: false, code: 'not-saved' });
  await settle();
  expect([states.at(-1), saves.length]).toEqual(['not-saved', 1]);
  await move(2_400);
  expect(saves).toHaveLength(2);
  saves[1]?.answer(saved(1));
  await settle();
  expect(states.at(-1)).toBe('saved');
});

test('nothing is called saved where the last save failed', async () => {
  const { saver, saves } = bench();
  saver.typed('incident');
  const all = saver.saveNow();
  await settle();
  saves[0]?.answer({ ok: false, code: 'vault-gone' });
  expect(await all).toBe(false);
});

test('after a form was submitted no save of it comes any more', async () => {
  const { saver, saves, move } = bench();
  saver.typed('incident');
  await saver.forget('incident');
  await move(10_000);
  expect(saves).toHaveLength(0);
});

test('a form that was held to be submitted, and was not, is saved by itself again, also after a save that failed', async () => {
  const { saver, saves, states, move } = bench();
  saver.typed('incident');
  await move(400);
  saves[0]?.answer({ ok: false, code: 'not-saved' });
  await settle();
  await saver.hold('incident');
  // The submission failed as well: nobody types, and the form is a draft as before.
  saver.typed('incident');
  expect(states.at(-1)).toBe('saving');
  await move(3_000);
  expect(saves).toHaveLength(2);
  saves[1]?.answer(saved(1));
  await settle();
  expect(states.at(-1)).toBe('saved');
});

test('a save that fails while the form is held does not end the saving after it', async () => {
  const { saver, saves, move } = bench();
  saver.typed('incident');
  await move(400);
  const held = saver.hold('incident');
  saves[0]?.answer({ ok: false, code: 'vault-gone' });
  await held;
  await move(10_000);
  expect(saves).toHaveLength(1);
  saver.typed('incident');
  await move(10_400);
  expect(saves).toHaveLength(2);
});
