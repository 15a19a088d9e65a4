/** To be completed: what arrived whole but could not be recorded as it was, for the safeguarding team. */
import { useState } from 'react';
import type { HeldItem } from '../../src-shared/contract/held.ts';
import { ReadingFailure } from '../app/reading-failure.tsx';
import { useAsk } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { Panel } from '../design/panel.tsx';
import { Ago, Moment } from '../design/time-zone.tsx';
import { HeldForms } from './held-forms.tsx';
import styles from './held-list.module.css';
import { HELD_WORDS, writerWords } from './held-words.ts';

export function HeldList() {
  const asked = useAsk('listHeld', {});
  const { items, total } = asked.value ?? { items: [], total: 0 };
  const rest = total - items.length;
  if (items.length === 0 && asked.failure === null) return null;
  return (
    <Panel heading={total === 0 ? 'To be completed' : `To be completed (${total})`} isFlush>
      <ReadingFailure
        title="What is to be completed could not be listed."
        failure={asked.failure}
        onAskAgain={asked.askAgain}
      />
      <ul>
        {items.map((item) => (
          <li key={item.id} className={styles.row}>
            <Held item={item} />
          </li>
        ))}
      </ul>
      {rest > 0 ? (
        <p className={styles.rest}>
          {rest} more {rest === 1 ? 'comes' : 'come'} up here as these are completed or filed.
        </p>
      ) : null}
    </Panel>
  );
}

const NOUNS = {
  incident: 'An incident',
  action: 'An action',
  concern: 'A concern',
  unreadable: 'Something unreadable',
  unopened: 'Something that was not opened yet',
};

function Held(props: { readonly item: HeldItem }) {
  const { item } = props;
  const [isOpen, setOpen] = useState(false);
  const id = `held-${item.id}`;
  return (
    <>
      <div className={styles.head}>
        <div className={styles.what}>
          <span className={styles.marks}>
            <strong>
              {NOUNS[item.kind]}
              {item.student === null ? '' : ` about “${item.student}”`}
            </strong>
            {item.reason === 'without-signing-in' ? (
              <span className={styles.mark}>sent without signing in</span>
            ) : null}
            {item.isFinished ? null : <span className={styles.mark}>left unfinished</span>}
            {item.isOneOfMany ? (
              <span className={styles.mark}>one of many from one computer</span>
            ) : null}
          </span>
          <span>{HELD_WORDS[item.reason]}</span>
          <span className={styles.quiet}>
            {writerWords(item)} · arrived <Ago instant={item.receivedAt} /> · reference{' '}
            {item.reference}
          </span>
        </div>
        <Button
          isSmall
          isExpanded={isOpen}
          controls={id}
          label={`${isOpen ? 'Close' : 'Open'} the item with reference ${item.reference}`}
          onPress={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Close' : 'Open'}
        </Button>
      </div>
      <div id={id}>{isOpen ? <Opened heldId={item.id} /> : null}</div>
    </>
  );
}

/** The list has the beginning of its text alone: the whole is asked for as it is opened. */
function Opened(props: { readonly heldId: string }) {
  const asked = useAsk('readHeld', { heldId: props.heldId });
  const item = asked.value;
  if (item === undefined) {
    return (
      <ReadingFailure
        title="This item could not be opened."
        failure={asked.failure}
        onAskAgain={asked.askAgain}
      />
    );
  }
  return (
    <div className={styles.opened}>
      <dl className={styles.facts}>
        <dt>Written by</dt>
        <dd>{writerWords(item)}</dd>
        {item.writtenAt === null ? null : (
          <>
            <dt>Written</dt>
            <dd>
              <Moment instant={item.writtenAt} />, by the clock of the computer
            </dd>
          </>
        )}
        {item.computerName === null ? null : (
          <>
            <dt>Computer</dt>
            <dd>{item.computerName}</dd>
          </>
        )}
        <dt>Student</dt>
        <dd>{item.student ?? 'not in the school’s records'}</dd>
      </dl>
      <p className={styles.text}>{item.text ?? 'There is no text that could be read.'}</p>
      <HeldForms item={item} />
    </div>
  );
}
