/** Above a form's button: how far the entry has come, in words (guide 9). */
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import type { Submission } from '../../src-shared/contract/submission.ts';
import { FailureNotice } from '../app/failure-notice.tsx';
import { NobodyAlerted } from '../custody/nobody-alerted.tsx';
import { Notice } from '../design/notice.tsx';
import { SavedLine } from '../draft/saved-line.tsx';
import type { Sending } from './sending.ts';
import styles from './sending-state.module.css';

export function SendingState(props: {
  readonly sending: Sending<Submission>;
  /** Nothing was typed yet: then there is nothing to be told about. */
  readonly isEmpty: boolean;
}) {
  const { sending, isEmpty } = props;
  switch (sending.is) {
    case 'sending':
      return <p className={styles.quiet}>Being sealed for the school. Nobody has been told yet.</p>;
    case 'writing':
      return isEmpty ? null : <SavedLine />;
    case 'failed':
      return (
        <InSight>
          <FailureNotice failure={sending.failure} />
          <Notice tone="warning">
            <NobodyAlerted />
          </Notice>
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
