import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AlertRow } from '../../src-shared/contract/alert.ts';
import { nextAlert } from './next-alert.ts';

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Alerts to these incidents, newest first. */
function alerts(...incidents: readonly number[]): AlertRow[] {
  return incidents.map((incident, at) =>
    AlertRow.parse({
      id: id(1000 + at),
      incidentId: id(incident),
      kind: 'incident',
      raisedBy: 'Tom Reed',
      raisedAt: `2026-11-24T10:${String(59 - at)}:00.000Z`,
      student: {
        id: id(1),
        forename: 'A',
        surname: 'B',
        knownAs: null,
        className: null,
        year: null,
      },
      categories: ['Transport'],
      isUrgent: false,
    }),
  );
}

function next(list: readonly AlertRow[], incident: number, raisedAt: string | null = null) {
  return nextAlert(list, { incidentId: id(incident), raisedAt })?.incidentId ?? null;
}

test('S14 next alert goes down the list, and after the last one back to the dashboard', () => {
  const list = alerts(1, 2, 3);
  expect([next(list, 1), next(list, 2), next(list, 3)]).toEqual([id(2), id(3), null]);
});

test('S14 two alerts to one incident do not lead round in a circle', () => {
  const list = alerts(1, 2, 1);
  expect([next(list, 1), next(list, 2)]).toEqual([id(2), null]);
});

test('S14 from one that was marked as read meanwhile it goes on where that one stood', () => {
  const list = alerts(1, 2, 3);
  expect(next(list, 9, '2026-11-24T10:58:30.000Z')).toBe(id(2));
  expect(next(list, 9, '2026-11-24T10:00:00.000Z')).toBe(null);
  expect(next(list, 9)).toBe(id(1));
});

test('S14 going on visits every incident with an alert once and ends', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 20 }),
      (incidents) => {
        const list = alerts(...incidents);
        const visited: string[] = [];
        let open = list[0]?.incidentId ?? null;
        while (open !== null && visited.length <= list.length) {
          visited.push(open);
          open = nextAlert(list, { incidentId: open, raisedAt: null })?.incidentId ?? null;
        }
        expect(visited).toEqual([...new Set(incidents.map(id))]);
      },
    ),
  );
});
