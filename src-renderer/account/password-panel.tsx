/** Change password: the present one, then a new one twice. Other sessions of the person end with it. */
import { useState } from 'react';
import { useSend } from '../app/use-ask.ts';
import { focusFirstWrong } from '../design/first-wrong.ts';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { PasswordField } from '../design/password-field.tsx';
import { NewPasswordFields, NO_PASSWORD, faultsOf } from '../session/new-password.tsx';
import { SendForm } from '../sign-in/send-form.tsx';
import { useSession } from '../session/session-store.ts';
import styles from './account-page.module.css';

export function PasswordPanel() {
  const { staff, school } = useSession();
  const change = useSend('changePassword');
  const [current, setCurrent] = useState('');
  const [chosen, setChosen] = useState(NO_PASSWORD);
  const [wasPressed, setPressed] = useState(false);
  const [isDone, setDone] = useState(false);
  const faults = faultsOf(chosen);

  async function submit(form: HTMLFormElement) {
    setPressed(true);
    setDone(false);
    if (current === '' || faults.first !== null || faults.second !== null) {
      focusFirstWrong(form);
      return;
    }
    const answer = await change.send({ current, password: chosen.first });
    if (!answer.ok) return;
    setCurrent('');
    setChosen(NO_PASSWORD);
    setPressed(false);
    setDone(true);
  }

  return (
    <Panel heading="Change password">
      <SendForm
        className={styles.form}
        buttonClassName={styles.end}
        sender={change}
        onSend={submit}
        label="Change password"
        busyLabel="Changing"
        notice={
          isDone ? (
            <Notice tone="success" announced="status">
              Your password is changed. You stay signed in here and are signed out everywhere else.
            </Notice>
          ) : null
        }
      >
        {/* Tells a password manager whose password this is. */}
        <input hidden readOnly type="email" autoComplete="username" value={staff.email} />
        <PasswordField
          label="Present password"
          value={current}
          onChange={(typed) => {
            setCurrent(typed);
            setDone(false);
          }}
          autoComplete="current-password"
          error={wasPressed && current === '' ? 'Enter your present password.' : null}
        />
        <NewPasswordFields
          value={chosen}
          onChange={setChosen}
          faults={wasPressed ? faults : null}
          context={[school.name, staff.name, staff.email, 'Meadowlark']}
        />
      </SendForm>
    </Panel>
  );
}
