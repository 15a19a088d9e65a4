/** Unfinished: the person's own drafts on this computer, each opened where it was left; and where else there are some. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
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
import { incidentOf } from '../draft/draft-content.ts';
import { openDraft } from '../draft/drafts.ts';
import { INCIDENT_KEY, type IncidentForm } from '../incident/incident-form.ts';
import { useSession } from '../session/session-store.ts';
import { useRoster } from '../student/roster.ts';
import { StudentName } from '../student/student-name.tsx';
import styles from './unfinished-list.module.css';

export function UnfinishedList() {
  const isOpen = useSession().keys.is === 'open';
  const asked = useAsk('listDrafts', {}, { isOff: !isOpen });
  const elsewhere = useAsk('listDraftsElsewhere', {});
  const [failure, setFailure] = useState<Failure | null>(null);
  const drafts = asked.value?.drafts ?? [];
  const others = elsewhere.value?.drafts ?? [];
  if (drafts.length === 0 && others.length === 0 && asked.failure === null) return null;
  return (
    <Panel heading="Unfinished" isFlush>
      <ReadingFailure
        title="Your unfinished entries could not be listed."
        failure={asked.failure}
        onAskAgain={asked.askAgain}
      />
      <FailureNotice failure={failure} />
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
  const words = `unfinished ${draft.kind} ${wordsFrom(draft.content)}`;
  const open = async (): Promise<void> => {
    const answer = await openDraft(draft.id);
    onFailure(answer.ok ? null : answer);
  };
  return (
    <>
      <div className={styles.what}>
        <span>
          {draft.kind === 'incident' ? <AboutWhom draft={draft} /> : 'Action to an incident'}
          {draft.otherVersionOf === null ? null : (
            <span className={styles.other}> (another version: this was changed in two places)</span>
          )}
        </span>
        <Beginning content={draft.content} />
        <span className={styles.quiet}>
          Saved on this computer <Ago instant={draft.changedAt} />
        </span>
      </div>
      <div className={styles.doing}>
        <Button isSmall label={`Go on with ${words}`} onPress={() => void open()}>
          Go on
        </Button>
        <Button
          isSmall
          kind="plain"
          label={`Discard ${words}`}
          onPress={() => void discardDraft({ id: draft.id, key: isInPage ? key : null, client })}
        >
          Discard
        </Button>
      </div>
    </>
  );
}

/** "Incident for Aisha Khan (5B)", or that nobody was chosen yet. */
function AboutWhom(props: { readonly draft: DraftRow }) {
  const { roster } = useRoster();
  const { studentId } = formOf(props.draft);
  if (studentId === null) return 'Incident, no student chosen yet';
  const student = roster?.byId.get(studentId);
  return student === undefined ? (
    'Incident for a student who is not in the list'
  ) : (
    <>
      Incident for <StudentName student={student} hasClass />
    </>
  );
}

function formOf(draft: DraftRow): IncidentForm {
  return incidentOf(draft.id, draft.content);
}

const SHOWN = 60;

/** Enough of the text for its writer to know it by. */
function wordsFrom(content: string): string {
  let text: unknown;
  try {
    text = (JSON.parse(content) as { readonly text?: unknown }).text;
  } catch {
    return '';
  }
  if (typeof text !== 'string') return '';
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}

function Beginning(props: { readonly content: string }) {
  const words = wordsFrom(props.content);
  return words === '' ? null : <span className={styles.quiet}>“{words}”</span>;
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
