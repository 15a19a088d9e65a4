/** Tells main where the person is, so that a lock brings them back to it. */
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import type { Whereabouts } from '../../src-shared/bridge.ts';
import type { ActionForm } from '../action/action-form.ts';
import { ask } from '../app/ask.ts';
import { go } from '../app/go.ts';
import { useKeptForms } from '../app/kept-forms.ts';
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

/** Back to where the person was before the lock: the same page, the same draft, the caret in it. */
export async function returnTo(whereabouts: Whereabouts | null): Promise<void> {
  if (whereabouts === null) return;
  const { route, draftId } = whereabouts;
  const taken = draftId === null ? null : await takeDraft(draftId);
  go(route);
  if (taken?.ok === true) bringBack(taken.value.place);
}
