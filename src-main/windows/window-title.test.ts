import { expect, test } from 'vitest';
import { windowTitle } from './window-title.ts';

test('R104 the window’s title is the school’s name and a kind of page', () => {
  expect(windowTitle('Larkfield School - Dashboard', 'Larkfield School')).toBe(
    'Larkfield School - Dashboard',
  );
});

test.each([
  'Incident for Amina Okafor',
  'Larkfield School - Amina Okafor',
  'Larkfield School - Dashboard - Amina Okafor',
  'Other School - Dashboard',
  '',
])('R104 %j does not get into the taskbar', (asked) => {
  expect(windowTitle(asked, 'Larkfield School')).toBe('Larkfield School');
});

test('without a school it is the program’s name', () => {
  expect(windowTitle('null - Dashboard', null)).toBe('Meadowlark');
});
