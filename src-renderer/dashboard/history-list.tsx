/** My History (S9): what the person added in the last 7 days, and how far each entry has come. */
import type { HistoryRow } from '../../src-shared/contract/incident.ts';
import type { OwnItem } from '../../src-shared/vault.ts';
import { PLACES } from '../app/go.ts';
import { PageLink } from '../app/page-link.tsx';
import { useAsk } from '../app/use-ask.ts';
import { CustodyLine } from '../custody/custody-line.tsx';
import { custodyOf, mergeEntries } from '../custody/custody.ts';
import { useOwnItems } from '../custody/use-own-items.ts';
import { Ago } from '../design/time-zone.tsx';
import { useSession } from '../session/session-store.ts';
import { useRoster } from '../student/roster.ts';
import { StudentName, studentText } from '../student/student-name.tsx';
import { EntryList } from './entry-list.tsx';

export function HistoryList() {
  const asked = useAsk('listHistory', {});
  const items = useOwnItems();
  const { showsOpenedByTeam } = useSession().school;
  const isKnown = asked.value !== undefined || items.length > 0;
  const entries = mergeEntries(items, asked.value?.rows ?? []);
  return (
    <EntryList
      heading="My History"
      anchor="my-history"
      entries={
        isKnown
          ? entries.map((entry) => ({
              id: entry.id,
              what:
                entry.row === null ? (
                  <OwnWords item={entry.item} />
                ) : (
                  <HistoryWords row={entry.row} />
                ),
              added: (
                <>
                  <Ago instant={entry.at} />
                  <br />
                  <CustodyLine custody={custodyOf(entry, showsOpenedByTeam)} />
                </>
              ),
            }))
          : undefined
      }
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

/** What the school does not list yet: known from this computer alone. */
function OwnWords(props: { readonly item: OwnItem | null }) {
  const { roster } = useRoster();
  const { item } = props;
  const submission = item?.submission ?? null;
  if (item?.kind === 'action') return 'Action to an incident';
  const student =
    submission?.kind === 'incident' ? roster?.byId.get(submission.studentId) : undefined;
  return student === undefined ? (
    'Incident'
  ) : (
    <>
      Incident for <StudentName student={student} hasClass />
    </>
  );
}
