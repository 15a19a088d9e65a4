/** Add Incident (S19 to S31): the page with the form, in the order that staff know (guide 8). */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { usePeople } from '../alert/use-people.ts';
import { whoIsTold } from '../alert/who-is-told.ts';
import { BackButton } from '../app/back-button.tsx';
import { go, PLACES } from '../app/go.ts';
import { useKept } from '../app/kept-forms.ts';
import { Page } from '../app/page.tsx';
import { discardDraft } from '../draft/discard.ts';
import { EscrowNote } from '../draft/saved-line.tsx';
import { ErrorSummary } from '../design/error-summary.tsx';
import { Notice } from '../design/notice.tsx';
import { useTimeZone } from '../design/time-zone.tsx';
import { useSession } from '../session/session-store.ts';
import { post } from './delivery.ts';
import {
  emptyIncident,
  INCIDENT_KEY,
  incidentSubmission,
  problemsOfIncident,
  unsentIncident,
  type IncidentForm,
} from './incident-form.ts';
import { IncidentFields } from './incident-fields.tsx';
import { IncidentSubmit } from './incident-submit.tsx';
import { nextToSend } from './sending.ts';
import { serverNow } from './server-clock.ts';
import styles from './entry-form.module.css';

function newIncident(): IncidentForm {
  return emptyIncident(SubmissionId.parse(uuidv7()));
}

export function AddIncidentPage() {
  const { school } = useSession();
  const timeZone = useTimeZone();
  const client = useQueryClient();
  const people = usePeople();
  const kept = useKept(INCIDENT_KEY, newIncident, unsentIncident);
  const form = kept.value;
  const [attempt, setAttempt] = useState(0);
  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const problems = attempt === 0 ? [] : problemsOfIncident(form, { timeZone, now: serverNow() });
  const told = whoIsTold({
    staff: people.staff,
    groups: people.groups,
    authorId: people.authorId,
    chosenStaffIds: form.alertStaffIds,
    chosenGroupIds: form.alertGroupIds,
    assigneeIds: form.assigneeIds,
  });

  const change = (next: (before: IncidentForm) => IncidentForm) =>
    kept.set((before) =>
      before.sending.is === 'sending' ? before : { ...next(before), sending: { is: 'writing' } },
    );

  const submit = async () => {
    const clock = { timeZone, now: serverNow() };
    if (problemsOfIncident(form, clock).length > 0) {
      setAttempt((before) => before + 1);
      return;
    }
    const submission = nextToSend(form.sending, () =>
      incidentSubmission(form, clock, new Date().toISOString()),
    );
    if (submission === null) return;
    const isDelivered = await post({ key: INCIDENT_KEY, submission, told, client });
    if (isDelivered && isShown.current) go(PLACES.dashboard);
  };

  return (
    <Page
      title="Add Incident"
      width="full"
      aside={
        <>
          <div className={styles.adults}>
            <Notice tone="info" isQuiet>
              {school.sentences.aboutAdults}
            </Notice>
          </div>
          <BackButton to={PLACES.dashboard} />
        </>
      }
    >
      <form
        className={styles.form}
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <EscrowNote />
        <ErrorSummary problems={problems} attempt={attempt} />
        <IncidentFields
          form={form}
          change={change}
          people={people}
          problems={problems}
          end={
            <IncidentSubmit
              form={form}
              told={told}
              isToldKnown={people.isKnown}
              onClear={() => {
                // A new id with it: what was cleared may have been on its way.
                void discardDraft({ id: form.id, key: INCIDENT_KEY, client });
                kept.set(newIncident());
                setAttempt(0);
              }}
            />
          }
        />
      </form>
    </Page>
  );
}
