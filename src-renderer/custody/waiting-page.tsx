/** Waiting to be sent: what, since when, why, and when it is tried next. Nothing of any content. */
import { Siren } from 'lucide-react';
import type { WaitingItem } from '../../src-shared/vault.ts';
import { BackButton } from '../app/back-button.tsx';
import { PLACES } from '../app/go.ts';
import { Page } from '../app/page.tsx';
import { ReadingFailure } from '../app/reading-failure.tsx';
import { useAsk } from '../app/use-ask.ts';
import { timeText } from '../design/moment.ts';
import { Notice } from '../design/notice.tsx';
import { EmptyList, Panel } from '../design/panel.tsx';
import { Waiting } from '../design/spinner.tsx';
import { Ago, useNow, useTimeZone } from '../design/time-zone.tsx';
import { NobodyAlerted } from './nobody-alerted.tsx';
import { whyWaiting } from './queue-words.ts';
import styles from './waiting-page.module.css';

export function WaitingPage() {
  const asked = useAsk('listWaiting', {});
  const items = asked.value?.items;
  return (
    <Page title="Waiting to be sent" aside={<BackButton to={PLACES.dashboard} />}>
      {items === undefined || items.length === 0 ? null : (
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
  return (
    <ul className={styles.items}>
      {props.items.map((item) => (
        <li key={item.id} className={styles.item}>
          <p className={styles.what}>
            {item.isUrgent ? (
              <span className={styles.urgent}>
                <Siren size="1.1em" aria-hidden="true" />
                Urgent
              </span>
            ) : null}
            <strong>
              {item.kind === 'concern'
                ? 'A concern reported without signing in'
                : 'An incident or an action'}
            </strong>
            <span className={styles.quiet}>
              Submitted <Ago instant={item.queuedAt} />
            </span>
          </p>
          <p>{whyWaiting(item)}</p>
          <p className={styles.quiet}>
            {item.tries === 0
              ? 'Not tried yet.'
              : `Tried ${item.tries === 1 ? 'once' : `${item.tries} times`}.`}{' '}
            <NextTry at={item.nextTryAt} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function NextTry(props: { readonly at: string }) {
  const timeZone = useTimeZone();
  const now = useNow();
  return Date.parse(props.at) <= now
    ? 'The next try is now.'
    : `The next try is at ${timeText(props.at, timeZone)}.`;
}
