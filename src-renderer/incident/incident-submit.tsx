/** The end of the incident form: who will be told, how far it has come, **Submit Incident**. */
import { useState } from 'react';
import { WhoIsTold } from '../alert/told-line.tsx';
import type { Told } from '../alert/who-is-told.ts';
import { Button } from '../design/button.tsx';
import { KeepForLater } from '../draft/keep-for-later.tsx';
import { ClearQuestion } from './clear-question.tsx';
import styles from './entry-form.module.css';
import { unsentIncident, type IncidentForm } from './incident-form.ts';
import { SendingState } from './sending-state.tsx';

export function IncidentSubmit(props: {
  readonly form: IncidentForm;
  readonly told: Told;
  /** The lists of staff and groups are there. */
  readonly isToldKnown: boolean;
  readonly onClear: () => void;
}) {
  const { form } = props;
  const [isAsking, setAsking] = useState(false);
  const isEmpty = unsentIncident(form) === null;
  const isSending = form.sending.is === 'sending';
  return (
    <div className={styles.end}>
      <div className={styles.state}>
        {props.isToldKnown ? <WhoIsTold told={props.told} /> : null}
        <SendingState sending={form.sending} isEmpty={isEmpty} />
      </div>
      <div className={styles.doing}>
        {isEmpty || isSending ? null : (
          <>
            <Button kind="plain" onPress={() => setAsking(true)}>
              Clear form
            </Button>
            <KeepForLater />
          </>
        )}
        <Button kind="primary" type="submit" isBusy={isSending} busyLabel="Submitting">
          {form.sending.is === 'failed' ? 'Try again' : 'Submit Incident'}
        </Button>
      </div>
      <ClearQuestion
        title="Clear this form?"
        label="Clear form"
        isOpen={isAsking}
        onClear={props.onClear}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}
