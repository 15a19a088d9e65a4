/** How often a page whose process died is begun anew before the program gives up. */

const MOST = 3;
const WITHIN_MS = 60_000;

/** `faults` are the times of all faults so far, in milliseconds, the present one last. */
export function mayLoadAgain(faults: readonly number[]): boolean {
  const now = faults.at(-1) ?? 0;
  return faults.filter((time) => now - time < WITHIN_MS).length <= MOST;
}
