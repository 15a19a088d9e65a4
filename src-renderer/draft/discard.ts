/** Discards a draft, and for 10 seconds lets it be taken back. */
import type { QueryClient } from '@tanstack/react-query';
import { sentenceOf } from '../../src-shared/contract/errors.ts';
import type { SubmissionId } from '../../src-shared/contract/submission.ts';
import type { ActionForm } from '../action/action-form.ts';
import { ask } from '../app/ask.ts';
import { useKeptForms } from '../app/kept-forms.ts';
import { useToasts } from '../design/toast.tsx';
import type { IncidentForm } from '../incident/incident-form.ts';
import { contentOf } from './draft-content.ts';
import { endSaving, saveForm } from './drafts.ts';

export const UNDO_MS = 10_000;

/** `key`: the form's, where it stands open; it goes from the page as well. */
export async function discardDraft(draft: {
  readonly id: SubmissionId;
  readonly key: string | null;
  readonly client: QueryClient;
}): Promise<void> {
  const { id, key, client } = draft;
  const kept = key === null ? undefined : useKeptForms.getState().forms[key];
  if (key !== null) {
    await endSaving(key);
    const { forms, drop } = useKeptForms.getState();
    // Unless the page has begun another in its place.
    if (forms[key] === kept) drop(key);
  }
  const answer = await ask('discardDraft', { id });
  void client.invalidateQueries({ queryKey: ['listDrafts'] });
  if (!answer.ok && answer.code !== 'not-found') {
    // What was submitted after all is out of the page's hands, and not for it to bring back.
    if (answer.code !== 'already-submitted') bringBack();
    tell(sentenceOf(answer));
    return;
  }
  useToasts.getState().show({
    text: 'Discarded. Nobody was told about it.',
    actionLabel: 'Undo',
    onAction: () => void undo(),
    until: Date.now() + UNDO_MS,
  });

  async function undo(): Promise<void> {
    const undone = await ask('undiscardDraft', { id });
    const isBack = await saveWhatStoodInThePage();
    void client.invalidateQueries({ queryKey: ['listDrafts'] });
    if (isBack) tell('It is back, under Unfinished.');
    // The disk has an older version or none, and takes nothing: the newest is in this page's hands.
    else if (kept !== undefined && bringBack()) return;
    else tell(undone.ok ? 'It is back, under Unfinished.' : sentenceOf(undone));
  }

  /** It may be newer than what the disk had, where that was full. */
  async function saveWhatStoodInThePage(): Promise<boolean> {
    if (key === null || kept === undefined || kept.unsent === null) return false;
    const read = await ask('readDraft', { id });
    const form = kept.value as IncidentForm | ActionForm;
    if (read.ok && read.value.draft.content === contentOf(form)) return true;
    return (await saveForm(key, form, read.ok ? read.value.revision : 0)).ok;
  }

  /** Into the page again, where nothing else was begun there meanwhile. */
  function bringBack(): boolean {
    const { forms, keep } = useKeptForms.getState();
    if (key === null || kept === undefined || (forms[key]?.unsent ?? null) !== null) return false;
    keep(key, kept);
    return true;
  }
}

function tell(text: string): void {
  useToasts.getState().show({ text, until: Date.now() + UNDO_MS });
}
