/** How often and how long a person may sign in without the server: 10 tries, 14 days (R27, T13). */
import { OFFLINE_DAYS } from '../../src-shared/vault.ts';
import { VaultFailure } from '../failure.ts';
import type { House } from '../house.ts';
import { personByKey, raiseHighest, updatePerson, type PersonRow } from './rows.ts';

const TRIES = 10;
const BLOCK_MS = 15 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/**
 * Notes the time, so that a clock set back does not make the 14 days longer: the highest time
 * that was seen counts, and what passes while the vault runs is added to it whatever the clock
 * says. `lastSteadyMs` is when this was done before; returns when it was done now.
 */
export function noteTime(house: House, lastSteadyMs: number): number {
  const steadyMs = house.steadyMs();
  const passedMs = Math.max(0, Math.round(steadyMs - lastSteadyMs));
  const { store } = house;
  store.write(() => raiseHighest(store.sqlite, passedMs, house.now().getTime()), 'matters');
  return steadyMs;
}

/**
 * Counts a try before it is made, so that ending the vault in the middle gains nothing. Throws
 * `too-many-tries` from the eleventh on, for 15 minutes.
 */
export function countTry(house: House, row: PersonRow): void {
  const { store } = house;
  const leftMs = row.blocked_until_ms - row.highest_ms;
  if (leftMs > 0) throw new VaultFailure('too-many-tries', Math.ceil(leftMs / 1000));
  const tries = row.failed_tries + 1;
  const isLast = tries >= TRIES;
  store.write(
    () =>
      updatePerson(store.sqlite, row.key, {
        failed_tries: isLast ? 0 : tries,
        blocked_until_ms: isLast ? row.highest_ms + BLOCK_MS : 0,
      }),
    'matters',
  );
}

/** After a password that opened; nothing is written where nothing was counted. */
export function forgetTries(house: House, key: number): void {
  const { store } = house;
  const row = personByKey(store.sqlite, key);
  if (!row || (row.failed_tries === 0 && row.blocked_until_ms === 0)) return;
  store.write(
    () => updatePerson(store.sqlite, key, { failed_tries: 0, blocked_until_ms: 0 }),
    'matters',
  );
}

/**
 * Throws `too-long-ago` 14 days after the last contact, and where the clock stood later at that
 * contact than it does now by more than a day: one of the two was wrong, and only the school can
 * say which.
 */
export function assertRecentContact(house: House, key: number): void {
  const row = personByKey(house.store.sqlite, key);
  if (!row || row.last_contact_ms === null) throw new VaultFailure('never-here');
  const isClockBehind = house.now().getTime() < row.last_contact_ms - DAY_MS;
  if (isClockBehind || row.highest_ms - row.last_contact_ms > OFFLINE_DAYS * DAY_MS) {
    throw new VaultFailure('too-long-ago');
  }
}

/** A contact sets the highest time as well: a clock that once was wrong is forgiven by the school. */
export function noteContact(house: House, key: number): void {
  const nowMs = house.now().getTime();
  updatePerson(house.store.sqlite, key, { last_contact_ms: nowMs, highest_ms: nowMs });
}
