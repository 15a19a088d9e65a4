import { beforeEach, expect, test } from 'vitest';
import type { SessionHere } from '../../src-shared/bridge.ts';
import { USUAL_PREFERENCES } from '../../src-shared/contract/preference.ts';
import { useSessionStore } from './session-store.ts';

const view = {
  staff: { id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', name: 'Priya Nair' },
  preferences: USUAL_PREFERENCES,
  keys: { is: 'open' },
} as unknown as SessionHere;
const store = () => useSessionStore.getState();

beforeEach(() => store().leave());

test('R34 a session that ends keeps the person and the page', () => {
  store().begin(view);
  store().end();
  expect(store().state).toEqual({ is: 'ended', view });
});

test('an ending that comes after logging out changes nothing', () => {
  store().begin(view);
  const notice = { tone: 'success', text: 'You have been signed out.' } as const;
  store().leave({ notice, email: 'p.nair@larkfield.example' });
  store().end();
  expect(store().state).toEqual({
    is: 'signed-out',
    notice,
    email: 'p.nair@larkfield.example',
  });
});

test('a preference chosen just before the end is not lost by it', () => {
  store().begin(view);
  store().end();
  store().change({ preferences: { ...USUAL_PREFERENCES, tint: 'cream' } });
  expect(store().state).toMatchObject({ is: 'ended', view: { preferences: { tint: 'cream' } } });
});

test('R79 where the process with the keys began again, the page stays and asks for the password', () => {
  store().begin(view);
  store().lockKeys();
  expect(store().state).toEqual({ is: 'signed-in', view: { ...view, keys: { is: 'locked' } } });
});
