/**
 * Work that is done once the answer to whoever asked has gone: how long the answer took then tells
 * nothing of it (R32).
 */
import type { Log } from '../http/route.ts';

export interface Later {
  /** Begins `work` a moment from now. What fails is logged: nobody waits for it any more. */
  do(work: () => Promise<unknown>): void;
  /** Begins at once what has not begun, and resolves when nothing is left; for the server's end. */
  finish(): Promise<void>;
}

/** `waitMs` is asked each time: a wait that differs gives the next answer away as little. */
export function makeLater(waitMs: () => number, log: Log): Later {
  const begins = new Set<() => void>();
  const pending = new Set<Promise<void>>();
  return {
    do: (work) => {
      const begun = Promise.withResolvers<void>();
      const timer = setTimeout(begun.resolve, waitMs());
      begins.add(begun.resolve);
      const done = begun.promise
        .then(() => {
          clearTimeout(timer);
          begins.delete(begun.resolve);
          return work();
        })
        .then(
          () => undefined,
          (error: unknown) =>
            log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'not done later'),
        )
        .finally(() => pending.delete(done));
      pending.add(done);
    },
    finish: async () => {
      for (const begin of begins) begin();
      await Promise.all(pending);
    },
  };
}
