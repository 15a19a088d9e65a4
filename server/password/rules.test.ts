import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { midnightAfter } from './rules.ts';
import { newCode } from './secrets.ts';

describe('S2 midnight is the school’s own', () => {
  test.each([
    ['winter', 'Europe/London', '2026-11-24T08:45:00Z', '2026-11-25T00:00:00.000Z'],
    ['summer', 'Europe/London', '2026-07-01T12:00:00Z', '2026-07-01T23:00:00.000Z'],
    [
      'late in summer evening',
      'Europe/London',
      '2026-07-01T22:59:59.999Z',
      '2026-07-01T23:00:00.000Z',
    ],
    [
      'at midnight itself a whole day is left',
      'Europe/London',
      '2026-07-01T23:00:00Z',
      '2026-07-02T23:00:00.000Z',
    ],
    [
      'clocks go forward, 23 hours',
      'Europe/London',
      '2026-03-29T00:00:00Z',
      '2026-03-29T23:00:00.000Z',
    ],
    [
      'clocks go back, 25 hours',
      'Europe/London',
      '2026-10-24T23:00:00Z',
      '2026-10-26T00:00:00.000Z',
    ],
    [
      'a day that begins at one',
      'America/Santiago',
      '2026-09-05T20:00:00Z',
      '2026-09-06T04:00:00.000Z',
    ],
    ['half hours', 'Asia/Kolkata', '2026-11-24T08:45:00Z', '2026-11-24T18:30:00.000Z'],
    ['far east', 'Pacific/Kiritimati', '2026-11-24T08:45:00Z', '2026-11-24T10:00:00.000Z'],
    ['new year', 'Europe/London', '2026-12-31T23:30:00Z', '2027-01-01T00:00:00.000Z'],
  ])('%s', (_what, timeZone, now, expected) => {
    expect(midnightAfter(new Date(now), timeZone).toISOString()).toBe(expected);
  });

  test('it is always ahead, at most 26 hours, and the first moment of another day', () => {
    const zones = ['Europe/London', 'America/Santiago', 'Asia/Beirut', 'Australia/Lord_Howe'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        (timeZone, now) => {
          const day = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short' });
          const midnight = midnightAfter(now, timeZone).getTime();
          expect(midnight).toBeGreaterThan(now.getTime());
          expect(midnight - now.getTime()).toBeLessThanOrEqual(26 * 60 * 60 * 1000);
          expect(day.format(midnight - 1)).toBe(day.format(now));
          expect(day.format(midnight)).not.toBe(day.format(now));
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('a code has no characters that people mistake for others, and each is as likely', () => {
  const every = Uint8Array.from({ length: 256 }, (_, index) => index);
  const seen = Array.from({ length: 26 }, (_, start) =>
    newCode((length) => every.slice(start * length, start * length + length)),
  ).join('');
  const counts = new Map<string, number>();
  for (const letter of seen) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  expect([...counts.keys()].toSorted().join('')).toBe('23456789ABCDEFGHJKLMNPQRSTUVWXYZ');
  expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
});
