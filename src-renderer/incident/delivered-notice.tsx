/** After submitting: how far the entry has come, and who is told. Green only by the school's receipt. */
import { useLayoutEffect, useRef } from 'react';
import { go, PLACES } from '../app/go.ts';
import { useAsk } from '../app/use-ask.ts';
import { custodyOf, custodyWords, type Custody } from '../custody/custody.ts';
import { NobodyAlerted } from '../custody/nobody-alerted.tsx';
import { useOwnItems } from '../custody/use-own-items.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { useNow, useTimeZone } from '../design/time-zone.tsx';
import { useSession } from '../session/session-store.ts';
import { Names } from '../alert/told-line.tsx';
import type { Receipt } from '../../src-shared/contract/submission.ts';
import { arrivedWords, namesWords } from './delivered-words.ts';
import { dismissDelivered, type Delivered } from './delivery.ts';
import styles from './delivered-notice.module.css';

export function DeliveredNotice(props: { readonly delivered: Delivered }) {
  const { kind, submissionId, told } = props.delivered;
  const timeZone = useTimeZone();
  const now = useNow();
  const { custody, receipt } = useCustody(submissionId);
  const isWithSchool = ['delivered', 'held', 'opened'].includes(custody.is);
  const names = namesWords({ told, isWithSchool, receipt });
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
        tone={isWithSchool ? 'success' : 'warning'}
        announced="status"
        title={custodyWords(custody, { timeZone, now })}
      >
        <p>
          {isWithSchool ? (
            arrivedWords({ kind, told, receipt })
          ) : custody.is === 'differs' || custody.is === 'damaged' ? null : (
            <>
              Your {kind} is sealed, safe on this computer, and sent by itself. <NobodyAlerted />
            </>
          )}
        </p>
        {names === null ? null : (
          <details className={styles.names}>
            <summary>{names}</summary>
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

function useCustody(submissionId: string): {
  readonly custody: Custody;
  /** Null where it is not at hand. */
  readonly receipt: Receipt | null;
} {
  const { showsOpenedByTeam } = useSession().school;
  const item = useOwnItems().find(({ id }) => id === submissionId) ?? null;
  const { value } = useAsk('listHistory', {});
  const row = value?.rows.find(({ id }) => id === submissionId) ?? null;
  return {
    custody: custodyOf({ item, row }, showsOpenedByTeam),
    receipt: item?.receipt ?? null,
  };
}
