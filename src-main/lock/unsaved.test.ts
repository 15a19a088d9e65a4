/** What becomes of text that could not be saved when its page was locked. */
import { describe, expect, test } from 'vitest';
import type { SessionHere } from '../../src-shared/bridge.ts';
import { CONCERN_LEFT_ALONE_MS } from '../../src-shared/vault.ts';
import { SILENT_AT_MOST, TRY_EVERY_MS } from './covered.ts';
import { Lock } from './lock.ts';
import type { Said } from './saving.ts';

const WHO = { staffId: 'x', email: 'm.teller@larkfield.example', name: 'Morag Teller' };
const STAND = { isMinimized: false, isFocused: true };
const SESSION = { offline: false } as SessionHere;

function desk(than: { isSignedIn?: boolean; says?: Said } = {}) {
  const { isSignedIn = true, says = 'not-saved' } = than;
  const done: string[] = [];
  const at = { says, isGone: false, who: isSignedIn ? WHO : null };
  const timers: { milliseconds: number; run: () => void; isEnded: boolean }[] = [];
  const lock = new Lock({
    person: {
      get who() {
        return at.who;
      },
      signIn: async (_email, password) => {
        if (password !== 'right') return { ok: false, code: 'sign-in-refused' };
        at.who = WHO;
        return { ok: true, value: SESSION };
      },
      leave: () => {
        at.who = null;
        done.push('token dropped');
      },
    },
    vault: {
      begin: () => void done.push('vault begun'),
      end: async () => void done.push('vault ended'),
    },
    drafts: { finish: async () => undefined },
    saving: { ask: async () => at.says },
    pages: {
      end: async () => {
        done.push('page ended');
        return STAND;
      },
      begin: (arrival) => void done.push(`page ${arrival}`),
      cover() {
        done.push('page covered');
        return {
          stand: STAND,
          isGone: () => at.isGone,
          save: async () => {
            done.push('asked again');
            return at.says;
          },
          end: async () => void done.push('covered page ended'),
          bringBack: async (session) => {
            expect(session).toBe(SESSION);
            done.push('covered page shown');
          },
        };
      },
    },
    after(milliseconds, run) {
      const timer = { milliseconds, run, isEnded: false };
      timers.push(timer);
      return () => (timer.isEnded = true);
    },
    tellChanged: () => void done.push('told'),
    note: () => undefined,
  });
  /** Lets every timer of so many milliseconds that stands now come to its end. */
  const pass = async (milliseconds: number): Promise<void> => {
    const due = timers.filter((timer) => timer.milliseconds === milliseconds);
    for (const timer of due) timers.splice(timers.indexOf(timer), 1);
    for (const timer of due) if (!timer.isEnded) timer.run();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { lock, done, at, pass };
}

describe('R79 text that the disk refused when somebody was locked out', () => {
  test('goes out of sight, stays with its keys, and nothing untrue is said of it', async () => {
    const { lock, done } = desk();
    await lock.lock();
    expect(done).toEqual(['page covered', 'token dropped', 'page locked']);
    expect(lock.locked).toEqual({ name: 'Morag Teller', kept: 'trying' });
    expect(lock.holdsText).toBe(true);
    expect(lock.holdsKeys).toBe(true);
  });

  test('is tried again until the disk takes it; then the page and the keys end as at every lock', async () => {
    const { lock, done, at, pass } = desk();
    await lock.lock();
    await pass(0);
    expect(lock.locked?.kept).toBe('trying');
    at.says = 'saved';
    done.length = 0;
    await pass(TRY_EVERY_MS);
    expect(done).toEqual([
      'asked again',
      'covered page ended',
      'vault ended',
      'vault begun',
      'told',
    ]);
    expect(lock.locked).toEqual({ name: 'Morag Teller', kept: 'all' });
    expect(lock.holdsText).toBe(false);
  });

  test('is there again as it was when the person comes back, and for no other password', async () => {
    const { lock, done, pass } = desk();
    await lock.lock();
    await lock.unlock('wrong');
    expect(done).not.toContain('covered page shown');
    await lock.unlock('right');
    expect(done.at(-1)).toBe('covered page shown');
    done.length = 0;
    await pass(0);
    expect(done).toEqual([]);
  });

  test('ends with its keys before anybody else signs in', async () => {
    const { lock, done } = desk();
    await lock.lock();
    done.length = 0;
    await lock.leaveLocked();
    expect(done).toEqual(['covered page ended', 'vault ended', 'vault begun']);
    expect(lock.holdsKeys).toBe(false);
  });

  test('is said to be lost where its page hangs, or its process dies', async () => {
    const hanging = desk({ says: 'silent' });
    await hanging.lock.lock();
    await hanging.pass(0);
    for (let silences = 2; silences < SILENT_AT_MOST; silences += 1) {
      await hanging.pass(TRY_EVERY_MS);
    }
    expect(hanging.lock.locked?.kept).toBe('trying');
    await hanging.pass(TRY_EVERY_MS);
    expect(hanging.lock.locked?.kept).toBe('not-all');

    const dying = desk();
    await dying.lock.lock();
    dying.at.isGone = true;
    await dying.pass(0);
    expect(dying.lock.locked?.kept).toBe('not-all');
    expect(dying.done).not.toContain('asked again');
  });

  test('logging out and the program’s end leave no page behind', async () => {
    const { lock, done } = desk();
    await lock.lock();
    await lock.end(false);
    expect(done).toContain('covered page ended');
    expect(lock.holdsText).toBe(false);
  });
});

describe('a concern that somebody wrote without signing in', () => {
  test('does not stay on the screen: left alone, its page ends and a fresh one says what became of it', async () => {
    const { lock, done } = desk({ isSignedIn: false, says: 'saved' });
    lock.noteConcern(true);
    await lock.lock();
    expect(done).toEqual([
      'page ended',
      'token dropped',
      'vault ended',
      'vault begun',
      'page first',
    ]);
    expect(lock.leftConcern).toBe('all');
    done.length = 0;
    await lock.lock();
    expect(done).toEqual([]);
  });

  test('is closed when it is sent as unfinished, ten minutes after its last save', async () => {
    const { lock, done, pass } = desk({ isSignedIn: false, says: 'saved' });
    lock.noteConcern(true);
    lock.noteConcernSaved();
    lock.noteConcernSaved();
    await pass(CONCERN_LEFT_ALONE_MS);
    expect(done.filter((what) => what === 'page first')).toHaveLength(1);
  });

  test('closes nothing once its form was left', async () => {
    const { lock, done, pass } = desk({ isSignedIn: false, says: 'saved' });
    lock.noteConcern(true);
    lock.noteConcernSaved();
    lock.noteConcern(false);
    // The save that leaving the form made.
    lock.noteConcernSaved();
    await pass(CONCERN_LEFT_ALONE_MS);
    await lock.lock();
    expect(done).toEqual([]);
  });

  test('that could not be saved is out of sight and tried again, also where somebody is locked out', async () => {
    const { lock, done, at, pass } = desk({ says: 'saved' });
    await lock.lock();
    at.says = 'not-saved';
    lock.noteConcern(true);
    await lock.lock();
    expect(done.slice(-3)).toEqual(['page covered', 'token dropped', 'page locked']);
    expect(lock.leftConcern).toBe('trying');
    expect(lock.locked).toEqual({ name: 'Morag Teller', kept: 'all' });
    at.says = 'saved';
    await pass(0);
    expect(lock.leftConcern).toBe('all');
  });

  test('does not take the keys from a page that still needs them', async () => {
    const { lock, done, at } = desk();
    await lock.lock();
    at.says = 'saved';
    lock.noteConcern(true);
    done.length = 0;
    await lock.lock();
    expect(done).toEqual(['page ended', 'page locked']);
    expect(lock.locked?.kept).toBe('trying');
  });
});
