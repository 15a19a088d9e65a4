/** When a reset dies: at midnight, and after too many wrong codes (S2, R31). */

/** So many wrong codes spend a code. */
export const MOST_WRONG_CODES = 10;
const LONGEST_DAY_MS = 26 * 60 * 60 * 1000;

/**
 * The next midnight in `timeZone`: the first moment of its next calendar day, also on the days when
 * clocks change. (Where they change at midnight, the day begins at one o'clock.)
 */
export function midnightAfter(now: Date, timeZone: string): Date {
  const day = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short' });
  const today = day.format(now);
  // The date is still today's at `early` and no longer at `late`.
  let early = now.getTime();
  let late = early + LONGEST_DAY_MS;
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (day.format(middle) === today) early = middle;
    else late = middle;
  }
  return new Date(late);
}
