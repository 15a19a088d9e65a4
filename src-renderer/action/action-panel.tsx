/** The action form (S17), below the incident it belongs to. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Incident } from '../../src-shared/contract/incident.ts';
import type { IncidentId } from '../../src-shared/contract/submission.ts';
import { AlertStaff } from '../alert/alert-staff.tsx';
import { WhoIsTold } from '../alert/told-line.tsx';
import { usePeople } from '../alert/use-people.ts';
import { whoIsTold } from '../alert/who-is-told.ts';
import { ReadingFailure } from '../app/reading-failure.tsx';
import { useAsk } from '../app/use-ask.ts';
import { CategoryField } from '../category/category-field.tsx';
import { Button } from '../design/button.tsx';
import { CheckBox } from '../design/choices.tsx';
import { classNames } from '../design/class-names.ts';
import { discardDraft } from '../draft/discard.ts';
import { KeepForLater } from '../draft/keep-for-later.tsx';
import { EscrowNote } from '../draft/saved-line.tsx';
import { ErrorSummary } from '../design/error-summary.tsx';
import { Panel } from '../design/panel.tsx';
import { TextArea } from '../design/text-field.tsx';
import { useTimeZone } from '../design/time-zone.tsx';
import { AgencyField } from '../incident/agency-field.tsx';
import { ClearQuestion } from '../incident/clear-question.tsx';
import { post } from '../incident/delivery.ts';
import entry from '../incident/entry-form.module.css';
import { IncidentFacts } from '../incident/incident-facts.tsx';
import { nextToSend } from '../incident/sending.ts';
import { SendingState } from '../incident/sending-state.tsx';
import { serverNow } from '../incident/server-clock.ts';
import { WhenField } from '../incident/when-field.tsx';
import { StudentName } from '../student/student-name.tsx';
import {
  ACTION_FIELDS,
  actionKey,
  actionSubmission,
  problemsOfAction,
  unsentAction,
  type ActionForm,
} from './action-form.ts';
import styles from './action-panel.module.css';
import { useKeptAction } from './kept-action.ts';
import { toldOfStranded } from './stranded-words.ts';

export function ActionPanel(props: {
  readonly incidentId: IncidentId;
  /** Null where it is out of reach: the action can be written and submitted all the same (guide 9). */
  readonly incident: Incident | null;
  /** The author may not open it any more: then the safeguarding team alone is told. */
  readonly isOutOfReach?: boolean;
  /** Closes the form: it was submitted, or closed or cleared by the person. */
  readonly onClose: (isDelivered: boolean) => void;
}) {
  const { incident, incidentId, onClose } = props;
  const kept = useKeptAction(incidentId);
  const form = kept.value;
  const timeZone = useTimeZone();
  const client = useQueryClient();
  const people = usePeople();
  const categories = useAsk('listCategories', {});
  const [attempt, setAttempt] = useState(0);
  const problems = attempt === 0 ? [] : problemsOfAction(form, { timeZone, now: serverNow() });
  const problemOf = (fieldId: string) =>
    problems.find((problem) => problem.fieldId === fieldId)?.text ?? null;
  const asChosen = whoIsTold({
    staff: people.staff,
    groups: people.groups,
    authorId: people.authorId,
    chosenStaffIds: form.alertStaffIds,
    chosenGroupIds: form.alertGroupIds,
    assigneeIds: [],
  });
  const told = props.isOutOfReach === true ? toldOfStranded(asChosen) : asChosen;
  useEffect(() => document.getElementById(ACTION_FIELDS.text)?.focus(), []);

  const change = (next: Partial<ActionForm>) =>
    kept.set((before) =>
      before.sending.is === 'sending' ? before : { ...before, ...next, sending: { is: 'writing' } },
    );

  const submit = async () => {
    const clock = { timeZone, now: serverNow() };
    if (problemsOfAction(form, clock).length > 0) {
      setAttempt((before) => before + 1);
      return;
    }
    const submission = nextToSend(form.sending, () =>
      actionSubmission(form, clock, new Date().toISOString()),
    );
    if (submission === null) return;
    if (await post({ key: actionKey(incidentId), submission, told, client })) onClose(true);
  };

  const isSending = form.sending.is === 'sending';
  const already = new Set<string>(incident?.categories.map(({ id }) => id));
  return (
    <Panel heading="Add Action">
      <form
        className={entry.form}
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {incident === null ? null : <IncidentFacts incident={incident} />}
        <EscrowNote />
        <ErrorSummary problems={problems} attempt={attempt} />
        <div className={entry.fields} inert={isSending}>
          <TextArea
            id={ACTION_FIELDS.text}
            label="Action Taken"
            rows={5}
            error={problemOf(ACTION_FIELDS.text)}
            value={form.text}
            onChange={(text) => change({ text })}
          />
          {categories.value === undefined ? (
            <ReadingFailure
              title="The categories could not be loaded."
              failure={categories.failure}
              onAskAgain={categories.askAgain}
            />
          ) : null}
          <CategoryField
            id={ACTION_FIELDS.categories}
            label="Add Categories"
            columns={3}
            hint="Shown against the original incident from then on."
            error={problemOf(ACTION_FIELDS.categories)}
            categories={categories.value?.categories ?? []}
            already={already}
            chosen={form.addCategoryIds}
            onChange={(addCategoryIds) => change({ addCategoryIds })}
          />
          {incident === null || incident.linkedStudents.length === 0 ? null : (
            <fieldset className={styles.linked}>
              <legend className={styles.legend}>Add action to linked students</legend>
              {incident.linkedStudents.map(({ student }) => (
                <CheckBox
                  key={student.id}
                  isSelected={form.linkedStudentIds.includes(student.id)}
                  onChange={(isChosen) =>
                    change({
                      linkedStudentIds: isChosen
                        ? [...form.linkedStudentIds, student.id]
                        : form.linkedStudentIds.filter((id) => id !== student.id),
                    })
                  }
                >
                  <StudentName student={student} hasClass />
                </CheckBox>
              ))}
            </fieldset>
          )}
          <AgencyField
            id={ACTION_FIELDS.agencies}
            agencies={form.agencies}
            error={problemOf(ACTION_FIELDS.agencies)}
            onChange={(agencies) => change({ agencies })}
          />
          <WhenField
            dateId={ACTION_FIELDS.date}
            timeId={ACTION_FIELDS.time}
            when={form.when}
            onChange={(when) => change({ when })}
            dateError={problemOf(ACTION_FIELDS.date)}
            timeError={problemOf(ACTION_FIELDS.time)}
          />
          <AlertStaff
            id={ACTION_FIELDS.alerts}
            people={people}
            error={problemOf(ACTION_FIELDS.alerts)}
            staffIds={form.alertStaffIds}
            onStaff={(alertStaffIds) => change({ alertStaffIds })}
            groupIds={form.alertGroupIds}
            onGroups={(alertGroupIds) => change({ alertGroupIds })}
          />
        </div>
        <div className={classNames(entry.end, styles.end)}>
          <div className={entry.state}>
            {people.isKnown ? <WhoIsTold told={told} /> : null}
            <SendingState sending={form.sending} isEmpty={unsentAction(form) === null} />
          </div>
          <ActionButtons form={form} onClear={() => onClose(false)} />
        </div>
      </form>
    </Panel>
  );
}

function ActionButtons(props: { readonly form: ActionForm; readonly onClear: () => void }) {
  const { form } = props;
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const isSending = form.sending.is === 'sending';
  const clear = () => {
    if (unsentAction(form) !== null) {
      void discardDraft({ id: form.id, key: actionKey(form.incidentId), client });
    }
    props.onClear();
  };
  return (
    <div className={entry.doing}>
      {isSending ? null : (
        <Button
          kind="plain"
          onPress={() => {
            if (unsentAction(form) === null) clear();
            else setAsking(true);
          }}
        >
          {unsentAction(form) === null ? 'Close' : 'Clear action'}
        </Button>
      )}
      {isSending || unsentAction(form) === null ? null : <KeepForLater />}
      <Button kind="primary" type="submit" isBusy={isSending} busyLabel="Adding the action">
        {form.sending.is === 'failed' ? 'Try again' : 'Add Action'}
      </Button>
      <ClearQuestion
        title="Clear this action?"
        label="Clear action"
        isOpen={isAsking}
        onClear={clear}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}
