/** The bounded memory of agency names (S30). */
import { expect, test } from 'vitest';
import { AGENCIES_REMEMBERED, agenciesToRemember, distinctAgencies } from './rules.ts';

const known = (count: number) =>
  Array.from({ length: count }, (_unused, index) => ({ id: `${index}`, name: `Agency ${index}` }));

test('S30 an agency is one agency however it is capitalised or spaced', () => {
  expect(distinctAgencies(['Social Care', 'SOCIAL  care', 'Élan', 'élan'])).toEqual([
    'Social Care',
    'Élan',
  ]);
});

test('S30 a known agency is used again under its first spelling, a new one is added', () => {
  const [first, second] = known(2);
  expect(agenciesToRemember(known(2), ['AGENCY 1', 'Police'])).toEqual({
    used: [second],
    fresh: ['Police'],
    forgotten: [],
  });
  expect(agenciesToRemember(known(1), [])).toEqual({ used: [], fresh: [], forgotten: [] });
  expect(first?.name).toBe('Agency 0');
});

test('the memory is bounded: what was not used for longest is forgotten first', () => {
  const full = known(AGENCIES_REMEMBERED);
  const changed = agenciesToRemember(full, ['Police', `Agency ${AGENCIES_REMEMBERED - 1}`]);
  expect(changed.forgotten).toEqual([full[AGENCIES_REMEMBERED - 2]]);
  expect(changed.used).toEqual([full[AGENCIES_REMEMBERED - 1]]);
});
