import { describe, expect, test } from 'vitest';
import { momentOf, onTheClock, serverAhead, type When } from './when.ts';

const timeZone = 'Europe/London';
const at = (moment: string) => Date.parse(moment);
const chosen = (date: string | null, time: string | null): When => ({ is: 'chosen', date, time });

describe('S24 Date/Time', () => {
  test('is now unless it was changed, by the server’s clock', () => {
    const heardAt = at('2026-11-24T08:40:00.000Z');
    const ahead = serverAhead('2026-11-24T08:45:30.000Z', heardAt);
    expect(momentOf({ is: 'now' }, { timeZone, now: heardAt + 1000 + ahead })).toEqual({
      moment: '2026-11-24T08:45:31.000Z',
    });
  });

  test('shows the school’s own clock, in winter and in summer', () => {
    expect([
      onTheClock({ is: 'now' }, { timeZone, now: at('2026-11-24T08:45:59.000Z') }),
      onTheClock({ is: 'now' }, { timeZone, now: at('2026-07-01T23:30:00.000Z') }),
      onTheClock(chosen('2026-07-01', null), { timeZone, now: 0 }),
    ]).toEqual([
      { date: '2026-11-24', time: '08:45' },
      { date: '2026-07-02', time: '00:30' },
      { date: '2026-07-01', time: null },
    ]);
  });

  test.each([
    ['in winter', '2026-01-15', '09:00', '2026-01-15T09:00:00.000Z'],
    ['in summer', '2026-06-15', '09:00', '2026-06-15T08:00:00.000Z'],
    [
      'in the hour that happens twice: the first one',
      '2025-10-26',
      '01:30',
      '2025-10-26T00:30:00.000Z',
    ],
    ['after the hour that happens twice', '2025-10-26', '02:30', '2025-10-26T02:30:00.000Z'],
    [
      'in the hour that is left out: an hour later',
      '2026-03-29',
      '01:30',
      '2026-03-29T01:30:00.000Z',
    ],
    ['after the hour that is left out', '2026-03-29', '02:30', '2026-03-29T01:30:00.000Z'],
  ])('a time %s', (_when, date, time, moment) => {
    expect(momentOf(chosen(date, time), { timeZone, now: at('2026-11-24T12:00:00.000Z') })).toEqual(
      {
        moment,
      },
    );
  });

  test('is never in the future, and the minute that has begun is not', () => {
    const clock = { timeZone, now: at('2026-11-24T08:45:30.000Z') };
    expect([
      momentOf(chosen('2026-11-24', '08:45'), clock),
      momentOf(chosen('2026-11-24', '08:46'), clock),
      momentOf(chosen('2026-11-25', '00:00'), clock),
    ]).toEqual([
      { moment: '2026-11-24T08:45:00.000Z' },
      { problem: 'in-the-future' },
      { problem: 'in-the-future' },
    ]);
  });

  test('says what is missing or odd', () => {
    const clock = { timeZone, now: at('2026-11-24T08:45:30.000Z') };
    expect([
      momentOf(chosen(null, '08:45'), clock),
      momentOf(chosen('2026-11-24', null), clock),
      momentOf(chosen('0206-11-24', '08:45'), clock),
    ]).toEqual([{ problem: 'no-date' }, { problem: 'no-time' }, { problem: 'odd-year' }]);
  });
});
