/** Recently Viewed (S10): the incidents that the person opened, with **see more**. */
import { useEffect, useRef, useState } from 'react';
import type { RecentRow } from '../../src-shared/contract/incident.ts';
import { PLACES } from '../app/go.ts';
import { PageLink } from '../app/page-link.tsx';
import { ReadingFailure } from '../app/reading-failure.tsx';
import { useAsk } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { EmptyList, Panel } from '../design/panel.tsx';
import { Waiting } from '../design/spinner.tsx';
import { Ago } from '../design/time-zone.tsx';
import { StudentName, studentText } from '../student/student-name.tsx';
import styles from './recently-viewed.module.css';

/** So few at first that the whole dashboard is no longer for them. */
const FIRST_SHOWN = 5;

export function RecentlyViewed() {
  return (
    <Panel heading="Recently Viewed" isFlush>
      <Rows before={null} />
    </Panel>
  );
}

/**
 * A page of rows, and after it the next one once **see more** was pressed; of the first page only
 * the newest, until then. A page that was asked for takes the focus, which the button has lost.
 */
function Rows(props: { readonly before: RecentRow | null }) {
  const { before } = props;
  const asked = useAsk(
    'listRecentlyViewed',
    before === null ? {} : { before: before.openedAt, beforeId: before.incidentId },
  );
  const [shown, setShown] = useState(before === null ? FIRST_SHOWN : Infinity);
  const [seesNext, setSeesNext] = useState(false);
  const { value, failure } = asked;
  const list = useRef<HTMLUListElement>(null);
  const firstNew = before === null ? FIRST_SHOWN : 0;
  const isAskedFor = value !== undefined && (before !== null || shown > FIRST_SHOWN);
  useEffect(() => {
    const row = isAskedFor ? list.current?.children[firstNew] : undefined;
    if (row instanceof HTMLElement) row.focus();
  }, [isAskedFor, firstNew]);
  if (value === undefined) {
    return failure === null ? (
      <Waiting label="Recently Viewed: on its way" />
    ) : (
      <div className={styles.failure}>
        <ReadingFailure
          title="This list could not be loaded."
          failure={failure}
          onAskAgain={asked.askAgain}
        />
      </div>
    );
  }
  if (value.rows.length === 0) {
    return before === null ? (
      <EmptyList>The incidents you open appear here, the newest first.</EmptyList>
    ) : null;
  }
  const isWhole = value.rows.length <= shown;
  const last = value.rows.at(-1);
  return (
    <>
      <ul ref={list} className={styles.rows}>
        {value.rows.slice(0, shown).map((row) => (
          <li key={row.incidentId} tabIndex={-1} className={styles.row}>
            <Row row={row} />
          </li>
        ))}
      </ul>
      {isWhole && seesNext && last !== undefined ? <Rows before={last} /> : null}
      {isWhole && (!value.hasMore || seesNext) ? null : (
        <div className={styles.more}>
          <Button kind="plain" onPress={() => (isWhole ? setSeesNext(true) : setShown(Infinity))}>
            see more
          </Button>
        </div>
      )}
    </>
  );
}

/** What may no longer be opened is plain text, and says nothing else. */
function Row({ row }: { readonly row: RecentRow }) {
  return (
    <>
      {row.mayOpen ? (
        <PageLink
          to={PLACES.incident(row.incidentId)}
          label={`Incident for ${studentText(row.student)}`}
        >
          Incident for <StudentName student={row.student} />
        </PageLink>
      ) : (
        <span>
          Incident for <StudentName student={row.student} />
        </span>
      )}
      <span className={styles.when}>
        <Ago instant={row.openedAt} isRough />
      </span>
    </>
  );
}
