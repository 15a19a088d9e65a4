/**
 * Sends a kept form and keeps what came of it. The form lives outside its page, so that an answer
 * finds it wherever the person has gone meanwhile, and finds nothing once they have logged out.
 */
import type { QueryClient } from '@tanstack/react-query';
import type { AskName } from '../../src-shared/bridge.ts';
import type { Receipt, Submission } from '../../src-shared/contract/submission.ts';
import { ask } from '../app/ask.ts';
import { useKeptForms } from '../app/kept-forms.ts';
import type { Told } from '../alert/who-is-told.ts';
import type { Sending } from './sending.ts';

/** What the person is told once the school has it, by the signed receipt. */
export interface Delivered {
  readonly kind: Submission['kind'];
  readonly incidentId: string;
  readonly receipt: Receipt;
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

/** Resolves with whether the school has it now. The kept form changes with each step. */
export async function post<S extends Submission>(posting: Posting<S>): Promise<boolean> {
  const { key, submission, told, client } = posting;
  changeSending(key, submission.id, { is: 'sending', submission });
  const answer = await ask('sendSubmission', submission);
  if (!answer.ok) {
    changeSending(key, submission.id, { is: 'failed', submission, failure: answer });
    return false;
  }
  if (!isKept(key, submission.id)) return true;
  const { keep, drop } = useKeptForms.getState();
  const delivered: Delivered = {
    kind: submission.kind,
    incidentId: submission.kind === 'incident' ? submission.id : submission.incidentId,
    receipt: answer.value,
    told,
  };
  drop(key);
  keep(DELIVERED, { value: delivered, unsent: null });
  // What an unseen list kept is wrong now: better "on its way" there than that nothing was logged.
  for (const list of LISTS) client.removeQueries({ queryKey: [list], type: 'inactive' });
  void client.invalidateQueries();
  return true;
}

/** The newest delivery, until it is dismissed; null where there is none. */
export function useDelivered(): Delivered | null {
  const kept = useKeptForms(({ forms }) => forms[DELIVERED]);
  return kept === undefined ? null : (kept.value as Delivered);
}

/** Only that one: another may have come meanwhile. */
export function dismissDelivered(submissionId: string): void {
  const { forms, drop } = useKeptForms.getState();
  const delivered = forms[DELIVERED]?.value as Delivered | undefined;
  if (delivered?.receipt.submissionId === submissionId) drop(DELIVERED);
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
