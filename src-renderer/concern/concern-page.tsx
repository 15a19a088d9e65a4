/**
 * **Can't sign in? Report a concern**: goes to the safeguarding team alone. Each pause seals it to
 * the school, as there is nobody's key to keep it by; left alone it is sent as unfinished.
 */
import { HardDriveDownload } from 'lucide-react';
import { useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import type { ComputerView } from '../../src-shared/bridge.ts';
import { sentenceOf } from '../../src-shared/contract/errors.ts';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { FailureNotice } from '../app/failure-notice.tsx';
import { useSend } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { TextArea, TextField } from '../design/text-field.tsx';
import type { SaveState } from '../draft/saver.ts';
import { PageHeading } from '../sign-in/page-heading.tsx';
import styles from '../sign-in/signed-out.module.css';
import own from './concern-page.module.css';
import {
  CONCERN_FIELDS,
  emptyConcern,
  faultsOfConcern,
  lengthFault,
  savedConcern,
  type ConcernForm,
} from './concern-form.ts';
import { useConcernSaving } from './use-concern-saving.ts';

export interface ConcernPageProps {
  readonly computer: ComputerView;
  readonly onBack: () => void;
}

export function ConcernPage(props: ConcernPageProps) {
  const [id, setId] = useState(newId);
  const [isFinished, setFinished] = useState(false);
  return isFinished ? (
    <Sent
      {...props}
      onAnother={() => {
        setId(newId());
        setFinished(false);
      }}
    />
  ) : (
    <Writing key={id} id={id} {...props} onFinished={() => setFinished(true)} />
  );
}

function newId(): SubmissionId {
  return SubmissionId.parse(uuidv7());
}

function Writing(
  props: ConcernPageProps & { readonly id: SubmissionId; readonly onFinished: () => void },
) {
  const [form, setForm] = useState<ConcernForm>(() => emptyConcern(props.id));
  const [wasPressed, setPressed] = useState(false);
  const saving = useConcernSaving(form);
  const finish = useSend('finishConcern');
  const [isEnding, setEnding] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const faults = faultsOfConcern(form);
  const faultOf = (field: keyof typeof faults) =>
    wasPressed ? faults[field] : lengthFault(form, field);
  const change = (part: Partial<ConcernForm>) => setForm((before) => ({ ...before, ...part }));

  async function submit(): Promise<void> {
    setPressed(true);
    const missing = (['writer', 'student', 'text'] as const).find(
      (field) => faults[field] !== null,
    );
    if (missing !== undefined) {
      document.getElementById(CONCERN_FIELDS[missing])?.focus();
      return;
    }
    const concern = savedConcern(form);
    if (concern === null) return;
    // Nothing is typed or saved after the last save: it would go to the school as unfinished.
    setEnding(true);
    await saving.hold();
    const answer = await finish.send({ concern });
    if (answer.ok) {
      props.onFinished();
      return;
    }
    setEnding(false);
    saving.goOn();
  }

  async function leave(): Promise<void> {
    if (await saving.saveNow()) props.onBack();
    else setAsking(true);
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
      <PageHeading>Report a concern without signing in</PageHeading>
      <p>
        This goes to the safeguarding team alone, marked as sent without signing in. Once you leave
        this page, nobody who uses this computer can read it, not even you.
      </p>
      <Contact computer={props.computer} />
      <div className={own.fields} inert={isEnding}>
        <TextField
          id={CONCERN_FIELDS.writer}
          label="Your name"
          value={form.writer}
          onChange={(writer) => change({ writer })}
          error={faultOf('writer')}
        />
        <TextField
          id={CONCERN_FIELDS.student}
          label="Student"
          hint="The name as you know it, and the class if you know it."
          value={form.student}
          onChange={(student) => change({ student })}
          error={faultOf('student')}
        />
        <TextArea
          id={CONCERN_FIELDS.text}
          label="What happened"
          hint="Be accurate and specific. Say when and where it was."
          rows={7}
          value={form.text}
          onChange={(text) => change({ text })}
          error={faultOf('text')}
        />
      </div>
      <Saved state={saving.state} />
      <FailureNotice failure={finish.failure} />
      <div className={styles.main}>
        <Button kind="primary" type="submit" isBusy={isEnding} busyLabel="Sealing">
          Send to the safeguarding team
        </Button>
      </div>
      <div className={styles.under}>
        <Button kind="plain" onPress={() => void leave()}>
          Back to sign in
        </Button>
        {saving.state?.is === 'saved' ? (
          <p>
            What you have written is kept and sent as unfinished. To add to it later, report again.
          </p>
        ) : null}
      </div>
      <LosingQuestion isOpen={isAsking} onStay={() => setAsking(false)} onLose={props.onBack} />
    </form>
  );
}

function LosingQuestion(props: {
  readonly isOpen: boolean;
  readonly onStay: () => void;
  readonly onLose: () => void;
}) {
  return (
    <Dialog
      title="What you wrote could not be saved."
      role="alertdialog"
      isOpen={props.isOpen}
      onClose={props.onStay}
      actions={
        <>
          <Button kind="danger" onPress={props.onLose}>
            Go back and lose it
          </Button>
          <Button kind="primary" onPress={props.onStay}>
            Stay here
          </Button>
        </>
      }
    >
      <p>
        It is in this window only, and nobody has been told. Stay and send it, or copy it out and
        tell the safeguarding lead in person.
      </p>
    </Dialog>
  );
}

function Saved(props: { readonly state: SaveState | null }) {
  const { state } = props;
  if (state === null) return null;
  if (state.is === 'not-saved') {
    return (
      <Notice tone="error" announced="alert">
        {sentenceOf(state.failure)} It is tried again by itself.
      </Notice>
    );
  }
  return (
    <p className={own.saved}>
      <span>Not sent: nobody has been told yet.</span>
      {state.is === 'saving' ? (
        <span>Saving</span>
      ) : (
        <span className={own.onDisk}>
          <HardDriveDownload size="1.1em" aria-hidden="true" />
          Saved on this computer {localTime(state.savedAt)}
        </span>
      )}
      <span>If you leave it alone, it is sent by itself after 10 minutes, as unfinished.</span>
    </p>
  );
}

/** By this computer's own clock and zone: the school's zone is known only after signing in. */
function localTime(instant: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant));
}

function Contact(props: { readonly computer: ComputerView }) {
  const { safeguardingContact: contact } = props.computer;
  return (
    <Notice tone="warning">
      {contact === null
        ? 'If a child may be at risk now, do not wait for an answer to this: tell the safeguarding lead in person.'
        : `If a child may be at risk now, do not wait for an answer to this: tell ${contact.name}, ${contact.number}.`}
    </Notice>
  );
}

function Sent(props: ConcernPageProps & { readonly onAnother: () => void }) {
  return (
    <div className={styles.form}>
      <PageHeading>Your concern is on its way.</PageHeading>
      <p>
        It is sealed for the safeguarding team and safe on this computer. It is sent as soon as the
        school’s server can be reached, also when nobody is signed in. Leave this computer on.
      </p>
      <p>
        You get no answer here, as nobody knows for certain who you are. The safeguarding team may
        come and ask you.
      </p>
      <Contact computer={props.computer} />
      <div className={styles.main}>
        <Button kind="primary" onPress={props.onBack}>
          Back to sign in
        </Button>
      </div>
      <div className={styles.under}>
        <Button kind="plain" onPress={props.onAnother}>
          Report another concern
        </Button>
      </div>
    </div>
  );
}
