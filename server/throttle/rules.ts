/** Throttling: how long somebody must wait after tries that failed in a row (R31). */

/** So many failures cost nothing: a person who mistypes is not held up. */
const FREE_FAILURES = 5;
const LONGEST_WAIT_SECONDS = 15 * 60;

/**
 * Seconds until the next try after `failures` in a row: none before the fifth, then 1 s, doubling,
 * at most 15 minutes.
 */
export function waitAfter(failures: number, freeFailures = FREE_FAILURES): number {
  if (failures < freeFailures) return 0;
  return Math.min(2 ** (failures - freeFailures), LONGEST_WAIT_SECONDS);
}

/** The count from which on the wait grows no longer. */
export function mostCounted(freeFailures: number): number {
  return freeFailures + Math.ceil(Math.log2(LONGEST_WAIT_SECONDS));
}
