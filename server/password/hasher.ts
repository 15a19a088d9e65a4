/**
 * Hashes and checks passwords with Argon2id, off the event loop and not too many at once, so that
 * a rush of sign-ins cannot stop the rest of the server (R30).
 */
import { hash, verify } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Refusal } from '../http/route.ts';

export interface HashCost {
  readonly memoryKib: number;
  readonly passes: number;
}

/** R30: 64 MiB and three passes. */
export const REAL_COST: HashCost = { memoryKib: 64 * 1024, passes: 3 };
const AT_ONCE_PER_CORE = 2;
const LONGEST_QUEUE = 50;

export interface Hasher {
  /** Throws `server-busy` where the queue is full: ask before a try is counted. */
  refuseIfFull(): void;
  /** Argon2id in PHC form. Throws `server-busy` where too many wait already. */
  hash(secret: string): Promise<string>;
  /**
   * Whether `secret` is what `stored` was made of. With null it works as hard on a hash that
   * nothing fits, so that an unknown account takes as long as a known one (R32).
   */
  verify(stored: string | null, secret: string): Promise<boolean>;
}

export async function makeHasher(
  cost: HashCost,
  limits = { atOnce: availableParallelism() * AT_ONCE_PER_CORE, queue: LONGEST_QUEUE },
): Promise<Hasher> {
  // Argon2id is the package's own default; its constants cannot be imported by stripped types.
  const options = { memoryCost: cost.memoryKib, timeCost: cost.passes, parallelism: 1 };
  const turns = makeTurns(limits.atOnce, limits.queue);
  const nobody = await hash(randomBytes(32), options);
  return {
    refuseIfFull: () => turns.refuseIfFull(),
    hash: (secret) => turns.take(() => hash(secret, options)),
    verify: async (stored, secret) => {
      const fits = await turns.take(() => verify(stored ?? nobody, secret));
      return fits && stored !== null;
    },
  };
}

export interface Turns {
  refuseIfFull(): void;
  take<T>(work: () => Promise<T>): Promise<T>;
}

/** Lets `atOnce` pieces of work run and `queue` more wait; the next one is refused. */
export function makeTurns(atOnce: number, queue: number): Turns {
  const waiting: (() => void)[] = [];
  let running = 0;
  const refuseIfFull = () => {
    if (running >= atOnce && waiting.length >= queue) throw new Refusal('server-busy', 5);
  };
  return {
    refuseIfFull,
    take: async (work) => {
      refuseIfFull();
      if (running < atOnce) running += 1;
      // Whoever ends hands its turn on, so `running` stays as it is.
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}
