/** Moments as people read them, in the school's time zone: pure, with the time passed in. */
import {
  CalendarDate,
  CalendarDateTime,
  Time,
  parseAbsolute,
  toZoned,
} from '@internationalized/date';

const LOCALE = 'en-GB';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "24 November 2026". `instant` is UTC, as `2026-11-24T08:45:00.000Z`; `timeZone` an IANA name. */
export function dateText(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long', timeZone }).format(new Date(instant));
}

/** "08:45". */
export function timeText(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat(LOCALE, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(new Date(instant));
}

/** "24 November 2026 08:45", as the guide's "STAFF on DATE TIME" has it. */
export function dateTimeText(instant: string, timeZone: string): string {
  return `${dateText(instant, timeZone)} ${timeText(instant, timeZone)}`;
}

/**
 * "just now", "1 minute ago", "2 hours ago", "3 days ago"; from 30 days on the caller's date is the
 * better word. A moment after `now` (a clock that is wrong) is "just now".
 */
export function howLongAgo(instant: string, now: number): string {
  const passed = now - Date.parse(instant);
  if (passed < MINUTE) return 'just now';
  if (passed < HOUR) return ago(passed / MINUTE, 'minute');
  if (passed < DAY) return ago(passed / HOUR, 'hour');
  return ago(passed / DAY, 'day');
}

/** S10's "about 2 hours ago": rounded to the nearest instead of down. */
export function aboutHowLongAgo(instant: string, now: number): string {
  const passed = now - Date.parse(instant);
  if (passed < MINUTE) return 'just now';
  if (passed < 45 * MINUTE) return ago(passed / MINUTE, 'minute');
  if (passed < 23.5 * HOUR) return `about ${ago(Math.max(1, Math.round(passed / HOUR)), 'hour')}`;
  return `about ${ago(Math.max(1, Math.round(passed / DAY)), 'day')}`;
}

function ago(count: number, unit: string): string {
  const whole = Math.floor(count);
  return `${whole} ${unit}${whole === 1 ? '' : 's'} ago`;
}

/** A moment taken apart for a date field and a time field (to the minute). */
export function apart(
  instant: string,
  timeZone: string,
): { readonly date: CalendarDate; readonly time: Time } {
  const zoned = parseAbsolute(instant, timeZone);
  return {
    date: new CalendarDate(zoned.year, zoned.month, zoned.day),
    time: new Time(zoned.hour, zoned.minute),
  };
}

/**
 * The fields put together again, in UTC. A time that the clock change leaves out is moved on by that
 * hour; of one that it has twice, the first is meant.
 */
export function together(date: CalendarDate, time: Time, timeZone: string): string {
  const local = new CalendarDateTime(date.year, date.month, date.day, time.hour, time.minute);
  return toZoned(local, timeZone, 'compatible').toDate().toISOString();
}
