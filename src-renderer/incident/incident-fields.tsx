/** The incident form's fields, in the order that staff know (guide 8): what happened, then the rest. */
import type { ReactNode } from 'react';
import { AlertStaff } from '../alert/alert-staff.tsx';
import type { People } from '../alert/use-people.ts';
import { ReadingFailure } from '../app/reading-failure.tsx';
import { useAsk } from '../app/use-ask.ts';
import { CategoryField } from '../category/category-field.tsx';
import { CheckBox, RadioGroup } from '../design/choices.tsx';
import { Chip } from '../design/chip.tsx';
import type { Problem } from '../design/error-summary.tsx';
import { TextArea } from '../design/text-field.tsx';
import { VisuallyHidden } from '../design/visually-hidden.tsx';
import { useSession } from '../session/session-store.ts';
import { StaffPicker } from '../staff/staff-picker.tsx';
import { LinkedStudentsPicker, StudentPicker } from '../student/student-picker.tsx';
import { AgencyField } from './agency-field.tsx';
import styles from './entry-form.module.css';
import { INCIDENT_FIELDS, withStudent, type IncidentForm } from './incident-form.ts';
import { WhenField } from './when-field.tsx';

export interface IncidentFieldsProps {
  readonly form: IncidentForm;
  readonly change: (next: (before: IncidentForm) => IncidentForm) => void;
  readonly people: People;
  readonly problems: readonly Problem[];
  /** Who will be told, and the button: last, where the eye ends. */
  readonly end: ReactNode;
}

export function IncidentFields(props: IncidentFieldsProps) {
  const isSending = props.form.sending.is === 'sending';
  return (
    <>
      <div className={styles.columns} inert={isSending}>
        <div className={styles.column}>
          <WhatHappened {...props} />
        </div>
        <div className={styles.column}>
          <WhoAndWhen {...props} />
        </div>
      </div>
      <div className={styles.column}>{props.end}</div>
    </>
  );
}

function WhatHappened({ form, change, problems }: IncidentFieldsProps) {
  const { sentences } = useSession().school;
  const asked = useAsk('listCategories', {});
  return (
    <>
      <StudentPicker
        id={INCIDENT_FIELDS.student}
        label="Student"
        error={problemOf(problems, INCIDENT_FIELDS.student)}
        studentId={form.studentId}
        onPick={(studentId) => change((before) => withStudent(before, studentId))}
      />
      <TextArea
        id={INCIDENT_FIELDS.text}
        label="Incident"
        rows={7}
        hint={
          <>
            Be accurate and specific, and spell names exactly as in the school’s register.
            {sentences.familyWords === null ? null : ` ${sentences.familyWords}`}
          </>
        }
        error={problemOf(problems, INCIDENT_FIELDS.text)}
        value={form.text}
        onChange={(text) => change((before) => ({ ...before, text }))}
      />
      {asked.value === undefined ? (
        <ReadingFailure
          title="The categories could not be loaded."
          failure={asked.failure}
          onAskAgain={asked.askAgain}
        />
      ) : null}
      <CategoryField
        id={INCIDENT_FIELDS.categories}
        label="Categories"
        error={problemOf(problems, INCIDENT_FIELDS.categories)}
        categories={asked.value?.categories ?? []}
        chosen={form.categoryIds}
        onChange={(categoryIds) => change((before) => ({ ...before, categoryIds }))}
      />
    </>
  );
}

function WhoAndWhen({ form, change, people, problems }: IncidentFieldsProps) {
  const team = people.staff.filter(({ isKeyUser }) => isKeyUser);
  return (
    <>
      <LinkedStudents form={form} change={change} problems={problems} />
      <div className={styles.beside}>
        <WhenField
          dateId={INCIDENT_FIELDS.date}
          timeId={INCIDENT_FIELDS.time}
          when={form.when}
          onChange={(when) => change((before) => ({ ...before, when }))}
          dateError={problemOf(problems, INCIDENT_FIELDS.date)}
          timeError={problemOf(problems, INCIDENT_FIELDS.time)}
        />
        <RadioGroup
          label="Status"
          isInline
          value={form.status}
          options={[
            { id: 'active', text: 'Active' },
            { id: 'closed', text: 'Closed' },
          ]}
          onChange={(status) => change((before) => ({ ...before, status }))}
        />
      </div>
      <StaffPicker
        id={INCIDENT_FIELDS.assignees}
        label="Assign to"
        hint="You do not need to use this: every incident is alerted to the safeguarding team."
        error={problemOf(problems, INCIDENT_FIELDS.assignees)}
        staff={team}
        isWaiting={people.isWaiting}
        staffIds={form.assigneeIds}
        onChange={(assigneeIds) => change((before) => ({ ...before, assigneeIds }))}
        marksRed={false}
      />
      <AlertStaff
        id={INCIDENT_FIELDS.alerts}
        people={people}
        error={problemOf(problems, INCIDENT_FIELDS.alerts)}
        staffIds={form.alertStaffIds}
        onStaff={(alertStaffIds) => change((before) => ({ ...before, alertStaffIds }))}
        groupIds={form.alertGroupIds}
        onGroups={(alertGroupIds) => change((before) => ({ ...before, alertGroupIds }))}
      />
      <AgencyField
        id={INCIDENT_FIELDS.agencies}
        agencies={form.agencies}
        error={problemOf(problems, INCIDENT_FIELDS.agencies)}
        onChange={(agencies) => change((before) => ({ ...before, agencies }))}
      />
    </>
  );
}

/** S22: each linked student with whether to monitor them under the same categories. */
function LinkedStudents(props: Pick<IncidentFieldsProps, 'form' | 'change' | 'problems'>) {
  const { form, change, problems } = props;
  return (
    <LinkedStudentsPicker
      id={INCIDENT_FIELDS.linked}
      label="Linked student(s)"
      error={problemOf(problems, INCIDENT_FIELDS.linked)}
      mainStudentId={form.studentId}
      studentIds={form.linked.map(({ studentId }) => studentId)}
      onPick={(studentId) =>
        change((before) => ({
          ...before,
          linked: [...before.linked, { studentId, monitorsSameCategories: false }],
        }))
      }
      onRemove={(removed) =>
        change((before) => ({
          ...before,
          linked: before.linked.filter(({ studentId }) => studentId !== removed),
        }))
      }
      renderPicked={(choice, remove) => (
        <div className={styles.linked}>
          <Chip
            tone="meadow"
            {...(choice.detail === undefined ? {} : { note: choice.detail })}
            onRemove={remove}
            removeLabel={`Remove ${choice.text}, ${choice.detail ?? ''}`}
          >
            {choice.text}
          </Chip>
          <CheckBox
            isSelected={form.linked.some(
              (one) => one.studentId === choice.id && one.monitorsSameCategories,
            )}
            onChange={(monitorsSameCategories) =>
              change((before) => ({
                ...before,
                linked: before.linked.map((one) =>
                  one.studentId === choice.id ? { ...one, monitorsSameCategories } : one,
                ),
              }))
            }
          >
            Monitor under the same categories
            <VisuallyHidden>: {choice.text}</VisuallyHidden>
          </CheckBox>
        </div>
      )}
    />
  );
}

function problemOf(problems: readonly Problem[], fieldId: string): string | null {
  return problems.find((problem) => problem.fieldId === fieldId)?.text ?? null;
}
