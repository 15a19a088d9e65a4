import { describe, expect, test } from 'vitest';
import { Quitting } from './quitting.ts';

function program({ count = 2 } = {}) {
  const done: string[] = [];
  const at = { count, answer: Promise.withResolvers<boolean>() };
  const quitting: Quitting = new Quitting({
    waiting: () => ({ count: at.count, oldestMinutes: 0, nobodyAlertedYet: false, damaged: 0 }),
    ask: ({ count: asked }) => {
      done.push(`asked about ${asked}`);
      return at.answer.promise;
    },
    quit: () => {
      done.push('quits');
      press();
    },
  });
  /** Cmd+Q or the Dock. */
  const press = (): void => {
    quitting.beforeQuit({ preventDefault: () => void done.push('held') });
  };
  return { quitting, done, at, press };
}

describe('quitting while entries wait to be sent', () => {
  test('is asked about once, and goes on where the person says so', async () => {
    const { quitting, done, at, press } = program();
    press();
    press();
    expect(done).toEqual(['held', 'asked about 2', 'held']);
    expect(quitting.isUnderWay).toBe(false);
    at.answer.resolve(true);
    await expect.poll(() => quitting.isUnderWay).toBe(true);
    expect(done.slice(3)).toEqual(['quits']);
  });

  test('is asked about by the icon’s menu too', async () => {
    const { quitting, done, at } = program();
    quitting.want();
    expect(done).toEqual(['asked about 2']);
    at.answer.resolve(true);
    await expect.poll(() => done).toEqual(['asked about 2', 'quits']);
    at.count = 0;
    quitting.want();
    expect(done.at(-1)).toBe('quits');
  });

  test('does not happen where the person keeps it running, and is asked about again', async () => {
    const { quitting, done, at, press } = program();
    press();
    at.answer.resolve(false);
    await at.answer.promise;
    await new Promise((resolve) => setImmediate(resolve));
    expect(quitting.isUnderWay).toBe(false);
    press();
    expect(done.filter((what) => what === 'asked about 2')).toHaveLength(2);
  });

  test('holds up no computer that shuts down', () => {
    const { quitting, done, press } = program();
    quitting.agree();
    press();
    expect(done).toEqual([]);
  });
});

test('quitting with nothing waiting asks nobody; whoever then goes back to a text stays', () => {
  const { quitting, done, press } = program({ count: 0 });
  press();
  expect(quitting.isUnderWay).toBe(true);
  expect(done).toEqual([]);
  quitting.stayed();
  expect(quitting.isUnderWay).toBe(false);
});
