/** Delivered: when, under which reference, and who was told. Green only by the school's receipt. */
import { useLayoutEffect, useRef } from 'react';
import { go, PLACES } from '../app/go.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { timeText } from '../design/moment.ts';
import { useTimeZone } from '../design/time-zone.tsx';
import { Names } from '../alert/told-line.tsx';
import { wereTold } from '../alert/who-is-told.ts';
import { dismissDelivered, type Delivered } from './delivery.ts';
import styles from './delivered-notice.module.css';

export function DeliveredNotice(props: { readonly delivered: Delivered }) {
  const { kind, receipt, told } = props.delivered;
  const timeZone = useTimeZone();
  const { submissionId } = receipt;
  const isShown = useRef(false);
  const place = useRef<HTMLDivElement>(null);
  // Before anything is painted: where it was read already, the next page shall not flash it.
  useLayoutEffect(() => {
    const notice = place.current;
    notice?.scrollIntoView({ block: 'nearest' });
    notice?.focus({ preventScroll: true });
    isShown.current = true;
    return () => {
      isShown.current = false;
      // The focus that goes with it goes on from the head of the page.
      if (notice?.contains(document.activeElement) === true) {
        document.querySelector('h1')?.focus({ preventScroll: true });
      }
      // Read once: whoever comes back finds their page as usual. Not while React only draws it anew.
      queueMicrotask(() => {
        if (!isShown.current) dismissDelivered(submissionId);
      });
    };
  }, [submissionId]);
  return (
    <div ref={place} tabIndex={-1} className={styles.place}>
      <Notice
        tone="success"
        announced="status"
        title={`Delivered to school ${timeText(receipt.receivedAt, timeZone)}, reference ${receipt.reference}`}
      >
        <p>
          {kind === 'incident' ? 'Your incident' : 'Your action'} is with the school.{' '}
          {wereTold(receipt.alerted)}
        </p>
        {told.team.length + told.others.length === 0 ? null : (
          <details className={styles.names}>
            <summary>Who was told</summary>
            <Names heading="The safeguarding team" people={told.team} />
            <Names heading="Others" people={told.others} />
          </details>
        )}
        <div className={styles.doing}>
          <Button isSmall onPress={() => dismissDelivered(submissionId)}>
            Close this notice
          </Button>
          {kind === 'incident' ? (
            <Button
              isSmall
              onPress={() => {
                go(PLACES.addIncident);
              }}
            >
              Add another incident
            </Button>
          ) : null}
        </div>
      </Notice>
    </div>
  );
}
