/**
 * The page's drafts: every form among the kept forms is saved to the vault as it changes, opened from
 * it again, and discarded there. The forms themselves know nothing of it.
 */
import { v7 as uuidv7 } from 'uuid';
import { create } from 'zustand';
import { sentenceOf, type Answer } from '../../src-shared/contract/errors.ts';
import { IncidentId, SubmissionId } from '../../src-shared/contract/submission.ts';
import type { Draft, Place } from '../../src-shared/vault.ts';
import { actionKey, unsentAction, type ActionForm } from '../action/action-form.ts';
import { ask, listen } from '../app/ask.ts';
import { go, PLACES } from '../app/go.ts';
import { useKeptForms } from '../app/kept-forms.ts';
import { useToasts } from '../design/toast.tsx';
import { INCIDENT_KEY, unsentIncident, type IncidentForm } from '../incident/incident-form.ts';
import { useSessionStore } from '../session/session-store.ts';
import { afterSubmitted } from './already-submitted.ts';
import { actionOf, contentOf, incidentOf } from './draft-content.ts';
import { bringBack, NO_PLACE, placeOf } from './place.ts';
import { makeSaver, type SaveState } from './saver.ts';

interface SaveStates {
  readonly states: Readonly<Record<string, SaveState>>;
  readonly note: (key: string, state: SaveState | null) => void;
}

const useSaveStates = create<SaveStates>()((set) => ({
  states: {},
  note: (key, state) =>
    set(({ states }) => {
      const { [key]: _before, ...rest } = states;
      return { states: state === null ? rest : { ...rest, [key]: state } };
    }),
}));

/** How the form stands on the disk; null where nothing of it was saved yet. */
export function useSaveState(key: string | null): SaveState | null {
  return useSaveStates(({ states }) => (key === null ? null : (states[key] ?? null)));
}

/** Where the person was last in each form. */
const places = new Map<string, Place>();

const saver = makeSaver({
  save: (key, revision) => {
    const form = formOf(key);
    return form === null ? null : saveOrReplace(key, form, revision);
  },
  told: (key, state) => useSaveStates.getState().note(key, state),
  now: () => performance.now(),
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
});

/** Null where the form turned out to be submitted, and another stands in its place. */
async function saveOrReplace(key: string, form: IncidentForm | ActionForm, revision: number) {
  const answer = await saveForm(key, form, revision);
  if (answer.ok || answer.code !== 'already-submitted') return answer;
  const own = await ask('listOwnItems', {});
  const shown = formOf(key);
  // Another form meanwhile, or it is being submitted at this moment: its own end is seen to.
  if (shown?.id !== form.id || shown.sending.is === 'sending') return null;
  const freshId = SubmissionId.parse(uuidv7());
  const next = afterSubmitted(shown, own.ok ? own.value.items : [], freshId);
  useKeptForms.getState().keep(key, { value: next.form, unsent: unsentIn(next.form) });
  const text = next.isSame
    ? sentenceOf(answer)
    : `${sentenceOf(answer)} What stands in the form now is unfinished, as an entry of its own.`;
  useToasts.getState().show({ text, until: Date.now() + TOLD_MS });
  await saver.saveNow(key);
  return null;
}

/** Long enough to read it. */
const TOLD_MS = 20_000;

/** Saves a form of that key as it is; what main and the vault answer. */
export async function saveForm(key: string, form: IncidentForm | ActionForm, revision: number) {
  const isAction = 'incidentId' in form;
  const draft: Draft = {
    id: form.id,
    kind: isAction ? 'action' : 'incident',
    incidentId: isAction ? form.incidentId : null,
    content: contentOf(form),
    place: places.get(key) ?? NO_PLACE,
  };
  return ask('saveDraft', { draft, revision });
}

export function isDraftKey(key: string): boolean {
  return key === INCIDENT_KEY || key.startsWith(actionKey(''));
}

function unsentIn(form: IncidentForm | ActionForm): string | null {
  return 'incidentId' in form ? unsentAction(form) : unsentIncident(form);
}

function formOf(key: string): IncidentForm | ActionForm | null {
  const kept = isDraftKey(key) ? useKeptForms.getState().forms[key] : undefined;
  return kept === undefined ? null : (kept.value as IncidentForm | ActionForm);
}

/** Saves everything at once; answers whether all of it is on the disk. */
export function saveAllNow(): Promise<boolean> {
  return saver.saveNow();
}

/** Before a form is submitted: nothing of it is saved from now on, and a save under way has ended. */
export function holdSaving(key: string): Promise<void> {
  return saver.hold(key);
}

/** It could not be submitted: it is a draft as before. */
export function goOnSaving(key: string): void {
  saver.typed(key);
}

/** The form is gone from the page: submitted, discarded, or left for later. */
export function endSaving(key: string): Promise<void> {
  places.delete(key);
  return saver.forget(key);
}

/** Begins to save what is typed; the answer ends it. */
export function beginSaving(): () => void {
  const endings = [
    useKeptForms.subscribe(({ forms }, { forms: before }) => {
      for (const [key, { value, unsent }] of Object.entries(forms)) {
        const earlier = before[key]?.value;
        if (!isDraftKey(key) || value === earlier) continue;
        if (isOpening.has(value as object)) continue;
        const form = value as IncidentForm | ActionForm;
        const was = earlier as IncidentForm | ActionForm | undefined;
        if (was !== undefined && was.id !== form.id) void saver.forget(key);
        if (was?.id === form.id && contentOf(was) === contentOf(form)) continue;
        if (unsent !== null || was?.id === form.id) saver.typed(key);
      }
      for (const key of Object.keys(before)) {
        if (isDraftKey(key) && forms[key] === undefined) void endSaving(key);
      }
    }),
    listen('saveNow', () => void answerSaveNow()),
    listen('vaultRestarted', () => useSessionStore.getState().lockKeys()),
    // The keys are open again: what was typed meanwhile goes to the disk at once.
    useSessionStore.subscribe(({ state }, { state: before }) => {
      if (state.is !== 'signed-in' || state.view.keys.is !== 'open') return;
      if (before.is !== 'signed-in' || before.view.keys.is !== 'open') void saver.saveNow();
    }),
    notePlaces(),
  ];
  return () => {
    for (const end of endings) end();
  };
}

/** The caret where it stands now is saved too. */
async function answerSaveNow(): Promise<void> {
  for (const [key, { unsent }] of Object.entries(useKeptForms.getState().forms)) {
    if (isDraftKey(key) && unsent !== null) saver.typed(key);
  }
  const saved = await Promise.all([saver.saveNow(), ...[...others].map((one) => one())]);
  await ask('savedNow', { isAllSaved: saved.every(Boolean) });
}

const others = new Set<() => Promise<boolean>>();

/** Something else that has to be on the disk before the page goes; the answer ends it. */
export function alsoSaves(save: () => Promise<boolean>): () => void {
  others.add(save);
  return () => void others.delete(save);
}

function notePlaces(): () => void {
  const note = (element: EventTarget | null): void => {
    const place = placeOf(element);
    const key = place === null ? null : keyOfField(place.field);
    if (place !== null && key !== null) places.set(key, place);
  };
  const noteFocused = (): void => note(document.activeElement);
  const leave = (event: FocusEvent): void => {
    note(event.target);
    void saver.saveNow();
  };
  const leaveWindow = (): void => void saver.saveNow();
  document.addEventListener('selectionchange', noteFocused);
  document.addEventListener('scroll', noteFocused, { passive: true });
  document.addEventListener('focusin', noteFocused);
  document.addEventListener('focusout', leave);
  window.addEventListener('blur', leaveWindow);
  return () => {
    document.removeEventListener('selectionchange', noteFocused);
    document.removeEventListener('scroll', noteFocused);
    document.removeEventListener('focusin', noteFocused);
    document.removeEventListener('focusout', leave);
    window.removeEventListener('blur', leaveWindow);
  };
}

/** Which form a field is of: the one that is shown, by its fields' ids. */
function keyOfField(field: string | null): string | null {
  const kind = shownForm === INCIDENT_KEY ? 'incident-' : 'action-';
  return field?.startsWith(kind) === true ? shownForm : null;
}

let shownForm: string | null = null;

/** Which form is on the screen now, by its key; null where none is. */
export function showsForm(key: string | null): void {
  shownForm = key;
}

/** Values that came from the vault: keeping them is no typing. */
const isOpening = new WeakSet<object>();

/** Opens a draft exactly where it was left. A form of the same kind that stands open is saved first. */
export async function openDraft(id: SubmissionId): Promise<Answer<{ readonly route: string }>> {
  const read = await takeDraft(id);
  if (!read.ok) return read;
  go(read.value.route);
  bringBack(read.value.place);
  return read;
}

/** Puts a draft among the forms; answers where its form is, and where the person was in it. */
export async function takeDraft(
  id: SubmissionId,
): Promise<Answer<{ readonly route: string; readonly place: Place }>> {
  const read = await ask('readDraft', { id });
  if (!read.ok) return read;
  const { draft, revision, changedAt } = read.value;
  const incidentId = draft.incidentId === null ? null : IncidentId.parse(draft.incidentId);
  const key = incidentId === null ? INCIDENT_KEY : actionKey(incidentId);
  const route = incidentId === null ? PLACES.addIncident : PLACES.incident(incidentId);
  const shown = formOf(key);
  // What stands in the page is the newest of it.
  if (shown?.id === id)
    return { ok: true, value: { route, place: places.get(key) ?? draft.place } };
  if (shown !== null && !(await saver.saveNow(key))) return { ok: false, code: 'not-saved' };
  const isAction = incidentId !== null;
  const value = isAction ? actionOf(id, incidentId, draft.content) : incidentOf(id, draft.content);
  const unsent = unsentIn(value) ?? (isAction ? 'your action' : null);
  await endSaving(key);
  isOpening.add(value);
  useKeptForms.getState().keep(key, { value, unsent });
  places.set(key, draft.place);
  saver.opened(key, revision, changedAt);
  return { ok: true, value: { route, place: draft.place } };
}

/** Takes a form off the page once it is on the disk: it is then among the unfinished. Answers whether it is. */
export async function keepForLater(key: string): Promise<boolean> {
  if (!(await saver.saveNow(key))) return false;
  await endSaving(key);
  useKeptForms.getState().drop(key);
  return true;
}
