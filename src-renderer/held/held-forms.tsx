/** What a held item comes to: an incident about a student of the register, or filed with a reason. */
import { useState } from 'react';
import type { AskName } from '../../src-shared/bridge.ts';
import { completeHeld, type HeldItem } from '../../src-shared/contract/held.ts';
import { FailureNotice } from '../app/failure-notice.tsx';
import { go, PLACES } from '../app/go.ts';
import { ReadingFailure } from '../app/reading-failure.tsx';
import { useAsk, useSend } from '../app/use-ask.ts';
import { CategoryField } from '../category/category-field.tsx';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/text-field.tsx';
import { StudentPicker } from '../student/student-picker.tsx';
import styles from './held-list.module.css';
import { completedWords } from './held-words.ts';

const REFRESHES: readonly AskName[] = ['listHeld', 'listAlerts'];

export function HeldForms(props: { readonly item: HeldItem }) {
  const { item } = props;
  return (
    <div className={styles.forms}>
      {item.text === null ? null : <Complete item={item} />}
      <File item={item} />
    </div>
  );
}

function Complete(props: { readonly item: HeldItem }) {
  const { id } = props.item;
  const complete = useSend('completeHeld', { refreshes: REFRESHES });
  const categories = useAsk('listCategories', {});
  const [studentId, setStudentId] = useState<string | null>(null);
  const [categoryIds, setCategoryIds] = useState<readonly string[]>([]);
  const [wasPressed, setPressed] = useState(false);

  async function submit(): Promise<void> {
    setPressed(true);
    const request = completeHeld.request.safeParse({ heldId: id, studentId, categoryIds });
    if (!request.success) return;
    const answer = await complete.send(request.data);
    if (answer.ok) go(PLACES.incident(answer.value.incidentId));
  }

  return (
    <form
      className={styles.form}
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h3 className={styles.heading}>Complete it</h3>
      <p>{completedWords(props.item)}</p>
      <StudentPicker
        id={`held-student-${id}`}
        label="Student"
        error={
          wasPressed && studentId === null
            ? 'Choose the student: type part of the name and pick it from the list.'
            : null
        }
        studentId={studentId}
        onPick={setStudentId}
      />
      {categories.value === undefined ? (
        <ReadingFailure
          title="The categories could not be loaded."
          failure={categories.failure}
          onAskAgain={categories.askAgain}
        />
      ) : null}
      <CategoryField
        id={`held-categories-${id}`}
        label="Categories"
        error={wasPressed && categoryIds.length === 0 ? 'Tick at least one category.' : null}
        categories={categories.value?.categories ?? []}
        chosen={categoryIds}
        onChange={setCategoryIds}
      />
      <FailureNotice failure={complete.failure} />
      <div>
        <Button
          kind="primary"
          type="submit"
          isBusy={complete.isSending}
          busyLabel="Recording the incident"
        >
          Record as an incident
        </Button>
      </div>
    </form>
  );
}

function File(props: { readonly item: HeldItem }) {
  const { id } = props.item;
  const file = useSend('fileHeld', { refreshes: REFRESHES });
  const [reason, setReason] = useState('');
  const [wasPressed, setPressed] = useState(false);
  const isMissing = reason.trim() === '';

  async function submit(): Promise<void> {
    setPressed(true);
    if (!isMissing) await file.send({ heldId: id, reason: reason.trim() });
  }

  return (
    <form
      className={styles.form}
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h3 className={styles.heading}>Or file it</h3>
      <p>It goes from this list and is kept, with your name and your reason.</p>
      <TextField
        id={`held-reason-${id}`}
        label="Reason"
        hint="For example: recorded already by its writer."
        spellCheck
        maxLength={500}
        value={reason}
        onChange={setReason}
        error={wasPressed && isMissing ? 'Write why it is filed.' : null}
      />
      <FailureNotice failure={file.failure} />
      <div>
        <Button type="submit" isBusy={file.isSending} busyLabel="Filing">
          File it
        </Button>
      </div>
    </form>
  );
}
