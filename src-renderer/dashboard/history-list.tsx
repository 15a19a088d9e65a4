/** My History (S9): what the person added in the last 7 days, and whether the team has opened it. */
import { CircleCheck, Clock } from 'lucide-react';
import type { HistoryRow } from '../../src-shared/contract/incident.ts';
import { PLACES } from '../app/go.ts';
import { PageLink } from '../app/page-link.tsx';
import { useAsk } from '../app/use-ask.ts';
import { Ago } from '../design/time-zone.tsx';
import { StudentName, studentText } from '../student/student-name.tsx';
import { EntryList } from './entry-list.tsx';
import styles from './history-list.module.css';

export function HistoryList() {
  const asked = useAsk('listHistory', {});
  return (
    <EntryList
      heading="My History"
      anchor="my-history"
      entries={asked.value?.rows.map((row) => ({
        id: row.id,
        what: <HistoryWords row={row} />,
        added: (
          <>
            <Ago instant={row.submittedAt} />
            <Opened row={row} />
          </>
        ),
      }))}
      failure={asked.failure}
      onAskAgain={asked.askAgain}
      empty="You have not logged any incidents or actions in the last 7 days."
    />
  );
}

function HistoryWords({ row }: { readonly row: HistoryRow }) {
  const noun = row.kind === 'action' ? 'Action' : 'Incident';
  return (
    <>
      {row.mayOpen ? (
        <PageLink
          to={PLACES.incident(row.incidentId)}
          label={`${noun} for ${studentText(row.student)}`}
        >
          {noun}
        </PageLink>
      ) : (
        noun
      )}{' '}
      for <StudentName student={row.student} hasClass />
      {row.categories.length === 0 ? null : ` (${row.categories.join(', ')})`}
    </>
  );
}

/** Only where the school shows it. */
function Opened({ row }: { readonly row: HistoryRow }) {
  if (!row.showsOpened) return null;
  return row.openedByTeamAt === null ? (
    <span className={styles.opened}>
      <Clock size="1em" aria-hidden="true" />
      not yet opened
    </span>
  ) : (
    <span className={styles.opened}>
      <CircleCheck size="1em" aria-hidden="true" />
      opened by the safeguarding team
    </span>
  );
}
