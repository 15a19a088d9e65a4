import { expect, test } from 'vitest';
import type { Staff } from '../../src-shared/contract/staff.ts';
import { arrivedWords, namesWords } from './delivered-words.ts';

const people = (count: number): Staff[] =>
  Array.from({ length: count }, (_, number) => ({ id: String(number) }) as Staff);
const told = (team: number, others: number) => ({
  team: people(team),
  others: people(others),
  wouldNotSee: [],
});

test('the chosen people were told only by a receipt that says so, and counts as many', () => {
  const names = (receipt: { alerted: number; isHeld?: boolean } | null, isWithSchool = true) =>
    namesWords({ told: told(3, 1), isWithSchool, receipt });
  const chosen = 'Whom you chose, as this computer knew the school’s lists';
  expect(names(null, false)).toBe('Who will be told');
  expect(names({ alerted: 4, isHeld: false })).toBe('Who was told');
  expect(names({ alerted: 5, isHeld: false })).toBe(chosen);
  expect(names(null)).toBe(chosen);
});

test('R82 the receipt of a server of an earlier version does not tell whether the team alone was told', () => {
  expect(namesWords({ told: told(3, 1), isWithSchool: true, receipt: { alerted: 4 } })).not.toBe(
    'Who was told',
  );
});

test('what is held names nobody as told, and says that those who were chosen were not', () => {
  const receipt = { alerted: 4, isHeld: true };
  expect(namesWords({ told: told(3, 1), isWithSchool: true, receipt })).toBeNull();
  const words = arrivedWords({ kind: 'action', told: told(3, 1), receipt });
  expect(words).toContain('could not be recorded as it was written');
  expect(words).toContain('Nobody else whom you chose has been told.');
  expect(arrivedWords({ kind: 'action', told: told(3, 0), receipt })).not.toContain('Nobody else');
  expect(
    arrivedWords({ kind: 'incident', told: told(0, 0), receipt: { alerted: 0, isHeld: true } }),
  ).toContain('Nobody has been told');
});

test('what was recorded says how many have been told', () => {
  const receipt = { alerted: 9, isHeld: false };
  expect(arrivedWords({ kind: 'incident', told: told(4, 5), receipt })).toBe(
    'Your incident is with the school. 9 people have been told and will get an e-mail.',
  );
});
