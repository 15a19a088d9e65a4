/** Tells main where the person is, so that a lock brings them back to it. */
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import type { Whereabouts } from '../../src-shared/bridge.ts';
import type { ActionForm } from '../action/action-form.ts';
import { ask } from '../app/ask.ts';
import { go, PLACES } from '../app/go.ts';
import { useKeptForms } from '../app/kept-forms.ts';
import { useToasts } from '../design/toast.tsx';
import type { IncidentForm } from '../incident/incident-form.ts';
import { showsForm, takeDraft } from './drafts.ts';
import { formAt } from './form-at.ts';
import { bringBack } from './place.ts';

export function NotedWhereabouts() {
  const [route] = useLocation();
  const key = formAt(route);
  const draftId = useKeptForms(({ forms }) => {
    const kept = key === null ? undefined : forms[key];
    if (kept === undefined || kept.unsent === null) return null;
    return (kept.value as IncidentForm | ActionForm).id;
  });
  useEffect(() => showsForm(key), [key]);
  useEffect(() => void ask('noteWhereabouts', { route, draftId }), [route, draftId]);
  return null;
}

const NOT_OPENED =
  'What you were writing could not be opened again. If it is still to be submitted, it is under Unfinished, here on the dashboard.';
const NOT_OPENED_MS = 60_000;

/** Back to where the person was before the lock: the same page, the same draft, the caret in it. */
export async function returnTo(whereabouts: Whereabouts | null): Promise<void> {
  if (whereabouts === null) return;
  const { route, draftId } = whereabouts;
  const taken = draftId === null ? null : await takeDraft(draftId);
  if (taken?.ok === false) {
    // An empty form in its place would look as if the text had never been there.
    go(PLACES.dashboard);
    useToasts.getState().show({ text: NOT_OPENED, until: Date.now() + NOT_OPENED_MS });
    return;
  }
  go(route);
  if (taken !== null) bringBack(taken.value.place);
}
