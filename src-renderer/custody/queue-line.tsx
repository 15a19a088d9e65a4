/** In the frame: the quiet line of what waits to be sent, and after 10 minutes the warning on every page. */
import { Hourglass } from 'lucide-react';
import type { SafeguardingContact } from '../../src-shared/contract/school.ts';
import { PLACES } from '../app/go.ts';
import { PageLink } from '../app/page-link.tsx';
import { useAsk } from '../app/use-ask.ts';
import { Notice } from '../design/notice.tsx';
import { NobodyAlerted, NobodyAlertedTell } from './nobody-alerted.tsx';
import styles from './queue-line.module.css';
import { queueWords } from './queue-words.ts';

export function QueueLine() {
  const { value } = useAsk('readWaiting', {});
  const words = value === undefined ? null : queueWords(value);
  return words === null ? null : (
    <PageLink to={PLACES.waiting} className={styles.line}>
      <Hourglass size="1em" aria-hidden="true" />
      {words}
    </PageLink>
  );
}

/** Where nothing waits, it is the damaged that the school does not know of yet. */
function warningTitle({ count }: { readonly count: number }): string {
  return count === 0
    ? 'Something on this computer was damaged, and may not have reached the school.'
    : 'Something has not reached the school for 10 minutes.';
}

export function NobodyAlertedBar() {
  const { value } = useAsk('readWaiting', {});
  return (
    <output className={styles.place}>
      {value?.nobodyAlertedYet === true ? (
        <div className={styles.bar}>
          <Notice tone="warning" title={warningTitle(value)}>
            <NobodyAlerted /> <PageLink to={PLACES.waiting}>What is waiting</PageLink>
          </Notice>
        </div>
      ) : null}
    </output>
  );
}

/** The same while nobody is signed in: who wrote it may have left, and somebody else stands here. */
export function NobodyAlertedHere(props: { readonly contact: SafeguardingContact | null }) {
  const { value } = useAsk('readWaiting', {});
  return (
    <output className={styles.place}>
      {value?.nobodyAlertedYet === true ? (
        <Notice tone="warning" title={warningTitle(value)}>
          <NobodyAlertedTell contact={props.contact} />
        </Notice>
      ) : null}
    </output>
  );
}
