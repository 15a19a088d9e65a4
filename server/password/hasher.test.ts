import { describe, expect, test } from 'vitest';
import { Refusal } from '../http/route.ts';
import { makeHasher, makeTurns, REAL_COST } from './hasher.ts';

describe('R30 hashing', () => {
  test('what is stored is Argon2id with 64 MiB and three passes, and only its password fits', async () => {
    const hasher = await makeHasher(REAL_COST);
    const stored = await hasher.hash('copper hammer otter');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    expect(await hasher.verify(stored, 'copper hammer otter')).toBe(true);
    expect(await hasher.verify(stored, 'copper hammer ottes')).toBe(false);
    expect(await hasher.hash('copper hammer otter')).not.toBe(stored);
  });

  test('R32 a person who is not there is checked with the same work and never fits', async () => {
    const hasher = await makeHasher({ memoryKib: 32 * 1024, passes: 2 });
    const stored = await hasher.hash('copper hammer otter');
    const timed = async (hash: string | null) => {
      const times: number[] = [];
      for (let index = 0; index < 5; index += 1) {
        const start = process.hrtime.bigint();
        expect(await hasher.verify(hash, 'not the password')).toBe(false);
        times.push(Number(process.hrtime.bigint() - start));
      }
      return Math.min(...times);
    };
    // Without that work the unknown person would be a thousand times as fast.
    expect(await timed(null)).toBeGreaterThan((await timed(stored)) / 5);
  });

  test('the event loop goes on while passwords are hashed', async () => {
    const hasher = await makeHasher(REAL_COST);
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 1);
    await Promise.all([hasher.hash('a'), hasher.hash('b'), hasher.hash('c')]);
    clearInterval(counting);
    expect(turns).toBeGreaterThan(3);
  });
});

describe('R30 a rush of sign-ins', () => {
  test('so many run, so many wait in order, the next is refused, and room comes back', async () => {
    const turns = makeTurns(2, 3);
    const release: (() => void)[] = [];
    const done: number[] = [];
    const work = (id: number) =>
      turns.take(async () => {
        await new Promise<void>((resolve) => release.push(resolve));
        done.push(id);
      });
    const all = [1, 2, 3, 4, 5].map(work);
    const refused = work(6);
    await expect(refused).rejects.toEqual(new Refusal('server-busy', 5));
    expect(release).toHaveLength(2);
    for (let index = 0; index < 5; index += 1) {
      release[index]?.();
      await Promise.resolve();
      await new Promise(setImmediate);
    }
    await Promise.all(all);
    expect(done).toEqual([1, 2, 3, 4, 5]);
    expect(() => turns.refuseIfFull()).not.toThrow();
  });

  test('work that fails hands its turn on', async () => {
    const turns = makeTurns(1, 1);
    const failing = turns.take(() => Promise.reject(new Error('broken')));
    const next = turns.take(() => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('done');
  });
});
