import { beforeEach, expect, test } from 'vitest';
import { holdClosing, holdsClosingWhile } from './hold-closing.ts';
import { useKeptForms } from './kept-forms.ts';

const page = new EventTarget();

beforeEach(() => {
  Object.assign(globalThis, { window: page });
  useKeptForms.getState().dropAll();
});

/** Whether the window closes at once, without main being asked. */
function closes(): boolean {
  return page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
}

test('the window is held while something typed was not submitted', () => {
  const end = holdClosing(() => 0);
  expect(closes()).toBe(true);
  useKeptForms.getState().keep('incident', { value: 1, unsent: 'your incident' });
  expect(closes()).toBe(false);
  useKeptForms.getState().keep('incident', { value: 1, unsent: null });
  expect(closes()).toBe(true);
  end();
});

test('the window is held while an unfinished entry lies on this computer, as logging out is', () => {
  let drafts = 1;
  const end = holdClosing(() => drafts);
  expect(closes()).toBe(false);
  drafts = 0;
  expect(closes()).toBe(true);
  end();
});

test('the window is held while a concern without signing in is not on the disk', () => {
  const end = holdClosing(() => 0);
  let isUnsaved = true;
  const endConcern = holdsClosingWhile(() => isUnsaved);
  expect(closes()).toBe(false);
  isUnsaved = false;
  expect(closes()).toBe(true);
  isUnsaved = true;
  endConcern();
  expect(closes()).toBe(true);
  end();
});
