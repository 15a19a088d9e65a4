/** The end of the incident form: who will be told, how far it has come, **Submit Incident**. */
import { useState } from 'react';
import { WhoIsTold } from '../alert/told-line.tsx';
import type { Told } from '../alert/who-is-told.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { KeepForLater } from '../draft/keep-for-later.tsx';
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
      <Dialog
        title="Clear this form?"
        role="alertdialog"
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button
              kind="danger"
              onPress={() => {
                setAsking(false);
                props.onClear();
              }}
            >
              Clear form
            </Button>
            <Button kind="primary" onPress={() => setAsking(false)}>
              Keep writing
            </Button>
          </>
        }
      >
        <p>
          What you have written has not been submitted, and nobody has been told about it. Once it
          is cleared, you have 10 seconds to take it back.
        </p>
      </Dialog>
    </div>
  );
}
