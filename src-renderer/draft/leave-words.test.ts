import { expect, test } from 'vitest';
import { leaveWords } from './leave-words.ts';

test('whoever leaves is told that their text is kept, and for whom', () => {
  expect(leaveWords({ unsent: ['your incident'], drafts: 1, isAllSaved: true })).toBe(
    'What you typed in your incident is saved on this computer, for you alone. You find it under Unfinished when you sign in here again.',
  );
});

test('earlier drafts are counted with it', () => {
  expect(leaveWords({ unsent: ['your incident'], drafts: 3, isAllSaved: true })).toBe(
    'You have 3 unfinished entries here. They are saved on this computer, for you alone. You find them under Unfinished when you sign in here again.',
  );
});

test('nothing is called saved that is not', () => {
  expect(leaveWords({ unsent: ['your action'], drafts: 2, isAllSaved: false })).toBe(
    'What you typed in your action could not be saved on this computer. It is only in this window, and will be lost.',
  );
});
