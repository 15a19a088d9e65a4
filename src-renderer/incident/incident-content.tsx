/** The incident itself: who wrote what and when, its actions in order, the alert and **Add Action**. */
import { MessageSquarePlus } from 'lucide-react';
import { useState } from 'react';
import type { Action } from '../../src-shared/contract/action.ts';
import type { Incident } from '../../src-shared/contract/incident.ts';
import { ActionPanel } from '../action/action-panel.tsx';
import { useUnsentAction } from '../action/kept-action.ts';
import { AlertBar } from '../alert/alert-bar.tsx';
import { Button } from '../design/button.tsx';
import { classNames } from '../design/class-names.ts';
import { Chip, Chips } from '../design/chip.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { Moment } from '../design/time-zone.tsx';
import { StudentName } from '../student/student-name.tsx';
import { DeliveredNotice } from './delivered-notice.tsx';
import { useDelivered } from './delivery.ts';
import styles from './incident-content.module.css';
import { IncidentFacts } from './incident-facts.tsx';

export function IncidentContent(props: { readonly incident: Incident }) {
  const { incident } = props;
  const delivered = useDelivered();
  const unsent = useUnsentAction(incident.id);
  const [isAdding, setAdding] = useState(unsent !== null);
  const [wasLeft, setLeft] = useState(false);
  return (
    <div className={classNames(styles.incident, incident.alert !== null && styles.alerted)}>
      <div className={styles.content}>
        {delivered?.kind === 'action' && delivered.incidentId === incident.id ? (
          <DeliveredNotice key={delivered.submissionId} delivered={delivered} />
        ) : null}
        {incident.scope === 'as-written' ? (
          <Notice tone="info" isQuiet>
            This is your report as you wrote it. You can read it for 7 days.
          </Notice>
        ) : null}
        <article className={styles.report} aria-label="Incident">
          <p className={styles.by}>
            <strong>{incident.author.name}</strong> on <Moment instant={incident.happenedAt} />
            {isSameMinute(incident) ? null : (
              <span className={styles.quiet}>
                {' '}
                (added <Moment instant={incident.submittedAt} />)
              </span>
            )}
          </p>
          {incident.clockWasWrong ? <WrongClock /> : null}
          <IncidentFacts incident={incident} />
          <p className={styles.text}>{incident.text}</p>
          <Beside incident={incident} />
        </article>
        <Actions
          incident={incident}
          onAdd={incident.mayAddAction && !isAdding ? () => setAdding(true) : null}
          takesFocus={wasLeft}
        />
      </div>
      {incident.alert === null ? null : (
        <AlertBar
          incident={incident}
          alert={incident.alert}
          onAddAction={() => {
            setAdding(true);
          }}
        />
      )}
      <div className={styles.content}>
        {(incident.mayAddAction || unsent !== null) && isAdding ? (
          <ActionPanel
            incidentId={incident.id}
            incident={incident}
            onClose={(isDelivered) => {
              setAdding(false);
              // A receipt takes the focus itself.
              setLeft(!isDelivered);
            }}
          />
        ) : null}
      </div>
    </div>
  );
}

/** When it happened and when it was added are one line where they are one minute. */
function isSameMinute({ happenedAt, submittedAt }: Incident): boolean {
  return Math.abs(Date.parse(submittedAt) - Date.parse(happenedAt)) < 60_000;
}

/** S24: a wrong time is flagged where it is read, and never a reason to refuse an entry. */
function WrongClock() {
  return (
    <Notice tone="warning" isQuiet>
      The time given lay in the future when this arrived: a clock was wrong. The time it was added
      is the school’s own.
    </Notice>
  );
}

function Beside(props: { readonly incident: Incident }) {
  const { linkedStudents, agencies } = props.incident;
  if (linkedStudents.length === 0 && agencies.length === 0) return null;
  return (
    <dl className={styles.beside}>
      {linkedStudents.length === 0 ? null : (
        <div>
          <dt>Linked student(s)</dt>
          {linkedStudents.map(({ student, monitorsSameCategories }) => (
            <dd key={student.id}>
              <StudentName student={student} hasClass />
              {monitorsSameCategories ? ', monitored under the same categories' : null}
            </dd>
          ))}
        </div>
      )}
      {agencies.length === 0 ? null : (
        <div>
          <dt>Agency Involved</dt>
          {agencies.map((agency) => (
            <dd key={agency}>{agency}</dd>
          ))}
        </div>
      )}
    </dl>
  );
}

/** `onAdd` is null where no action can be added, or the form for it is open. */
function Actions(props: {
  readonly incident: Incident;
  readonly onAdd: (() => void) | null;
  /** The form was left, and with it what had the focus: back to the button that opened it. */
  readonly takesFocus: boolean;
}) {
  const { incident, onAdd } = props;
  return (
    <Panel
      heading={incident.actions.length === 0 ? 'Actions' : `Actions (${incident.actions.length})`}
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
        {incident.actions.length === 0 ? null : (
          <ol className={styles.list}>
            {incident.actions.map((action) => (
              <li key={action.id} className={styles.action}>
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
