/** Forgotten password and first use (S1 to S3): ask for the e-mail, then its code and a new password. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ResetCode } from '../../src-shared/contract/password.ts';
import { useSend } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { focusFirstWrong } from '../design/first-wrong.ts';
import { Notice } from '../design/notice.tsx';
import { TextField } from '../design/text-field.tsx';
import { NewPasswordFields, NO_PASSWORD, faultsOf } from '../session/new-password.tsx';
import { EmailField, isEmail } from './email-field.tsx';
import { PageHeading } from './page-heading.tsx';
import { SendForm } from './send-form.tsx';
import styles from './signed-out.module.css';

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

  async function submit(form: HTMLFormElement) {
    setPressed(true);
    if (!isEmail(props.email)) {
      focusFirstWrong(form);
      return;
    }
    const answer = await reset.send({ email: props.email });
    if (answer.ok) props.onSent();
  }

  return (
    <SendForm
      className={styles.form}
      buttonClassName={styles.main}
      sender={reset}
      onSend={submit}
      label="Reset Password"
      busyLabel="Sending"
      under={
        <div className={styles.row}>
          <Button kind="plain" onPress={props.onBack}>
            Back to sign in
          </Button>
          <Button kind="plain" onPress={props.onHaveCode}>
            I have a code already
          </Button>
        </div>
      }
    >
      <PageHeading>Choose a new password</PageHeading>
      <p>
        Meadowlark sends you an e-mail, with which you set your own password. This is also how you
        begin when you use Meadowlark for the first time.
      </p>
      <EmailField
        hint="The one that the school holds for you."
        value={props.email}
        onChange={props.onEmail}
        isWrongSaid={wasPressed}
      />
    </SendForm>
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
  const isAddress = isEmail(props.email);
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
    <SendForm
      className={styles.form}
      buttonClassName={styles.main}
      sender={set}
      onSend={submit}
      label="Set password"
      busyLabel="Setting your password"
      under={
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
      }
    >
      <PageHeading>Set your password</PageHeading>
      {props.notice}
      <EmailField value={props.email} onChange={props.onEmail} isWrongSaid={wasPressed} />
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
    </SendForm>
  );
}
