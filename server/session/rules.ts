/** When a session is over: 15 minutes without input, 12 hours in all (R34). */
import {
  SESSION_IDLE_SECONDS,
  SESSION_LONGEST_SECONDS,
} from '../../src-shared/contract/session.ts';

/** A clock that is put right steps back by less; where it stepped further, nobody knows how long ago. */
const STEP_SECONDS = 60;

/**
 * The moments of the last input and of the start from which on a session still lives at `now`, and
 * the last input's latest: one that lies ahead, as the server's clock was wrong then, has ended.
 */
export function oldestLiving(now: Date): {
  lastInputAt: string;
  startedAt: string;
  latestInputAt: string;
} {
  const before = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString();
  return {
    lastInputAt: before(SESSION_IDLE_SECONDS),
    startedAt: before(SESSION_LONGEST_SECONDS),
    latestInputAt: before(-STEP_SECONDS),
  };
}

/** When a session ends unless there is input before. */
export function endOf(session: { readonly lastInputAt: string; readonly startedAt: string }): Date {
  return new Date(
    Math.min(
      Date.parse(session.lastInputAt) + SESSION_IDLE_SECONDS * 1000,
      Date.parse(session.startedAt) + SESSION_LONGEST_SECONDS * 1000,
    ),
  );
}
