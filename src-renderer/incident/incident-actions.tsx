/** An incident's actions in order, with the earlier ones behind a button where there are very many (S13). */
import { History, MessageSquarePlus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Action } from '../../src-shared/contract/action.ts';
import type { Incident } from '../../src-shared/contract/incident.ts';
import { ReadingFailure } from '../app/reading-failure.tsx';
import { Button } from '../design/button.tsx';
import { Chip, Chips } from '../design/chip.tsx';
import { Panel } from '../design/panel.tsx';
import { Moment } from '../design/time-zone.tsx';
import { VisuallyHidden } from '../design/visually-hidden.tsx';
import { StudentName } from '../student/student-name.tsx';
import styles from './incident-actions.module.css';
import { useEarlierActions } from './use-earlier-actions.ts';
import { WrongClock } from './wrong-clock.tsx';

/** `onAdd` is null where no action can be added, or the form for it is open. */
export function IncidentActions(props: {
  readonly incident: Incident;
  readonly openingId: string;
  readonly onAdd: (() => void) | null;
  /** The form was left, and with it what had the focus: back to the button that opened it. */
  readonly takesFocus: boolean;
}) {
  const { incident, openingId, onAdd } = props;
  const earlier = useEarlierActions(incident, openingId);
  const total = incident.actions.length + (incident.earlierActions?.count ?? 0);
  const { list, focusWhenMoreCame } = useFocusOnFirstNew(earlier.actions.length);
  return (
    <Panel
      heading={total === 0 ? 'Actions' : `Actions (${total})`}
      aside={
        onAdd === null ? undefined : (
          <Button
            kind="primary"
            icon={<MessageSquarePlus size="1.1em" aria-hidden="true" />}
            takesFocus={props.takesFocus}
            onPress={onAdd}
          >
            Add Action
          </Button>
        )
      }
    >
      <div className={styles.actions}>
        {earlier.failure === null ? null : (
          <ReadingFailure
            title="The earlier actions could not be loaded."
            failure={earlier.failure}
            onAskAgain={earlier.askAgain}
          />
        )}
        {earlier.left === 0 || earlier.failure !== null ? null : (
          <div>
            <Button
              icon={<History size="1.1em" aria-hidden="true" />}
              isBusy={earlier.isWaiting}
              busyLabel="Fetching earlier actions"
              onPress={() => {
                focusWhenMoreCame();
                earlier.showMore();
              }}
            >
              {`Show earlier actions (${earlier.left})`}
            </Button>
          </div>
        )}
        <VisuallyHidden>
          <output>
            {earlier.actions.length === 0
              ? ''
              : `${total - earlier.left} of ${total} actions are shown.`}
          </output>
        </VisuallyHidden>
        {total === 0 ? null : (
          <ol ref={list} className={styles.list} start={earlier.left + 1}>
            {[...earlier.actions, ...incident.actions].map((action) => (
              <li key={action.id} tabIndex={-1} className={styles.action}>
                <OneAction action={action} incident={incident} />
              </li>
            ))}
          </ol>
        )}
        <p className={styles.quiet}>
          If you do not see an action, it does not mean that none has taken place. Ask a member of
          the safeguarding team if you have any question.
        </p>
      </div>
    </Panel>
  );
}

/** What was asked for stands where the button was: the first of it takes the focus, and is read on from. */
function useFocusOnFirstNew(count: number) {
  const list = useRef<HTMLOListElement>(null);
  const isWanted = useRef(false);
  useEffect(() => {
    if (!isWanted.current || count === 0) return;
    isWanted.current = false;
    const first = list.current?.children[0];
    if (first instanceof HTMLElement) first.focus();
  }, [count]);
  return {
    list,
    focusWhenMoreCame: () => {
      isWanted.current = true;
    },
  };
}

function OneAction(props: { readonly action: Action; readonly incident: Incident }) {
  const { action, incident } = props;
  const linked = incident.linkedStudents.filter(({ student }) =>
    action.linkedStudentIds.includes(student.id),
  );
  return (
    <>
      <p className={styles.by}>
        <strong>{action.author.name}</strong> on <Moment instant={action.happenedAt} />
        {action.tagged ? (
          <span className={styles.quiet}> (you were alerted to this action)</span>
        ) : null}
      </p>
      {action.clockWasWrong ? <WrongClock /> : null}
      <p className={styles.text}>{action.text}</p>
      <Chips label="Categories added">
        {action.addedCategories.map((name) => (
          <Chip key={name}>Added {name}</Chip>
        ))}
      </Chips>
      {linked.length === 0 ? null : (
        <p className={styles.quiet}>
          Also for{' '}
          {linked.map(({ student }, at) => (
            <span key={student.id}>
              {at === 0 ? null : ', '}
              <StudentName student={student} hasClass />
            </span>
          ))}
        </p>
      )}
      {action.agencies.length === 0 ? null : (
        <p className={styles.quiet}>Agency Involved: {action.agencies.join(', ')}</p>
      )}
    </>
  );
}
