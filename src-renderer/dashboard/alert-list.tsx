/** Alert (S7): every unread alert, newest first; its word incident or action opens it. */
import { Siren } from 'lucide-react';
import type { AlertRow } from '../../src-shared/contract/alert.ts';
import { PLACES } from '../app/go.ts';
import { PageLink } from '../app/page-link.tsx';
import { useAsk } from '../app/use-ask.ts';
import { Ago } from '../design/time-zone.tsx';
import { StudentName, studentText } from '../student/student-name.tsx';
import styles from './alert-list.module.css';
import { EntryList } from './entry-list.tsx';

export function AlertList() {
  const asked = useAsk('listAlerts', {});
  return (
    <EntryList
      heading="Alert"
      count={asked.value?.alerts.length}
      entries={asked.value?.alerts.map((alert) => ({
        id: alert.id,
        what: <AlertWords alert={alert} />,
        added: (
          <>
            <Ago instant={alert.raisedAt} /> by {alert.raisedBy}
          </>
        ),
      }))}
      failure={asked.failure}
      onAskAgain={asked.askAgain}
      empty="You have no unread alerts. When a colleague alerts you to an incident or an action, it appears here."
    />
  );
}

/** "STAFF added an incident for STUDENT (CATEGORIES)". */
function AlertWords({ alert }: { readonly alert: AlertRow }) {
  const noun = alert.kind === 'action' ? 'action' : 'incident';
  return (
    <>
      {alert.isUrgent ? (
        <>
          <span className={styles.urgent}>
            <Siren size="1.1em" aria-hidden="true" />
            Urgent
          </span>{' '}
        </>
      ) : null}
      {alert.raisedBy} {alert.kind === 'assigned' ? 'assigned you' : 'added'} an{' '}
      <PageLink
        to={PLACES.incident(alert.incidentId)}
        label={`${noun} for ${studentText(alert.student)}`}
      >
        {noun}
      </PageLink>{' '}
      for <StudentName student={alert.student} hasClass />
      {alert.categories.length === 0 ? null : ` (${alert.categories.join(', ')})`}
    </>
  );
}
