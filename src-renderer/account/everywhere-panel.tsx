/** Sign out everywhere: for whoever left a computer without logging out. */
import { useState } from 'react';
import { FailureNotice } from '../app/failure-notice.tsx';
import { useSend } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { Panel } from '../design/panel.tsx';
import { LeaveQuestion, useUnfinished } from '../session/leave-question.tsx';
import { EVERYWHERE, leavePage } from '../session/start-session.ts';
import styles from './account-page.module.css';

export function EverywherePanel() {
  const everywhere = useSend('signOutEverywhere');
  const unfinished = useUnfinished();
  const [isAsking, setAsking] = useState(false);

  async function signOut() {
    const answer = await everywhere.send({});
    setAsking(false);
    if (answer.ok) leavePage({ notice: EVERYWHERE });
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
              if (unfinished.is) setAsking(true);
              else void signOut();
            }}
          >
            Sign out everywhere
          </Button>
        </div>
      </div>
      <LeaveQuestion
        title="Sign out everywhere without submitting?"
        goOnLabel="Sign out everywhere"
        isOpen={isAsking}
        isBusy={everywhere.isSending}
        onGoOn={() => void signOut()}
        onStay={() => setAsking(false)}
      />
    </Panel>
  );
}
