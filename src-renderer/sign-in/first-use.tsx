/** Forgotten password and first use (S1 to S3): ask for the e-mail, then its code and a new password. */
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { ResetCode } from '../../src-shared/contract/password.ts';
import { Email } from '../../src-shared/contract/values.ts';
import { FailureNotice, useWaitLeft } from '../app/failure-notice.tsx';
import { useSend } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { focusFirstWrong } from '../design/first-wrong.ts';
import { Notice } from '../design/notice.tsx';
import { TextField } from '../design/text-field.tsx';
import { NewPasswordFields, NO_PASSWORD, faultsOf } from '../session/new-password.tsx';
import styles from './signed-out.module.css';

const ADDRESS_MISSING = 'Enter the e-mail address that the school holds for you.';

export function FirstUse(props: {
  readonly schoolName: string;
  readonly email: string;
  readonly onBack: () => void;
  /** The password is set, for this address. */
  readonly onSet: (email: string) => void;
}) {
  const [email, setEmail] = useState(props.email);
  const [step, setStep] = useState<'ask' | 'sent' | 'code'>('ask');
  if (step === 'ask') {
    return (
      <AskForEmail
        email={email}
        onEmail={setEmail}
        onSent={() => setStep('sent')}
        onHaveCode={() => setStep('code')}
        onBack={props.onBack}
      />
    );
  }
  return (
    <ByCode
      email={email}
      onEmail={setEmail}
      context={[props.schoolName, email, 'Meadowlark']}
      notice={
        step === 'sent' ? (
          <Notice tone="info" announced="status" title="Look at your e-mail">
            If this address is known to {props.schoolName}, an e-mail is on its way. Open its link,
            or type its code here. Both work until midnight, and once.
          </Notice>
        ) : null
      }
      onSet={() => props.onSet(email.trim().toLowerCase())}
      onAskAgain={() => setStep('ask')}
      onBack={props.onBack}
    />
  );
}

function AskForEmail(props: {
  readonly email: string;
  readonly onEmail: (email: string) => void;
  readonly onSent: () => void;
  readonly onHaveCode: () => void;
  readonly onBack: () => void;
}) {
  const reset = useSend('requestReset');
  const [wasPressed, setPressed] = useState(false);
  const waitLeft = useWaitLeft(reset.failure);
  const isAddress = Email.safeParse(props.email).success;

  async function submit(form: HTMLFormElement) {
    setPressed(true);
    if (!isAddress) {
      focusFirstWrong(form);
      return;
    }
    const answer = await reset.send({ email: props.email });
    if (answer.ok) props.onSent();
  }

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      <Heading>Choose a new password</Heading>
      <p>
        Meadowlark sends you an e-mail, with which you set your own password. This is also how you
        begin when you use Meadowlark for the first time.
      </p>
      <TextField
        label="Email address"
        hint="The one that the school holds for you."
        type="email"
        autoComplete="username"
        value={props.email}
        onChange={props.onEmail}
        error={wasPressed && !isAddress ? ADDRESS_MISSING : null}
      />
      <FailureNotice failure={reset.failure} />
      <div className={styles.main}>
        <Button
          kind="primary"
          type="submit"
          isBusy={reset.isSending}
          busyLabel="Sending"
          isDisabled={waitLeft > 0}
        >
          Reset Password
        </Button>
      </div>
      <div className={styles.row}>
        <Button kind="plain" onPress={props.onBack}>
          Back to sign in
        </Button>
        <Button kind="plain" onPress={props.onHaveCode}>
          I have a code already
        </Button>
      </div>
    </form>
  );
}

function ByCode(props: {
  readonly email: string;
  readonly onEmail: (email: string) => void;
  readonly context: readonly string[];
  readonly notice: ReactNode;
  readonly onSet: () => void;
  readonly onAskAgain: () => void;
  readonly onBack: () => void;
}) {
  const set = useSend('setPasswordByCode');
  const [code, setCode] = useState('');
  const [chosen, setChosen] = useState(NO_PASSWORD);
  const [wasPressed, setPressed] = useState(false);
  const waitLeft = useWaitLeft(set.failure);
  const isAddress = Email.safeParse(props.email).success;
  const isCode = ResetCode.safeParse(code).success;
  const faults = faultsOf(chosen);

  async function submit(form: HTMLFormElement) {
    setPressed(true);
    if (!isAddress || !isCode || faults.first !== null || faults.second !== null) {
      focusFirstWrong(form);
      return;
    }
    const answer = await set.send({ email: props.email, code, password: chosen.first });
    if (answer.ok) props.onSet();
  }

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      <Heading>Set your password</Heading>
      {props.notice}
      <TextField
        label="Email address"
        type="email"
        autoComplete="username"
        value={props.email}
        onChange={props.onEmail}
        error={wasPressed && !isAddress ? ADDRESS_MISSING : null}
      />
      <TextField
        label="Code from the e-mail"
        hint="Ten letters and figures. Spaces, dashes and capitals do not matter."
        autoComplete="one-time-code"
        value={code}
        onChange={setCode}
        maxLength={40}
        error={
          wasPressed && !isCode
            ? 'This is not a code of ten letters and figures. Look at the e-mail again.'
            : null
        }
      />
      <NewPasswordFields
        value={chosen}
        onChange={setChosen}
        faults={wasPressed ? faults : null}
        context={props.context}
      />
      <FailureNotice failure={set.failure} />
      <div className={styles.main}>
        <Button
          kind="primary"
          type="submit"
          isBusy={set.isSending}
          busyLabel="Setting your password"
          isDisabled={waitLeft > 0}
        >
          Set password
        </Button>
      </div>
      <div className={styles.row}>
        <Button kind="plain" onPress={props.onBack}>
          Back to sign in
        </Button>
        <Button
          kind={set.failure?.code === 'code-refused' ? 'quiet' : 'plain'}
          onPress={props.onAskAgain}
        >
          Ask for a new e-mail
        </Button>
      </div>
    </form>
  );
}

/** Takes the focus, so that whoever hears the page hears that it is another one. */
function Heading(props: { readonly children: string }) {
  const place = useRef<HTMLHeadingElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <h1 ref={place} tabIndex={-1} className={styles.heading}>
      {props.children}
    </h1>
  );
}
