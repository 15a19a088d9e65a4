/** The action form as it is kept for one incident while the person visits other pages. */
import { useCallback } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { SubmissionId, type IncidentId } from '../../src-shared/contract/submission.ts';
import { useKept, useKeptForms, type Kept } from '../app/kept-forms.ts';
import { actionKey, emptyAction, unsentAction, type ActionForm } from './action-form.ts';

/** A new one, with a submission's id of its own, each time the form is opened. */
export function useKeptAction(incidentId: IncidentId): Kept<ActionForm> {
  const start = useCallback(
    () => emptyAction(SubmissionId.parse(uuidv7()), incidentId),
    [incidentId],
  );
  return useKept(actionKey(incidentId), start, unsentAction);
}

/** The unsent action to this incident; null where there is none or nothing was entered in it. */
export function useUnsentAction(incidentId: string): ActionForm | null {
  const kept = useKeptForms(({ forms }) => forms[actionKey(incidentId)]);
  return kept === undefined || kept.unsent === null ? null : (kept.value as ActionForm);
}
