/** Forms that were begun and not submitted: nobody has been told, and how to go on with them. */
import { actionKey, type ActionForm } from '../action/action-form.ts';
import { go, PLACES } from '../app/go.ts';
import { useKeptForms } from '../app/kept-forms.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { INCIDENT_KEY } from '../incident/add-incident-page.tsx';
import type { IncidentForm } from '../incident/incident-form.ts';
import { hasOtherVersionArrived } from '../incident/sending.ts';
import styles from './unsent-forms.module.css';

export function UnsentForms() {
  const forms = useKeptForms((kept) => kept.forms);
  const unsent = Object.entries(forms).filter(([, form]) => form.unsent !== null);
  return unsent.map(([key, { value }]) => {
    const form = value as IncidentForm | ActionForm;
    const isIncident = key === INCIDENT_KEY;
    const noun = isIncident ? 'incident' : 'action';
    if (!isIncident && !('incidentId' in form && key === actionKey(form.incidentId))) return null;
    const isSending = form.sending.is === 'sending';
    return (
      <Notice key={key} tone="warning" title={titleOf(form, noun)}>
        <div className={styles.words}>
          {isSending ? null : <span>{lead(form, noun)}</span>}
          <Button
            isSmall
            onPress={() =>
              go('incidentId' in form ? PLACES.incident(form.incidentId) : PLACES.addIncident)
            }
          >
            {isSending ? `Show the ${noun}` : `Go on with your ${noun}`}
          </Button>
        </div>
      </Notice>
    );
  });
}

function titleOf({ sending }: IncidentForm | ActionForm, noun: string): string {
  if (sending.is === 'sending') return `Your ${noun} is on its way. Nobody has been told yet.`;
  return hasOtherVersionArrived(sending)
    ? `An earlier version of your ${noun} has already arrived, and this one is different.`
    : 'Not submitted: nobody has been told yet.';
}

function lead(form: IncidentForm | ActionForm, noun: string): string {
  return form.sending.is === 'failed'
    ? `Your ${noun} could not be delivered. Your text is still here.`
    : `You have begun an ${noun}. Your text is still here.`;
}
