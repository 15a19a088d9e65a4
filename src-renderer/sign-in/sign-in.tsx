/** Login (S4): e-mail address and password. */
import { useState } from 'react';
import type { ComputerView } from '../../src-shared/bridge.ts';
import { useSend } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { focusFirstWrong } from '../design/first-wrong.ts';
import { Notice } from '../design/notice.tsx';
import { PasswordField } from '../design/password-field.tsx';
import { useSessionStore } from '../session/session-store.ts';
import type { SignInNotice } from '../session/session-store.ts';
import { EmailField, isEmail } from './email-field.tsx';
import { LeftConcernNotice } from './left-concern.tsx';
import { SendForm } from './send-form.tsx';
import { SignInNotes } from './sign-in-notes.tsx';
import styles from './signed-out.module.css';

export function SignIn(props: {
  readonly computer: ComputerView;
  /** What the person should know first: that their password is set, that they are signed out. */
  readonly notice: SignInNotice | null;
  readonly email: string;
  /** With what has been typed as the address so far. */
  readonly onFirstUse: (email: string) => void;
  readonly onReport: () => void;
}) {
  const begin = useSessionStore((store) => store.begin);
  const signIn = useSend('signIn');
  const [email, setEmail] = useState(props.email);
  const [password, setPassword] = useState('');
  const [wasPressed, setPressed] = useState(false);

  async function submit(form: HTMLFormElement) {
    setPressed(true);
    if (!isEmail(email) || password === '') {
      focusFirstWrong(form);
      return;
    }
    const answer = await signIn.send({ email, password });
    if (answer.ok) {
      begin(answer.value);
      return;
    }
    if (answer.code === 'sign-in-refused') setPassword('');
    setPressed(false);
  }

  return (
    <SendForm
      className={styles.form}
      buttonClassName={styles.main}
      sender={signIn}
      onSend={submit}
      label="Login"
      busyLabel="Signing in"
      under={
        <div className={styles.under}>
          <Button kind="plain" onPress={() => props.onFirstUse(email)}>
            Forgotten your password or using Meadowlark for the first time?
          </Button>
          <Button kind="plain" onPress={props.onReport}>
            Can’t sign in? Report a concern
          </Button>
        </div>
      }
    >
      <h1 className={styles.heading}>You&apos;re not signed in, please sign in to continue.</h1>
      {props.notice === null || signIn.failure !== null ? null : (
        <Notice tone={props.notice.tone} announced="status">
          {props.notice.text}
        </Notice>
      )}
      <LeftConcernNotice computer={props.computer} />
      <SignInNotes computer={props.computer} />
      <EmailField
        value={email}
        onChange={setEmail}
        takesFocus={props.email === ''}
        isWrongSaid={wasPressed}
      />
      <PasswordField
        label="Password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        takesFocus={
          signIn.failure === null ? props.email !== '' : signIn.failure.code === 'sign-in-refused'
        }
        error={wasPressed && password === '' ? 'Enter your password.' : null}
      />
    </SendForm>
  );
}
