/** Discards a draft, and for 10 seconds lets it be taken back. */
import type { QueryClient } from '@tanstack/react-query';
import { sentenceOf } from '../../src-shared/contract/errors.ts';
import type { SubmissionId } from '../../src-shared/contract/submission.ts';
import { ask } from '../app/ask.ts';
import { useKeptForms } from '../app/kept-forms.ts';
import { useToasts } from '../design/toast.tsx';
import { endSaving } from './drafts.ts';

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
  const until = Date.now() + UNDO_MS;
  if (!answer.ok && answer.code !== 'not-found') {
    bringBack();
    useToasts.getState().show({ text: sentenceOf(answer), until });
    return;
  }
  useToasts.getState().show({
    text: 'Discarded. Nobody was told about it.',
    actionLabel: 'Undo',
    onAction: () => void undo(),
    until,
  });

  async function undo(): Promise<void> {
    const undone = await ask('undiscardDraft', { id });
    void client.invalidateQueries({ queryKey: ['listDrafts'] });
    // One that was never on the disk is only in this page's hands.
    if (!undone.ok && bringBack()) return;
    const text = undone.ok ? 'It is back, under Unfinished.' : sentenceOf(undone);
    useToasts.getState().show({ text, until: Date.now() + UNDO_MS });
  }

  /** Into the page again, where nothing else was begun there meanwhile. */
  function bringBack(): boolean {
    const { forms, keep } = useKeptForms.getState();
    if (key === null || kept === undefined || (forms[key]?.unsent ?? null) !== null) return false;
    keep(key, kept);
    return true;
  }
}
