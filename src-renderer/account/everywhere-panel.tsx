/** Sign out everywhere: for whoever left a computer without logging out. */
import { useState } from 'react';
import { FailureNotice } from '../app/failure-notice.tsx';
import { useSend } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { Panel } from '../design/panel.tsx';
import { LossQuestion, useUnsent } from '../session/loss-question.tsx';
import { leavePage } from '../session/start-session.ts';
import styles from './account-page.module.css';

export function EverywherePanel() {
  const everywhere = useSend('signOutEverywhere');
  const unsent = useUnsent();
  const [isAsking, setAsking] = useState(false);

  async function signOut() {
    const answer = await everywhere.send({});
    setAsking(false);
    if (answer.ok)
      leavePage({ notice: 'You have been signed out on every computer, this one too.' });
  }

  return (
    <Panel heading="Sign out everywhere">
      <div className={styles.form}>
        <p>
          Did you leave a computer without logging out? This ends your session on every computer of
          the school at once, this one too. You then sign in again here.
        </p>
        <FailureNotice failure={everywhere.failure} />
        <div className={styles.end}>
          <Button
            isBusy={everywhere.isSending}
            busyLabel="Signing out"
            onPress={() => {
              if (unsent.length > 0) setAsking(true);
              else void signOut();
            }}
          >
            Sign out everywhere
          </Button>
        </div>
      </div>
      <LossQuestion
        title="Sign out everywhere without submitting?"
        goOnLabel="Sign out and lose it"
        isOpen={isAsking}
        isBusy={everywhere.isSending}
        onGoOn={() => void signOut()}
        onStay={() => setAsking(false)}
      />
    </Panel>
  );
}
