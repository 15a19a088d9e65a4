import { describe, expect, test } from 'vitest';
import type { SubmissionId } from '../../src-shared/contract/submission.ts';
import { Lock } from './lock.ts';
import { Saving } from './saving.ts';

const WHO = { staffId: 'x', email: 'm.teller@larkfield.example', name: 'Morag Teller' };
const WHEREABOUTS = {
  route: '/incident/new',
  draftId: '01936f00-0000-7000-8000-000000000001' as SubmissionId,
};
const STAND = { isMinimized: false, isFocused: true };

/** Everything that leaving touches, as a list of what was done in which order. */
function room(than: { pageAnswers?: boolean; serverHangs?: boolean; pageFails?: boolean } = {}) {
  const { pageAnswers = true, serverHangs = false, pageFails = false } = than;
  const done: string[] = [];
  let who: typeof WHO | null = WHO;
  const vaultEnded = Promise.withResolvers<void>();
  const saving = new Saving(() => {
    done.push('page told to save');
    if (pageAnswers) queueMicrotask(() => saving.answered(true));
    return true;
  }, 20);
  const lock = new Lock({
    person: {
      get who() {
        return who;
      },
      signIn: async (email, password) => {
        done.push(`sign in ${email}`);
        who = WHO;
        return password === 'right'
          ? { ok: true, value: {} as never }
          : { ok: false, code: 'sign-in-refused' };
      },
      leave: () => {
        who = null;
        done.push('token dropped');
      },
    },
    vault: {
      begin: () => void done.push('vault begun'),
      end: async () => {
        done.push('vault killed');
        await vaultEnded.promise;
        done.push('vault gone');
      },
    },
    drafts: {
      finish: () => {
        done.push('drafts told');
        return serverHangs ? new Promise(() => undefined) : Promise.resolve();
      },
    },
    saving,
    pages: {
      end: async () => {
        done.push('page gone');
        if (pageFails) throw new Error('ENOSPC: no space left on device');
        return STAND;
      },
      begin: (arrival) => void done.push(`page ${arrival}`),
      cover() {
        done.push('page covered');
        return {
          stand: STAND,
          isGone: () => false,
          save: async () => 'silent',
          end: async () => undefined,
          bringBack: async () => undefined,
        };
      },
    },
    after: () => () => undefined,
    tellChanged: () => undefined,
    note: () => undefined,
  });
  return { lock, done, vaultEnded };
}

describe('locking', () => {
  test('R24 saves first, and shows the lock page only when the keys’ process has gone', async () => {
    const { lock, done, vaultEnded } = room();
    lock.noteWhereabouts(WHEREABOUTS);
    const locking = lock.lock();
    await expect.poll(() => done).toContain('vault killed');
    expect(done).not.toContain('page locked');
    vaultEnded.resolve();
    await locking;
    expect(done).toEqual([
      'page told to save',
      'drafts told',
      'page gone',
      'token dropped',
      'vault killed',
      'vault gone',
      'vault begun',
      'page locked',
    ]);
    expect(lock.locked).toEqual({ name: 'Morag Teller', kept: 'all' });
  });

  test('the right password brings the person back to where they were, once', async () => {
    const { lock, vaultEnded } = room();
    vaultEnded.resolve();
    lock.noteWhereabouts(WHEREABOUTS);
    await lock.lock();
    expect(await lock.unlock('wrong')).toEqual({ ok: false, code: 'sign-in-refused' });
    expect(lock.locked).toEqual({ name: 'Morag Teller', kept: 'all' });
    expect(await lock.unlock('right')).toMatchObject({
      ok: true,
      value: { whereabouts: WHEREABOUTS },
    });
    expect(lock.locked).toBeNull();
    expect(await lock.unlock('right')).toEqual({ ok: false, code: 'session-ended' });
  });

  test('waits neither for a page that hangs nor for a server that does', async () => {
    const { lock, done, vaultEnded } = room({ pageAnswers: false, serverHangs: true });
    vaultEnded.resolve();
    await lock.lock();
    expect(done.at(-1)).toBe('page locked');
  });

  test('whatever fails as the page ends, a vault begins and the lock page comes', async () => {
    const { lock, done, vaultEnded } = room({ pageFails: true });
    vaultEnded.resolve();
    await lock.lock();
    expect(done.slice(-2)).toEqual(['vault begun', 'page locked']);
    expect(lock.locked).toEqual({ name: 'Morag Teller', kept: 'all' });
  });

  test('twice at once is once, and with nobody here it is nothing', async () => {
    const { lock, done, vaultEnded } = room();
    vaultEnded.resolve();
    await Promise.all([lock.lock(), lock.lock()]);
    await lock.lock();
    expect(done.filter((what) => what === 'vault killed')).toHaveLength(1);
  });
});

test('signing out ends as much, and keeps nobody’s name', async () => {
  const { lock, done, vaultEnded } = room();
  vaultEnded.resolve();
  lock.noteWhereabouts(WHEREABOUTS);
  await lock.signOut();
  expect(done.slice(-2)).toEqual(['vault begun', 'page first']);
  expect(lock.locked).toBeNull();
});

test('closing begins a vault only where something is still to be carried', async () => {
  const { lock, done, vaultEnded } = room();
  vaultEnded.resolve();
  await lock.end(false);
  expect(done).toEqual(['drafts told', 'token dropped', 'vault killed', 'vault gone']);
  await lock.end(true);
  expect(done.at(-1)).toBe('vault begun');
});
