import { CalendarDate, Time } from '@internationalized/date';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aboutHowLongAgo, apart, dateTimeText, howLongAgo, together } from './moment.ts';

const NOW = Date.parse('2026-11-24T10:00:00.000Z');
const before = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

describe('how long ago something was', () => {
  test.each([
    [0, 'just now'],
    [59, 'just now'],
    [60, '1 minute ago'],
    [59 * 60, '59 minutes ago'],
    [60 * 60, '1 hour ago'],
    [2 * 3600 + 1800, '2 hours ago'],
    [24 * 3600, '1 day ago'],
    [7 * 24 * 3600, '7 days ago'],
  ])('S7 %d seconds ago is "%s"', (seconds, words) => {
    expect(howLongAgo(before(seconds), NOW)).toBe(words);
  });

  test.each([
    [30 * 60, '30 minutes ago'],
    [50 * 60, 'about 1 hour ago'],
    [1.6 * 3600, 'about 2 hours ago'],
    [23.4 * 3600, 'about 23 hours ago'],
    [23.6 * 3600, 'about 1 day ago'],
    [47 * 3600, 'about 2 days ago'],
  ])('S10 %d seconds ago is "%s"', (seconds, words) => {
    expect(aboutHowLongAgo(before(seconds), NOW)).toBe(words);
  });

  test('a moment that is still to come, by a clock that is wrong, is "just now"', () => {
    expect(howLongAgo(before(-500), NOW)).toBe('just now');
  });
});

describe('dates in the school’s time zone', () => {
  test('summer time and winter time are told apart', () => {
    expect(dateTimeText('2026-06-24T08:45:00.000Z', 'Europe/London')).toBe('24 June 2026 09:45');
    expect(dateTimeText('2026-11-24T08:45:00.000Z', 'Europe/London')).toBe(
      '24 November 2026 08:45',
    );
  });

  test('midnight is 00:00 and belongs to the new day', () => {
    expect(dateTimeText('2026-06-23T23:00:00.000Z', 'Europe/London')).toBe('24 June 2026 00:00');
  });

  test('S24 a time that the spring change leaves out is moved on by that hour', () => {
    expect(together(new CalendarDate(2026, 3, 29), new Time(1, 30), 'Europe/London')).toBe(
      '2026-03-29T01:30:00.000Z',
    );
  });

  test('S24 date and time apart and together again are the same moment, to the minute', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.constantFrom('Europe/London', 'UTC', 'Pacific/Auckland', 'America/New_York'),
        (moment, timeZone) => {
          moment.setUTCSeconds(0, 0);
          const { date, time } = apart(moment.toISOString(), timeZone);
          const again = Date.parse(together(date, time, timeZone));
          // In the hour that autumn has twice, the first of the two is meant.
          expect([0, 3_600_000]).toContain(moment.getTime() - again);
        },
      ),
    );
  });
});
