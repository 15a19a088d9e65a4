/** "STAFF alerted you to this incident." with **next alert** and, apart from it, **mark as read**. */
import { ArrowRight, CheckCheck } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Incident } from '../../src-shared/contract/incident.ts';
import { sentenceOf } from '../../src-shared/contract/errors.ts';
import { actionKey } from '../action/action-form.ts';
import { useUnsentAction } from '../action/kept-action.ts';
import { ask } from '../app/ask.ts';
import { FailureNotice } from '../app/failure-notice.tsx';
import { go, PLACES } from '../app/go.ts';
import { useAsk, useSend } from '../app/use-ask.ts';
import { isUndelivered } from '../custody/custody.ts';
import { useOwnItems } from '../custody/use-own-items.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Ago } from '../design/time-zone.tsx';
import { useToasts } from '../design/toast.tsx';
import { keepForLater } from '../draft/drafts.ts';
import { forgetIncident } from '../incident/forget-incident.ts';
import styles from './alert-bar.module.css';
import { nextAlert } from './next-alert.ts';

/** How long mark as read can be taken back (guide 9). */
const UNDO_MS = 10_000;

interface AlertBarProps {
  readonly incident: Incident;
  readonly alert: NonNullable<Incident['alert']>;
  /** Opens the action form, or brings the person to the one that is open. */
  readonly onAddAction: () => void;
}

export function AlertBar(props: AlertBarProps) {
  const { incident, alert } = props;
  return (
    <section className={styles.bar} aria-label="Your alert">
      <div className={styles.told}>
        <p>
          <strong>{alert.raisedBy}</strong> alerted you to this incident.{' '}
          <span className={styles.quiet}>
            <Ago instant={alert.raisedAt} />
          </span>
        </p>
        <NextAlert incidentId={incident.id} raisedAt={alert.raisedAt} />
      </div>
      <MarkAsRead {...props} />
    </section>
  );
}

/** S14: the next one down the Alert list; after the last the dashboard. */
function NextAlert(props: { readonly incidentId: string; readonly raisedAt: string }) {
  const { value } = useAsk('listAlerts', {});
  const next = value === undefined ? undefined : nextAlert(value.alerts, props);
  return (
    <Button
      icon={<ArrowRight size="1.1em" aria-hidden="true" />}
      isDisabled={next === undefined}
      onPress={() =>
        go(
          next === null || next === undefined ? PLACES.dashboard : PLACES.incident(next.incidentId),
        )
      }
    >
      next alert
    </Button>
  );
}

function MarkAsRead({ incident, alert, onAddAction }: AlertBarProps) {
  const client = useQueryClient();
  const marking = useSend('markAlertRead');
  const unsent = useUnsentAction(incident.id);
  const [isAsking, setAsking] = useState(false);
  const isActionOnItsWay =
    useOwnItems().some(
      (item) => item.kind === 'action' && item.incidentId === incident.id && isUndelivered(item),
    ) || unsent?.sending.is === 'sending';
  const key = actionKey(incident.id);

  const mark = async () => {
    const answer = await marking.send({ alertId: alert.id });
    if (!answer.ok) return;
    // An unfinished action stays: it opens without its incident from then on (guide 9).
    if (unsent !== null) await keepForLater(key);
    go(PLACES.dashboard);
    forgetIncident(client, incident.id);
    void client.invalidateQueries();
    useToasts.getState().show({
      text: 'Marked as read.',
      actionLabel: 'Undo',
      onAction: () => void undo(),
      until: undoEnds(),
    });
  };

  const undo = async () => {
    const answer = await ask('undoAlertRead', { alertId: alert.id });
    void client.invalidateQueries();
    if (answer.ok) {
      go(PLACES.incident(incident.id));
      return;
    }
    const text =
      answer.code === 'not-found'
        ? 'This could not be taken back: the 10 seconds are over.'
        : sentenceOf(answer);
    useToasts.getState().show({ text, until: undoEnds() });
  };

  return (
    <div className={styles.mark}>
      {incident.markingAsRead === 'closes' ? (
        <p id="mark-as-read-warning" className={styles.warning}>
          You won't be able to open this again. Add any action first.
        </p>
      ) : null}
      <FailureNotice failure={marking.failure} />
      {isAsking && unsent !== null && !isActionOnItsWay ? (
        <Notice
          tone="warning"
          announced="alert"
          title="You have written an action that has not been added. Nobody has been told about it."
        >
          <div className={styles.choice}>
            <Button
              kind="primary"
              isSmall
              takesFocus
              onPress={() => {
                setAsking(false);
                onAddAction();
                focusAction();
              }}
            >
              Add the action first
            </Button>
            <Button isSmall isBusy={marking.isSending} onPress={() => void mark()}>
              Keep it unfinished and mark as read
            </Button>
          </div>
        </Notice>
      ) : (
        <div className={styles.choice}>
          {isActionOnItsWay ? (
            <output>
              Your action is on its way. This can be marked as read once it is delivered.
            </output>
          ) : null}
          <Button
            icon={<CheckCheck size="1.1em" aria-hidden="true" />}
            isBusy={marking.isSending}
            busyLabel="Marking as read"
            isDisabled={isActionOnItsWay}
            {...(incident.markingAsRead === 'closes'
              ? { describedBy: 'mark-as-read-warning' }
              : {})}
            onPress={() => {
              if (unsent === null) void mark();
              else setAsking(true);
            }}
          >
            mark as read
          </Button>
        </div>
      )}
    </div>
  );
}

function undoEnds(): number {
  return Date.now() + UNDO_MS;
}

function focusAction(): void {
  const box = document.getElementById('action-text');
  box?.scrollIntoView({ block: 'center' });
  box?.focus();
}
