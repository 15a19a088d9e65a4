/**
 * Date/Time of an entry (S24): now unless changed, in the school's time zone, never in the future.
 * "Now" is the computer's clock put right by the server's, as far as the server was ever heard.
 */
import { parseDate, parseTime } from '@internationalized/date';
import { apart, together } from '../design/moment.ts';

/** Untouched means now, worked out again when the entry is submitted. */
export type When =
  | { readonly is: 'now' }
  /** `date` as 2026-11-24, `time` as 08:45, in the school's time zone; null where it was emptied. */
  | { readonly is: 'chosen'; readonly date: string | null; readonly time: string | null };

export type WhenProblem = 'no-date' | 'no-time' | 'odd-year' | 'in-the-future';

export const WHEN_SENTENCES: Readonly<Record<WhenProblem, string>> = {
  'no-date': 'Enter the date on which it happened.',
  'no-time':
    'Enter the time at which it happened. If you are not sure, enter it as near as you can.',
  'odd-year': 'Check the year of the date.',
  'in-the-future': 'Choose a date and time that are not in the future.',
};

interface Clock {
  readonly timeZone: string;
  /** Milliseconds since 1970, by the server's clock. */
  readonly now: number;
}

/**
 * The moment that is meant, in UTC, or what is wrong. Of an hour that happens twice (clocks going
 * back) the earlier is taken; a time in the hour that is left out counts as an hour later.
 */
export function momentOf(
  when: When,
  { timeZone, now }: Clock,
): { readonly moment: string } | { readonly problem: WhenProblem } {
  if (when.is === 'now') return { moment: new Date(now).toISOString() };
  if (when.date === null) return { problem: 'no-date' };
  if (when.time === null) return { problem: 'no-time' };
  const date = parseDate(when.date);
  const time = parseTime(when.time);
  if (date.year < 1900 || date.year > 9998) return { problem: 'odd-year' };
  const moment = together(date, time, timeZone);
  return Date.parse(moment) > now ? { problem: 'in-the-future' } : { moment };
}

/** The date and the time that stand in the two boxes. */
export function onTheClock(
  when: When,
  { timeZone, now }: Clock,
): { readonly date: string | null; readonly time: string | null } {
  if (when.is === 'chosen') return { date: when.date, time: when.time };
  const { date, time } = apart(new Date(now).toISOString(), timeZone);
  return { date: date.toString(), time: time.toString().slice(0, 5) };
}

/** How far the server's clock is ahead of this computer's, in milliseconds. */
export function serverAhead(serverTime: string, heardAt: number): number {
  return Date.parse(serverTime) - heardAt;
}
