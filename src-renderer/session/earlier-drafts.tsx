/**
 * On the dashboard: drafts that were left closed when their person began anew, and the ways back to
 * them (R27). Nothing where there are none, or nothing could open them.
 */
import { useState } from 'react';
import type { SessionHere } from '../../src-shared/bridge.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import { useAsk } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { Panel } from '../design/panel.tsx';
import { useToasts } from '../design/toast.tsx';
import styles from './earlier-drafts.module.css';
import { OldPassword, Recover } from './keys-ways.tsx';
import { useSession, useSessionStore } from './session-store.ts';

const SAID_MS = 10_000;

export function EarlierDrafts() {
  const { keys, school } = useSession();
  const { value } = useAsk('readEarlierDrafts', {}, { isOff: keys.is !== 'open' });
  const [isAsking, setAsking] = useState(false);
  if (value === undefined || value.count === 0) return null;
  const { count, mayUseOld } = value;
  const mayRecover = value.mayRecover && school.escrow;
  if (!mayUseOld && !mayRecover) return null;
  const what = count === 1 ? 'One draft' : `${count} drafts`;

  function opened(answer: Answer<SessionHere>): void {
    if (!answer.ok) return;
    setAsking(false);
    useSessionStore.getState().begin(answer.value);
    const text = 'Your earlier drafts are open again. They are under Unfinished.';
    useToasts.getState().show({ text, until: Date.now() + SAID_MS });
  }

  return (
    <Panel heading="Earlier drafts">
      <div className={styles.body}>
        <p>
          {what} that you saved on this computer before you began anew {count === 1 ? 'is' : 'are'}{' '}
          still closed. Nobody else can open {count === 1 ? 'it' : 'them'}.
        </p>
        <div>
          <Button isExpanded={isAsking} onPress={() => setAsking(!isAsking)}>
            {isAsking ? 'Leave them closed' : 'Open earlier drafts'}
          </Button>
        </div>
        {isAsking && mayUseOld ? <OldPassword onAnswer={opened} /> : null}
        {isAsking && mayRecover ? <Recover isAlso={mayUseOld} onAnswer={opened} /> : null}
      </div>
    </Panel>
  );
}
