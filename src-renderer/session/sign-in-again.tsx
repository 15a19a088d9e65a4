/**
 * The password over the page, which stays as it is: the session ended under the person's hands and
 * the page is covered (R34), the keys' process began again (R79), or the server is there again.
 */
import { useEffect, useState } from 'react';
import { ERRORS } from '../../src-shared/contract/errors.ts';
import { useSend } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { PasswordField } from '../design/password-field.tsx';
import { SendForm } from '../sign-in/send-form.tsx';
import { LeaveQuestion, useUnfinished } from './leave-question.tsx';
import { usePasswordAsked } from './password-asked.ts';
import { useSession, useSessionStore } from './session-store.ts';
import { logOut } from './start-session.ts';
import styles from './sign-in-again.module.css';

export function SignInAgain() {
  const isOver = useSessionStore(({ state }) => state.is === 'ended');
  const areKeysLocked = useSession().keys.is === 'locked';
  const { isAsked, ask, later } = usePasswordAsked();
  useEffect(() => {
    // Once: whoever puts it off goes on reading, and the frame says what is not saved.
    if (areKeysLocked) ask();
    else later();
  }, [areKeysLocked, ask, later]);
  if (isOver) return <Asking why="ended" />;
  if (!isAsked) return null;
  return <Asking why={areKeysLocked ? 'keys' : 'offline'} />;
}

const WHY = {
  ended: { title: 'You have been signed out', sentence: ERRORS['session-ended'].sentence },
  keys: { title: 'Your password is needed', sentence: ERRORS['keys-locked'].sentence },
  offline: {
    title: 'Sign in again to read',
    sentence: 'The school’s server can be reached again. What you typed is still here.',
  },
} as const;

function Asking(props: { readonly why: keyof typeof WHY }) {
  const isOver = props.why === 'ended';
  const later = usePasswordAsked((store) => store.later);
  const { staff } = useSession();
  const begin = useSessionStore((store) => store.begin);
  const signIn = useSend('signIn');
  const unfinished = useUnfinished();
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState<string | null>(null);
  const [isLeaving, setLeaving] = useState(false);

  async function submit() {
    if (password === '') {
      setMissing('Enter your password.');
      return;
    }
    setMissing(null);
    const answer = await signIn.send({ email: staff.email, password });
    setPassword('');
    if (!answer.ok) return;
    begin(answer.value);
    if (answer.value.keys.is !== 'locked') later();
  }

  const wrong =
    signIn.failure?.code === 'sign-in-refused' ? 'This password is not right. Try again.' : null;

  if (isLeaving) {
    return (
      <LeaveQuestion
        title="Sign in as someone else?"
        goOnLabel="Sign in as someone else"
        isOpen
        isOpaque
        onGoOn={() => void logOut()}
        onStay={() => setLeaving(false)}
      />
    );
  }
  return (
    <Dialog
      title={WHY[props.why].title}
      isOpen
      isOpaque={isOver}
      {...(isOver ? {} : { onClose: later })}
    >
      <p>{WHY[props.why].sentence}</p>
      <SendForm
        className={styles.form}
        buttonClassName={styles.actions}
        sender={signIn}
        isFailureSaid={wrong !== null}
        onSend={submit}
        label="Login"
        busyLabel="Signing in"
        beside={
          isOver ? (
            <Button
              onPress={() => {
                if (unfinished.is) setLeaving(true);
                else void logOut();
              }}
            >
              Sign in as someone else
            </Button>
          ) : (
            <Button onPress={later}>Not now</Button>
          )
        }
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
      </SendForm>
    </Dialog>
  );
}
