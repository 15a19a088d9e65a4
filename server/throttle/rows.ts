/**
 * Counters of failed tries. A key never holds an address or a name, only digests of them. A try is
 * counted before it is judged, so that a thousand at once are not a thousand free ones.
 */
import { createHash } from 'node:crypto';
import type { Transaction } from '../db/open.ts';
import { mostCounted, waitAfter } from './rules.ts';

/** A key for `parts` of one kind; keys that begin with the same parts share a beginning. */
export function throttleKey(kind: string, ...parts: string[]): string {
  return [kind, ...parts.map((part) => createHash('sha256').update(part).digest('hex'))].join(':');
}

/** Seconds left to wait under this key, and its failures so far. */
export async function throttleState(
  trx: Transaction,
  key: string,
  now: Date,
): Promise<{ waitSeconds: number; failures: number }> {
  const row = await trx
    .selectFrom('throttle')
    .select(['failures', 'blocked_until'])
    .where('key', '=', key)
    .executeTakeFirst();
  const blockedUntil = row?.blocked_until ?? null;
  const until = blockedUntil === null ? 0 : Date.parse(blockedUntil) - now.getTime();
  return { waitSeconds: Math.max(0, Math.ceil(until / 1000)), failures: row?.failures ?? 0 };
}

/** Counts one failure; the next try has to wait as `waitAfter` says. */
export async function countFailure(trx: Transaction, key: string, now: Date): Promise<void> {
  const { failures } = await throttleState(trx, key, now);
  await write(trx, key, now, failures + 1, waitAfter(failures + 1));
}

/**
 * Counts one failure of many people together: so many are free, and once the wait is at its
 * longest the count stands still, so that a quiet day forgets it.
 */
export async function countSharedFailure(
  trx: Transaction,
  key: string,
  now: Date,
  freeFailures: number,
): Promise<void> {
  const { failures } = await throttleState(trx, key, now);
  const counted = Math.min(failures + 1, mostCounted(freeFailures));
  await write(trx, key, now, counted, waitAfter(counted, freeFailures));
}

/**
 * Counts one use within a window that begins with its first; returns how many there were in it,
 * this one too.
 */
export async function countInWindow(
  trx: Transaction,
  key: string,
  now: Date,
  windowSeconds: number,
): Promise<{ uses: number; secondsLeft: number }> {
  const { waitSeconds, failures } = await throttleState(trx, key, now);
  const uses = waitSeconds === 0 ? 1 : failures + 1;
  const secondsLeft = waitSeconds === 0 ? windowSeconds : waitSeconds;
  await write(trx, key, now, uses, secondsLeft);
  return { uses, secondsLeft };
}

/** Forgets the failures under this key and under every key that begins with it. */
export async function clearThrottle(trx: Transaction, key: string): Promise<void> {
  await trx
    .deleteFrom('throttle')
    .where((where) =>
      // ';' follows ':' in the order of bytes: everything from `key:` on, and nothing else.
      where.or([
        where('key', '=', key),
        where.and([where('key', '>=', `${key}:`), where('key', '<', `${key};`)]),
      ]),
    )
    .execute();
}

/** Forgets what failed more than a day ago, but not what must stay refused (`keepFrom` failures). */
export async function forgetOldThrottles(
  trx: Transaction,
  now: Date,
  keepFrom: number,
): Promise<void> {
  const dayAgo = new Date(now.getTime() - 24 * 60 * 60 * 1000).toISOString();
  await trx
    .deleteFrom('throttle')
    .where('last_failure_at', '<', dayAgo)
    .where('failures', '<', keepFrom)
    .execute();
}

async function write(
  trx: Transaction,
  key: string,
  now: Date,
  failures: number,
  waitSeconds: number,
): Promise<void> {
  const row = {
    failures,
    blocked_until:
      waitSeconds === 0 ? null : new Date(now.getTime() + waitSeconds * 1000).toISOString(),
    last_failure_at: now.toISOString(),
  };
  await trx
    .insertInto('throttle')
    .values({ key, ...row })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
    .execute();
}
