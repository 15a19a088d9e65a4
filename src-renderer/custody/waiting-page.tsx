/** Waiting to be sent: what, since when, why, and when it is tried next. Nothing of any content. */
import { Siren } from 'lucide-react';
import { DAMAGED_TOLD, isDamaged, type WaitingItem } from '../../src-shared/vault.ts';
import { BackButton } from '../app/back-button.tsx';
import { PLACES } from '../app/go.ts';
import { Page } from '../app/page.tsx';
import { FailureNotice } from '../app/failure-notice.tsx';
import { ReadingFailure } from '../app/reading-failure.tsx';
import { useAsk, useSend } from '../app/use-ask.ts';
import { timeText } from '../design/moment.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { EmptyList, Panel } from '../design/panel.tsx';
import { Waiting } from '../design/spinner.tsx';
import { Ago, useNow, useTimeZone } from '../design/time-zone.tsx';
import { NobodyAlerted } from './nobody-alerted.tsx';
import { whatWaits, whyWaiting } from './queue-words.ts';
import styles from './waiting-page.module.css';

export function WaitingPage() {
  const asked = useAsk('listWaiting', {});
  const items = asked.value?.items;
  return (
    <Page title="Waiting to be sent" aside={<BackButton to={PLACES.dashboard} />}>
      {items === undefined || items.every(({ problem }) => problem === DAMAGED_TOLD) ? null : (
        <Notice tone="warning">
          <NobodyAlerted />
        </Notice>
      )}
      <Panel heading="On this computer" isFlush>
        {asked.failure === null ? null : (
          <ReadingFailure
            title="What is waiting could not be listed."
            failure={asked.failure}
            onAskAgain={asked.askAgain}
          />
        )}
        {items === undefined ? (
          asked.failure === null ? (
            <Waiting label="What is waiting: on its way" />
          ) : null
        ) : items.length === 0 ? (
          <EmptyList>Nothing is waiting. Everything has reached the school.</EmptyList>
        ) : (
          <Items items={items} />
        )}
      </Panel>
      <p className={styles.quiet}>
        This lists what anybody has submitted on this computer. It is sealed: nobody here can read
        it. It is sent by itself, also after you log out, for as long as this computer is on.
      </p>
    </Page>
  );
}

function Items(props: { readonly items: readonly WaitingItem[] }) {
  const now = useNow();
  return (
    <ul className={styles.items}>
      {props.items.map((item) => {
        const { what, since } = whatWaits(item, now);
        return (
          <li key={item.id} className={styles.item}>
            <p className={styles.what}>
              {item.isUrgent ? (
                <span className={styles.urgent}>
                  <Siren size="1.1em" aria-hidden="true" />
                  Urgent
                </span>
              ) : null}
              <strong>{what}</strong>
              <span className={styles.quiet}>
                {since === null ? (
                  'When it was submitted is not known'
                ) : (
                  <>
                    {since} <Ago instant={item.queuedAt} />
                  </>
                )}
              </span>
            </p>
            <p>{whyWaiting(item, now)}</p>
            {isDamaged(item) ? (
              <Damaged item={item} />
            ) : (
              <p className={styles.quiet}>
                {item.tries === 0
                  ? 'Not tried yet.'
                  : `Tried ${item.tries === 1 ? 'once' : `${item.tries} times`}.`}{' '}
                <NextTry at={item.nextTryAt} />
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** It goes from the list once somebody has read it; not before the school knows of it. */
function Damaged(props: { readonly item: WaitingItem }) {
  const { id, problem } = props.item;
  const read = useSend('noteDamageRead', { refreshes: ['listWaiting', 'readWaiting'] });
  return (
    <>
      <p className={styles.quiet}>Its number, for IT: {id}</p>
      {problem === DAMAGED_TOLD ? (
        <div>
          <Button
            isSmall
            label={`I have read this: number ${id} is damaged`}
            isBusy={read.isSending}
            busyLabel="Taking it off this list"
            onPress={() => void read.send({ ids: [id] })}
          >
            I have read this
          </Button>
        </div>
      ) : null}
      <FailureNotice failure={read.failure} />
    </>
  );
}

function NextTry(props: { readonly at: string }) {
  const timeZone = useTimeZone();
  const now = useNow();
  return Date.parse(props.at) <= now
    ? 'The next try is now.'
    : `The next try is at ${timeText(props.at, timeZone)}.`;
}
