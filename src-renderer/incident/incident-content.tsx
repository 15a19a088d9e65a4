/** The incident itself: who wrote what and when, its actions in order, the alert and **Add Action**. */
import { useState } from 'react';
import type { Incident } from '../../src-shared/contract/incident.ts';
import { ActionPanel } from '../action/action-panel.tsx';
import { useUnsentAction } from '../action/kept-action.ts';
import { AlertBar } from '../alert/alert-bar.tsx';
import { classNames } from '../design/class-names.ts';
import { Notice } from '../design/notice.tsx';
import { Moment } from '../design/time-zone.tsx';
import { StudentName } from '../student/student-name.tsx';
import { DeliveredNotice } from './delivered-notice.tsx';
import { useDelivered } from './delivery.ts';
import { IncidentActions } from './incident-actions.tsx';
import styles from './incident-content.module.css';
import { IncidentFacts } from './incident-facts.tsx';
import { WrongClock } from './wrong-clock.tsx';

export function IncidentContent(props: {
  readonly incident: Incident;
  readonly openingId: string;
}) {
  const { incident, openingId } = props;
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
        <IncidentActions
          incident={incident}
          openingId={openingId}
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
