/** My Assigned (S8): the open cases that the person is responsible for. */
import { PLACES } from '../app/go.ts';
import { PageLink } from '../app/page-link.tsx';
import { useAsk } from '../app/use-ask.ts';
import { Ago } from '../design/time-zone.tsx';
import { StudentName, studentText } from '../student/student-name.tsx';
import { EntryList } from './entry-list.tsx';

export function AssignedList() {
  const asked = useAsk('listAssigned', {});
  return (
    <EntryList
      heading="My Assigned"
      anchor="my-assigned"
      entries={asked.value?.rows.map((row) => ({
        id: row.incidentId,
        what: (
          <>
            <PageLink
              to={PLACES.incident(row.incidentId)}
              label={`Incident for ${studentText(row.student)}`}
            >
              Incident
            </PageLink>{' '}
            for <StudentName student={row.student} hasClass />
            {row.categories.length === 0 ? null : ` (${row.categories.join(', ')})`}
          </>
        ),
        added: (
          <>
            <Ago instant={row.submittedAt} /> by {row.author}
          </>
        ),
      }))}
      failure={asked.failure}
      onAskAgain={asked.askAgain}
      empty="You are not assigned any open cases."
    />
  );
}
