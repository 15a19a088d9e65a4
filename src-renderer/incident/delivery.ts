/**
 * Submits a kept form and keeps what came of it: signed, sealed and queued on this computer, online
 * or not; the courier carries it from there. The form lives outside its page, so that the answer
 * finds it wherever the person has gone meanwhile.
 */
import type { QueryClient } from '@tanstack/react-query';
import type { AskName } from '../../src-shared/bridge.ts';
import type { Category } from '../../src-shared/contract/category.ts';
import type { Submission, SubmissionId } from '../../src-shared/contract/submission.ts';
import { ask } from '../app/ask.ts';
import { useKeptForms } from '../app/kept-forms.ts';
import type { Told } from '../alert/who-is-told.ts';
import { goOnSaving, holdSaving } from '../draft/drafts.ts';
import type { Sending } from './sending.ts';

/** What was submitted; how far it has come is told of it by its custody. */
export interface Delivered {
  readonly kind: Submission['kind'];
  readonly incidentId: string;
  readonly submissionId: SubmissionId;
  readonly queuedAt: string;
  readonly told: Told;
}

const DELIVERED = 'delivered';

/** The person's own lists that an entry appears in. */
const LISTS: readonly AskName[] = ['listHistory', 'listAssigned'];

interface SendableForm<S extends Submission> {
  readonly id: string;
  readonly sending: Sending<S>;
}

export interface Posting<S extends Submission> {
  /** The form's key among the kept forms. */
  readonly key: string;
  readonly submission: S;
  /** As the form said before it was sent. */
  readonly told: Told;
  readonly client: QueryClient;
}

/** Resolves with whether it is safe on this computer, and queued. The kept form changes with each step. */
export async function post<S extends Submission>(posting: Posting<S>): Promise<boolean> {
  const { key, submission, told, client } = posting;
  changeSending(key, submission.id, { is: 'sending', submission });
  await holdSaving(key);
  const isUrgent = isUrgentBy(client, submission);
  const answer = await ask('submit', { submission, isUrgent });
  if (!answer.ok) {
    changeSending(key, submission.id, { is: 'failed', submission, failure: answer });
    goOnSaving(key);
    return false;
  }
  if (!isKept(key, submission.id)) return true;
  const { keep, drop } = useKeptForms.getState();
  const delivered: Delivered = {
    kind: submission.kind,
    incidentId: submission.kind === 'incident' ? submission.id : submission.incidentId,
    // Another one's, where the same words had been submitted a moment before.
    submissionId: answer.value.id,
    queuedAt: answer.value.queuedAt,
    told,
  };
  drop(key);
  keep(DELIVERED, { value: delivered, unsent: null });
  // What an unseen list kept is wrong now: better "on its way" there than that nothing was logged.
  for (const list of LISTS) client.removeQueries({ queryKey: [list], type: 'inactive' });
  void client.invalidateQueries();
  return true;
}

/** The mark outside the seal, by the categories that the school marks as urgent (guide 9). */
function isUrgentBy(client: QueryClient, submission: Submission): boolean {
  const chosen: readonly string[] =
    submission.kind === 'incident' ? submission.categoryIds : submission.addCategoryIds;
  const known = client.getQueryData<{ readonly categories: readonly Category[] }>([
    'listCategories',
    {},
  ]);
  return known?.categories.some(({ id, isUrgent }) => isUrgent && chosen.includes(id)) ?? false;
}

/** The newest submission, until it is dismissed; null where there is none. */
export function useDelivered(): Delivered | null {
  const kept = useKeptForms(({ forms }) => forms[DELIVERED]);
  return kept === undefined ? null : (kept.value as Delivered);
}

/** Only that one: another may have come meanwhile. */
export function dismissDelivered(submissionId: string): void {
  const { forms, drop } = useKeptForms.getState();
  const delivered = forms[DELIVERED]?.value as Delivered | undefined;
  if (delivered?.submissionId === submissionId) drop(DELIVERED);
}

function isKept(key: string, id: string): boolean {
  const kept = useKeptForms.getState().forms[key]?.value as { readonly id: string } | undefined;
  return kept?.id === id;
}

function changeSending<S extends Submission>(key: string, id: string, sending: Sending<S>): void {
  const { forms, keep } = useKeptForms.getState();
  const kept = forms[key];
  if (kept === undefined || !isKept(key, id)) return;
  keep(key, { ...kept, value: { ...(kept.value as SendableForm<S>), sending } });
}
