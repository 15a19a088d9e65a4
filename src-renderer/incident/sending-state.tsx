/** Above a form's button: how far the entry has come, in words (guide 9). */
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import type { Submission } from '../../src-shared/contract/submission.ts';
import { FailureNotice } from '../app/failure-notice.tsx';
import { Notice } from '../design/notice.tsx';
import { useSession } from '../session/session-store.ts';
import { hasOtherVersionArrived, type Sending } from './sending.ts';
import styles from './sending-state.module.css';

export function SendingState(props: {
  readonly sending: Sending<Submission>;
  /** Nothing was typed yet: then there is nothing to be told about. */
  readonly isEmpty: boolean;
}) {
  const { safeguardingContact } = useSession().school;
  const { sending, isEmpty } = props;
  switch (sending.is) {
    case 'sending':
      return <p className={styles.quiet}>On its way to the school. Nobody has been told yet.</p>;
    case 'writing':
      return isEmpty ? null : (
        <p className={styles.quiet}>Not submitted: nobody has been told yet.</p>
      );
    case 'failed':
      return (
        <InSight>
          <FailureNotice failure={sending.failure} />
          {hasOtherVersionArrived(sending) ? null : (
            <Notice tone="warning">
              Nobody has been alerted yet. If a child may be at risk now, tell{' '}
              {safeguardingContact.name}, {safeguardingContact.number}. Leave this computer on.
            </Notice>
          )}
        </InSight>
      );
  }
}

/** Comes into sight as it appears: it may be longer than what was left of the screen. */
function InSight(props: { readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Braces: Chromium answers a scroll with a promise, which React would call as the effect's end.
    place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={place} className={styles.failed}>
      {props.children}
    </div>
  );
}
