/**
 * The session ended under the person's hands: the page stays as it is, covered, and their password
 * brings them back to it (R34). Somebody else can sign in only by giving up what is typed here.
 */
import { useState } from 'react';
import { ERRORS } from '../../src-shared/contract/errors.ts';
import { FailureNotice, useWaitLeft } from '../app/failure-notice.tsx';
import { useSend } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { PasswordField } from '../design/password-field.tsx';
import { NotSubmitted, useUnsent } from './loss-question.tsx';
import { useSession, useSessionStore } from './session-store.ts';
import { logOut } from './start-session.ts';
import styles from './sign-in-again.module.css';

export function SignInAgain() {
  const isOver = useSessionStore(({ state }) => state.is === 'ended');
  return isOver ? <Asking /> : null;
}

function Asking() {
  const { staff } = useSession();
  const begin = useSessionStore((store) => store.begin);
  const signIn = useSend('signIn');
  const unsent = useUnsent();
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState<string | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const waitLeft = useWaitLeft(signIn.failure);

  async function submit() {
    if (password === '') {
      setMissing('Enter your password.');
      return;
    }
    setMissing(null);
    const answer = await signIn.send({ email: staff.email, password });
    setPassword('');
    if (answer.ok) begin(answer.value);
  }

  const wrong =
    signIn.failure?.code === 'sign-in-refused' ? 'This password is not right. Try again.' : null;

  if (isLeaving) {
    return (
      <Dialog
        title="Sign in as someone else"
        role="alertdialog"
        isOpen
        isOpaque
        onClose={() => setLeaving(false)}
        actions={
          <>
            <Button kind="danger" onPress={() => void logOut()}>
              Lose it and sign in as someone else
            </Button>
            <Button kind="primary" onPress={() => setLeaving(false)}>
              Back
            </Button>
          </>
        }
      >
        <NotSubmitted unsent={unsent} />
      </Dialog>
    );
  }
  return (
    <Dialog title="You have been signed out" isOpen isOpaque>
      <p>{ERRORS['session-ended'].sentence}</p>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p className={styles.person}>
          <strong>{staff.name}</strong>
          <span>{staff.email}</span>
        </p>
        {/* Tells a password manager whose password this is. */}
        <input hidden readOnly type="email" autoComplete="username" value={staff.email} />
        <PasswordField
          label="Password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          takesFocus
          error={missing ?? wrong}
        />
        {wrong === null ? <FailureNotice failure={signIn.failure} /> : null}
        <div className={styles.actions}>
          <Button
            onPress={() => {
              if (unsent.length > 0) setLeaving(true);
              else void logOut();
            }}
          >
            Sign in as someone else
          </Button>
          <Button
            kind="primary"
            type="submit"
            isBusy={signIn.isSending}
            busyLabel="Signing in"
            isDisabled={waitLeft > 0}
          >
            Login
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
