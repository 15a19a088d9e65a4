/** Unfinished: the person's own drafts on this computer, each opened where it was left; and where else there are some. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Student } from '../../src-shared/contract/student.ts';
import type { DraftRow } from '../../src-shared/vault.ts';
import { actionKey } from '../action/action-form.ts';
import { FailureNotice } from '../app/failure-notice.tsx';
import { useKeptForms } from '../app/kept-forms.ts';
import { ReadingFailure } from '../app/reading-failure.tsx';
import { useAsk, type Failure } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { timeText, dateText } from '../design/moment.ts';
import { Panel } from '../design/panel.tsx';
import { Ago, useNow, useTimeZone } from '../design/time-zone.tsx';
import { discardDraft } from '../draft/discard.ts';
import { openDraft } from '../draft/drafts.ts';
import { olderWords } from '../draft/loss-words.ts';
import { amountWritten, studentIdOf, unfinishedWords } from '../draft/unfinished-words.ts';
import { INCIDENT_KEY } from '../incident/incident-form.ts';
import { useSession } from '../session/session-store.ts';
import { useRoster } from '../student/roster.ts';
import { StudentName } from '../student/student-name.tsx';
import { DraftLosses } from './draft-losses.tsx';
import styles from './unfinished-list.module.css';

export function UnfinishedList() {
  const isOpen = useSession().keys.is === 'open';
  const asked = useAsk('listDrafts', {}, { isOff: !isOpen });
  const elsewhere = useAsk('listDraftsElsewhere', {});
  const [failure, setFailure] = useState<Failure | null>(null);
  const drafts = asked.value?.drafts ?? [];
  const losses = asked.value?.losses ?? [];
  const others = elsewhere.value?.drafts ?? [];
  const isNothing = drafts.length + losses.length + others.length === 0;
  if (isNothing && asked.failure === null) return null;
  return (
    <Panel heading="Unfinished" isFlush>
      <ReadingFailure
        title="Your unfinished entries could not be listed."
        failure={asked.failure}
        onAskAgain={asked.askAgain}
      />
      <FailureNotice failure={failure} />
      <DraftLosses losses={losses} onFailure={setFailure} />
      {drafts.length === 0 ? null : (
        <p className={styles.lead}>Not submitted: nobody has been told yet.</p>
      )}
      <ul className={styles.rows}>
        {drafts.map((draft) => (
          <li key={draft.id} className={styles.row}>
            <DraftLine draft={draft} onFailure={setFailure} />
          </li>
        ))}
        {others.map((other) => (
          <li key={`${other.computerName} ${other.changedAt}`} className={styles.row}>
            <Elsewhere {...other} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function DraftLine(props: {
  readonly draft: DraftRow;
  readonly onFailure: (failure: Failure | null) => void;
}) {
  const { draft, onFailure } = props;
  const client = useQueryClient();
  const key = draft.incidentId === null ? INCIDENT_KEY : actionKey(draft.incidentId);
  const isInPage = useKeptForms(({ forms }) => {
    const kept = forms[key]?.value as { readonly id: string } | undefined;
    return kept?.id === draft.id;
  });
  const older = olderWords(draft, useTimeZone());
  const student = useStudentOf(draft);
  const words = unfinishedWords(draft, student);
  const open = async (): Promise<void> => {
    const answer = await openDraft(draft.id);
    onFailure(answer.ok ? null : answer);
  };
  return (
    <>
      <div className={styles.what}>
        <span>
          {student === null ? (
            words
          ) : (
            <>
              {draft.kind === 'action' ? 'Action' : 'Incident'} for{' '}
              <StudentName student={student} hasClass />
            </>
          )}
          {draft.otherVersionOf === null ? null : (
            <span className={styles.other}> (another version: this was changed in two places)</span>
          )}
          {older === null ? null : <span className={styles.other}> ({older})</span>}
        </span>
        <span className={styles.quiet}>
          {amountWritten(draft)}, saved on this computer <Ago instant={draft.changedAt} />
        </span>
      </div>
      <div className={styles.doing}>
        <Button isSmall label={`Go on: ${words}`} onPress={() => void open()}>
          Go on
        </Button>
        <Button
          isSmall
          kind="plain"
          label={`Discard: ${words}`}
          onPress={() => void discardDraft({ id: draft.id, key: isInPage ? key : null, client })}
        >
          Discard
        </Button>
      </div>
    </>
  );
}

/** An action's is its incident's, which the person has opened to write it. */
function useStudentOf(draft: DraftRow): Student | null {
  const { roster } = useRoster();
  const isAction = draft.incidentId !== null;
  const recent = useAsk('listRecentlyViewed', {}, { isOff: !isAction });
  if (isAction) {
    const row = recent.value?.rows.find(({ incidentId }) => incidentId === draft.incidentId);
    return row?.student ?? null;
  }
  const id = studentIdOf(draft);
  return id === null ? null : (roster?.byId.get(id) ?? null);
}

/** "Unfinished on RECEPTION-2 since 10:42". */
function Elsewhere(props: { readonly computerName: string; readonly changedAt: string }) {
  const timeZone = useTimeZone();
  const now = new Date(useNow()).toISOString();
  const day = dateText(props.changedAt, timeZone);
  const since = timeText(props.changedAt, timeZone);
  return (
    <span>
      Unfinished on {props.computerName} since{' '}
      <time dateTime={props.changedAt}>
        {day === dateText(now, timeZone) ? since : `${day} ${since}`}
      </time>
    </span>
  );
}
