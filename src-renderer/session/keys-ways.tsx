/** The two ways back to drafts that the present password does not open (R27): an earlier one, or the school's key. */
import { useState } from 'react';
import type { AskName, SessionHere } from '../../src-shared/bridge.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import { FailureNotice } from '../app/failure-notice.tsx';
import { useSend } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { PasswordField } from '../design/password-field.tsx';
import { SendForm } from '../sign-in/send-form.tsx';
import styles from './keys-page.module.css';

/** What is another once drafts have come back. */
export const REFRESHES: readonly AskName[] = ['listDrafts', 'listOwnItems', 'readEarlierDrafts'];

interface WayProps {
  readonly onAnswer: (answer: Answer<SessionHere>) => void;
}

/** What is closed with an earlier password is opened by it. */
export function OldPassword(props: WayProps) {
  const give = useSend('giveOldPassword', { refreshes: REFRESHES });
  const [old, setOld] = useState('');
  const [isMissing, setMissing] = useState(false);

  async function submit(): Promise<void> {
    setMissing(old === '');
    if (old === '') return;
    const answer = await give.send({ old });
    setOld('');
    props.onAnswer(answer);
  }

  return (
    <SendForm
      className={styles.way}
      sender={give}
      onSend={submit}
      label="Open my drafts"
      busyLabel="Opening"
    >
      <h2 className={styles.heading}>You know your earlier password</h2>
      <p>Enter it once. Everything opens, and only your present password is needed from then on.</p>
      <PasswordField
        label="Earlier password"
        autoComplete="current-password"
        value={old}
        onChange={setOld}
        error={isMissing ? 'Enter your earlier password.' : null}
      />
    </SendForm>
  );
}

/** The school's key to the drafts; `isAlso`: there is another way before this one. */
export function Recover(props: WayProps & { readonly isAlso: boolean }) {
  const recover = useSend('recoverDrafts', { refreshes: REFRESHES });
  return (
    <section className={styles.way}>
      <h2 className={styles.heading}>
        {props.isAlso ? 'You do not know it any more' : 'Ask the school for the key'}
      </h2>
      <p>
        The school holds a key to your drafts for this. It is given to this computer, now that you
        have signed in; the school notes that it was, and nobody there reads the drafts.
      </p>
      <FailureNotice failure={recover.failure} />
      <div>
        <Button
          kind={props.isAlso ? 'quiet' : 'primary'}
          isBusy={recover.isSending}
          busyLabel="Asking the school"
          onPress={() => void press()}
        >
          Recover my drafts
        </Button>
      </div>
    </section>
  );

  async function press(): Promise<void> {
    props.onAnswer(await recover.send({}));
  }
}
