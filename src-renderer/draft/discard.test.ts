/** Clear form, Undo, and what the vault says of it: the newest of a text is never given for an older one. */
import { QueryClient } from '@tanstack/react-query';
import { beforeEach, expect, test } from 'vitest';
import type { Answer } from '../../src-shared/contract/errors.ts';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import type { Draft, OwnItem } from '../../src-shared/vault.ts';
import { useKeptForms } from '../app/kept-forms.ts';
import { useToasts } from '../design/toast.tsx';
import {
  emptyIncident,
  INCIDENT_KEY,
  incidentSubmission,
  type IncidentForm,
} from '../incident/incident-form.ts';
import { contentOf } from './draft-content.ts';
import { discardDraft } from './discard.ts';
import { beginSaving, saveAllNow } from './drafts.ts';

const ID = SubmissionId.parse('0190a000-0000-7000-8000-000000000001');
const AT = '2026-11-24T08:40:00.000Z';

/** The bridge as main answers it: one draft on the disk, which may be full, and what was submitted. */
function bridgeOf(disk: {
  text: string | null;
  isFull: boolean;
  submitted: OwnItem | null;
  revision: number;
}) {
  const done: Answer<unknown> = { ok: true, value: {} };
  const refused = (code: 'not-found' | 'not-saved' | 'already-submitted'): Answer<unknown> => ({
    ok: false,
    code,
  });
  return {
    listen: () => () => undefined,
    async discardDraft({ id }: { id: string }) {
      if (id === disk.submitted?.id) return refused('already-submitted');
      return disk.text === null ? refused('not-found') : done;
    },
    undiscardDraft: async () => (disk.text === null ? refused('not-found') : done),
    async readDraft() {
      if (disk.text === null) return refused('not-found');
      const content = contentOf(formOf(disk.text));
      const place = { field: null, selectionStart: null, selectionEnd: null, scrollTop: 0 };
      const draft: Draft = { id: ID, kind: 'incident', incidentId: null, content, place };
      return { ok: true, value: { draft, revision: disk.revision, changedAt: AT } };
    },
    async saveDraft({ draft, revision }: { draft: Draft; revision: number }) {
      if (draft.id === disk.submitted?.id) return refused('already-submitted');
      if (disk.isFull) return refused('not-saved');
      const { text } = JSON.parse(draft.content) as { text: string };
      Object.assign(disk, { text, revision: revision + 1 });
      const value = { id: draft.id, revision: revision + 1, savedAt: AT, keptBoth: false };
      return { ok: true, value };
    },
    listOwnItems: async () => ({
      ok: true,
      value: { items: disk.submitted === null ? [] : [disk.submitted] },
    }),
  };
}

const formOf = (text: string): IncidentForm => ({ ...emptyIncident(ID), text });

function begin(disk: Partial<Parameters<typeof bridgeOf>[0]>) {
  const whole = { text: null, isFull: false, submitted: null, revision: 3, ...disk };
  Object.assign(globalThis, {
    window: { meadowlark: bridgeOf(whole), addEventListener() {}, removeEventListener() {} },
    document: { addEventListener() {}, removeEventListener() {} },
  });
  return whole;
}

const shown = () => useKeptForms.getState().forms[INCIDENT_KEY]?.value as IncidentForm | undefined;
const said = () => useToasts.getState().toast?.text;
const keep = (form: IncidentForm) =>
  useKeptForms.getState().keep(INCIDENT_KEY, { value: form, unsent: 'your incident' });
const discard = () => discardDraft({ id: ID, key: INCIDENT_KEY, client: new QueryClient() });
async function undo(): Promise<void> {
  const { toast, hide } = useToasts.getState();
  hide();
  toast?.onAction?.();
  await expect.poll(() => said() ?? shown()?.text).toBeDefined();
}

beforeEach(() => {
  useKeptForms.getState().dropAll();
  useToasts.getState().hide();
});

test('on a full disk Undo brings back what stood in the page, not the older version of the disk', async () => {
  begin({ text: 'She fell.', isFull: true });
  keep(formOf('She fell. She was pushed.'));
  await discard();
  expect(said()).toBe('Discarded. Nobody was told about it.');
  expect(shown()).toBeUndefined();
  await undo();
  expect(shown()?.text).toBe('She fell. She was pushed.');
});

test('Undo keeps what stood in the page where the disk had an older version of it', async () => {
  const disk = begin({ text: 'She fell.' });
  keep(formOf('She fell. She was pushed.'));
  await discard();
  await undo();
  expect([said(), disk.text, disk.revision]).toEqual([
    'It is back, under Unfinished.',
    'She fell. She was pushed.',
    4,
  ]);
});

test('of a form that was submitted after all it is not said that nobody was told', async () => {
  begin({ submitted: submitted('She fell.') });
  keep(formOf('She fell.'));
  await discard();
  expect(said()).toMatch(/^This was submitted before/);
  expect(useToasts.getState().toast?.onAction).toBeUndefined();
  expect(shown()).toBeUndefined();
});

test('R73 what was typed after a submitting that was cut off is saved, as an entry of its own', async () => {
  const disk = begin({ submitted: submitted('She fell.') });
  const end = beginSaving();
  keep(formOf('She fell.'));
  keep(formOf('She fell. She was pushed.'));
  expect(await saveAllNow()).toBe(true);
  expect(disk.text).toBe('She fell. She was pushed.');
  expect(shown()?.id).not.toBe(ID);
  expect(said()).toMatch(/an entry of its own\.$/);
  end();
});

test('R73 a form that holds nothing but what was submitted is no unsaved text any more', async () => {
  const disk = begin({ submitted: submitted('She fell.'), isFull: true });
  const end = beginSaving();
  const submission = submitted('She fell.').submission;
  if (submission?.kind !== 'incident') throw new Error('no incident');
  const failure = { ok: false, code: 'vault-gone' } as const;
  keep({ ...formOf('She fell.'), sending: { is: 'failed', submission, failure } });
  expect(await saveAllNow()).toBe(true);
  expect([shown()?.text, disk.text]).toEqual(['', null]);
  expect(said()).toMatch(/My History says how far it has come\.$/);
  end();
});

function submitted(text: string): OwnItem {
  const form = {
    ...formOf(text),
    studentId: '0190a000-0000-7000-8000-000000000003',
    categoryIds: ['0190a000-0000-7000-8000-000000000004'],
  };
  const submission = incidentSubmission(
    form,
    { timeZone: 'Europe/London', now: Date.parse(AT) },
    AT,
  );
  const about = { kind: 'incident', incidentId: null, state: 'waiting', receipt: null } as const;
  return { id: ID, ...about, queuedAt: AT, submission };
}
