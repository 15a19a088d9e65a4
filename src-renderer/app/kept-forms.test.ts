import { beforeEach, expect, test } from 'vitest';
import { listed, unsentOf, useKeptForms } from './kept-forms.ts';

beforeEach(() => useKeptForms.getState().dropAll());

const unsent = () => unsentOf(useKeptForms.getState().forms);

test('what was typed and not submitted is named before it is lost, each thing once', () => {
  const { keep } = useKeptForms.getState();
  keep('incident', { value: { text: 'seen' }, unsent: 'your incident' });
  keep('action:1', { value: { text: 'rang' }, unsent: 'your action' });
  keep('action:2', { value: { text: 'met' }, unsent: 'your action' });
  keep('action:3', { value: { text: '' }, unsent: null });
  expect(listed(unsent())).toBe('your incident and your action');
});

test('a form that was submitted is lost to nobody', () => {
  const { keep, drop } = useKeptForms.getState();
  keep('incident', { value: 1, unsent: 'your incident' });
  drop('incident');
  expect(unsent()).toEqual([]);
});

test('logging out forgets every form', () => {
  useKeptForms.getState().keep('incident', { value: 1, unsent: 'your incident' });
  useKeptForms.getState().dropAll();
  expect(useKeptForms.getState().forms).toEqual({});
});
