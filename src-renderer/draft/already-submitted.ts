/**
 * A form that was queued while the vault ended before it could answer: the page took it for unsent.
 * What of it was submitted is on its way; what was typed since is an entry of its own.
 */
import {
  submissionBytes,
  SubmissionId,
  type Submission,
} from '../../src-shared/contract/submission.ts';
import type { OwnItem } from '../../src-shared/vault.ts';
import { emptyAction, type ActionForm } from '../action/action-form.ts';
import { emptyIncident, type IncidentForm } from '../incident/incident-form.ts';

export interface AfterSubmitted {
  /** The form holds nothing but what was submitted. */
  readonly isSame: boolean;
  /** What stands in its place, under `freshId`: saved under the old id, it would be refused for ever. */
  readonly form: IncidentForm | ActionForm;
}

/** `items`: the person's own. What cannot be compared any more is never let go. */
export function afterSubmitted(
  form: IncidentForm | ActionForm,
  items: readonly OwnItem[],
  freshId: SubmissionId,
): AfterSubmitted {
  const { sending } = form;
  // Only a form that was not changed since *Submit* still holds what it sent.
  const isSame =
    sending.is === 'failed' &&
    items.some(
      ({ submission }) => submission !== null && areSameWords(submission, sending.submission),
    );
  if (!isSame) return { isSame, form: { ...form, id: freshId, sending: { is: 'writing' } } };
  const empty =
    'incidentId' in form ? emptyAction(freshId, form.incidentId) : emptyIncident(freshId);
  return { isSame, form: empty };
}

const NO_ID = SubmissionId.parse('00000000-0000-4000-8000-000000000000');

/** As the vault compares them: neither the id nor the time of pressing *Submit* counts. */
function areSameWords(one: Submission, other: Submission): boolean {
  const [first, second] = [one, other].map((submission) =>
    new TextDecoder().decode(
      submissionBytes({ ...submission, id: NO_ID, writtenAt: '2000-01-01T00:00:00.000Z' }),
    ),
  );
  return first === second;
}
