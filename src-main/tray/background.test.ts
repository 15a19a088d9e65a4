import { describe, expect, test } from 'vitest';
import type { Waiting } from '../../src-shared/bridge.ts';
import { Background, HIDDEN_AT_MOST_MS } from './background.ts';
import { isHiddenStart, loginItem } from './login-item.ts';
import { quitting, trayTitle } from './words.ts';

function program({ count = 0, hasSchool = true } = {}) {
  const done: string[] = [];
  const at = { count, clock: 0, hasWindow: false, isQuitting: false, isKnown: true, isDone: false };
  const school = {
    courier: {
      get waiting(): Waiting {
        return { count: at.count, oldestMinutes: 0, nobodyAlertedYet: false, damaged: 0 };
      },
      get isKnown() {
        return at.isKnown;
      },
      wake: async () => void done.push('looked what waits'),
    },
    rounds: {
      get isDone() {
        return at.isDone;
      },
    },
    lock: { end: async (begins: boolean) => void done.push(`keys ended, ${begins}`) },
  };
  const background = new Background({
    school: () => (hasSchool ? school : null),
    hasWindow: () => at.hasWindow,
    isQuitting: () => at.isQuitting,
    icon: {
      show: () => void done.push('icon'),
      hide: () => void done.push('no icon'),
      refresh: () => undefined,
      sayStaying: async () => void done.push('said that it stays'),
    },
    quit: () => void done.push('quit'),
    clock: () => at.clock,
  });
  return { background, done, at };
}

describe('closing the window', () => {
  test('ends the program where nothing waits', async () => {
    const { background, done } = program();
    await background.windowClosed();
    expect(done).toEqual(['looked what waits', 'keys ended, false', 'quit']);
  });

  test('leaves it in the tray while anything waits, with a vault without keys, until all is sent', async () => {
    const { background, done, at } = program({ count: 2 });
    await background.windowClosed();
    expect(done).toEqual(['looked what waits', 'keys ended, true', 'icon', 'said that it stays']);
    background.look();
    expect(done).not.toContain('quit');
    at.count = 0;
    background.look();
    expect(done.at(-1)).toBe('quit');
  });

  test('does not end it where the window was opened again meanwhile', async () => {
    const { background, done, at } = program();
    at.hasWindow = true;
    await background.windowClosed();
    background.look();
    expect(done).not.toContain('quit');
  });

  test('ends it where somebody quits, and says nothing of staying', async () => {
    const { background, done, at } = program({ count: 2 });
    at.isQuitting = true;
    await background.windowClosed();
    expect(done).toEqual(['keys ended, false', 'quit']);
  });

  test('ends it where there is no school', async () => {
    const { background, done } = program({ hasSchool: false });
    await background.windowClosed();
    expect(done).toEqual(['quit']);
  });
});

describe('started hidden', () => {
  test('it ends when nothing waits and the school was asked what it lacks (R83)', () => {
    const { background, done, at } = program();
    background.startHidden();
    background.look();
    expect(done).toEqual([]);
    at.isDone = true;
    background.look();
    expect(done).toEqual(['quit']);
  });

  test('it does not wait for ever for a school that cannot be reached', () => {
    const { background, done, at } = program();
    background.startHidden();
    at.clock = HIDDEN_AT_MOST_MS + 1;
    background.look();
    expect(done).toEqual(['quit']);
  });

  test('it stays, with its icon, while anything waits', () => {
    const { background, done, at } = program({ count: 1 });
    background.startHidden();
    at.clock = HIDDEN_AT_MOST_MS + 1;
    background.look();
    expect(done).toEqual(['icon']);
  });
});

describe('starting with the computer', () => {
  test('is what the policy says, on Windows out of sight by an argument', () => {
    expect(loginItem('win32', true, true, 'C:\\M.exe')).toEqual({
      openAtLogin: true,
      path: 'C:\\M.exe',
      args: ['--hidden'],
    });
    expect(loginItem('darwin', true, false, '/M')).toEqual({ openAtLogin: false });
  });

  test('is left alone by the demo, and on Linux', () => {
    expect(loginItem('win32', false, true, 'C:\\M.exe')).toBeNull();
    expect(loginItem('linux', true, true, '/M')).toBeNull();
  });

  test('is known by the argument, or by the word of macOS', () => {
    expect(isHiddenStart(['M', '--hidden'], false)).toBe(true);
    expect(isHiddenStart(['M'], true)).toBe(true);
    expect(isHiddenStart(['M'], false)).toBe(false);
  });
});

test('R104 what is said outside the window is a number and no name', () => {
  const waiting = (count: number): Waiting => ({
    count,
    oldestMinutes: 1,
    nobodyAlertedYet: false,
    damaged: 0,
  });
  expect([0, 1, 2].map((count) => trayTitle(waiting(count)))).toEqual([
    'Everything has been sent',
    '1 entry has not been sent yet',
    '2 entries have not been sent yet',
  ]);
  expect(quitting(waiting(1)).message).toBe('1 entry has not been sent yet.');
});
