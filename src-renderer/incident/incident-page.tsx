/** Viewing Incident (S13 to S18): an incident as this person may see it, as long as they may. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { v4 as uuidv4 } from 'uuid';
import { sentenceOf } from '../../src-shared/contract/errors.ts';
import { IncidentId } from '../../src-shared/contract/submission.ts';
import { StrandedAction } from '../action/stranded-action.tsx';
import { BackButton } from '../app/back-button.tsx';
import { PLACES } from '../app/go.ts';
import { Page } from '../app/page.tsx';
import { ReadingFailure } from '../app/reading-failure.tsx';
import { useAsk } from '../app/use-ask.ts';
import { Notice } from '../design/notice.tsx';
import { Waiting } from '../design/spinner.tsx';
import { StudentName } from '../student/student-name.tsx';
import { IncidentContent } from './incident-content.tsx';
import { forgetIncident } from './forget-incident.ts';

export function IncidentPage(props: { readonly incidentId: string }) {
  const id = IncidentId.safeParse(props.incidentId);
  // Each incident is a page of its own, also where one leads to the next.
  return id.success ? <Opening key={id.data} incidentId={id.data} /> : <Gone incidentId={null} />;
}

/** One opening: its id is the same for every refetch, which then writes no further audit row (R68). */
function Opening(props: { readonly incidentId: IncidentId }) {
  const { incidentId } = props;
  const client = useQueryClient();
  const [openingId] = useState(() => uuidv4());
  const [isGone, setGone] = useState(false);
  const loseAccess = useCallback(() => setGone(true), []);
  useEffect(() => {
    // After the part that showed it is gone from the page, so that nothing asks for it again.
    if (isGone) forgetIncident(client, incidentId);
  }, [isGone, client, incidentId]);
  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
      // After React is done: what is drawn a second time at once (StrictMode) keeps its answer.
      setTimeout(() => {
        if (!isShown.current) forgetIncident(client, incidentId);
      });
    };
  }, [client, incidentId]);
  return isGone ? (
    <Gone incidentId={incidentId} />
  ) : (
    <Opened incidentId={incidentId} openingId={openingId} onGone={loseAccess} />
  );
}

function Opened(props: {
  readonly incidentId: IncidentId;
  readonly openingId: string;
  readonly onGone: () => void;
}) {
  const { incidentId, openingId, onGone } = props;
  const asked = useAsk('readIncident', { incidentId, openingId });
  const isGone = asked.failure?.code === 'not-found' || asked.failure?.code === 'not-allowed';
  useEffect(() => {
    if (isGone) onGone();
  }, [isGone, onGone]);
  const incident = asked.value;
  if (isGone) return null;
  if (incident === undefined) {
    return (
      <Page title="Viewing Incident" aside={<BackButton to={PLACES.dashboard} />}>
        {asked.failure === null ? (
          <Waiting label="Opening the incident" />
        ) : (
          <ReadingFailure
            title="This incident could not be opened."
            failure={asked.failure}
            onAskAgain={asked.askAgain}
          />
        )}
        {asked.failure === null ? null : <StrandedAction incidentId={incidentId} isOffline />}
      </Page>
    );
  }
  return (
    <Page
      title="Viewing Incident"
      heading={
        <>
          Viewing Incident - <StudentName student={incident.student} hasClass />
        </>
      }
      aside={<BackButton to={PLACES.dashboard} />}
    >
      <IncidentContent incident={incident} openingId={openingId} />
    </Page>
  );
}

/** Not there, never been there, or no longer for this person: the same words for all (R47). */
function Gone(props: { readonly incidentId: IncidentId | null }) {
  return (
    <Page title="Viewing Incident" aside={<BackButton to={PLACES.dashboard} />}>
      <Notice tone="info" announced="status">
        {sentenceOf({ code: 'not-found' })}
      </Notice>
      {props.incidentId === null ? null : <StrandedAction incidentId={props.incidentId} />}
    </Page>
  );
}
