/** An action that was begun before its incident went out of reach: shown without the incident (guide 9). */
import { useState } from 'react';
import { useKeptForms } from '../app/kept-forms.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Panel } from '../design/panel.tsx';
import { actionKey } from './action-form.ts';
import { useUnsentAction } from './kept-action.ts';
import styles from './action-panel.module.css';

export function StrandedAction(props: { readonly incidentId: string }) {
  const unsent = useUnsentAction(props.incidentId);
  const [isAsking, setAsking] = useState(false);
  if (unsent === null) return null;
  return (
    <Panel heading="Your action that was not added">
      <div className={styles.stranded}>
        <p>
          Nobody has been told about it, and it cannot be added as long as this incident cannot be
          opened. Ask the safeguarding team to alert you again: your text is still here until you
          log out.
        </p>
        <p className={styles.text}>{unsent.text}</p>
        <div>
          <Button onPress={() => setAsking(true)}>Clear action</Button>
        </div>
      </div>
      <Dialog
        title="Clear this action?"
        role="alertdialog"
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button
              kind="danger"
              onPress={() => useKeptForms.getState().drop(actionKey(props.incidentId))}
            >
              Clear action
            </Button>
            <Button kind="primary" onPress={() => setAsking(false)}>
              Keep it
            </Button>
          </>
        }
      >
        <p>Once it is cleared it cannot be brought back.</p>
      </Dialog>
    </Panel>
  );
}
