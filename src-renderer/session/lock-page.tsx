/** Locked: whose screen it is, what became of their text, and their password to go on where they were. */
import { useState } from 'react';
import type { ComputerView, Locked } from '../../src-shared/bridge.ts';
import { useApplied } from '../account/appearance.ts';
import { ask } from '../app/ask.ts';
import { FailureNotice } from '../app/failure-notice.tsx';
import { useAsk, useSend } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { PasswordField } from '../design/password-field.tsx';
import { Waiting } from '../design/spinner.tsx';
import { returnTo } from '../draft/whereabouts.tsx';
import { ConcernPage } from '../concern/concern-page.tsx';
import { LeftConcernNotice, useNotedConcern } from '../sign-in/left-concern.tsx';
import { SendForm } from '../sign-in/send-form.tsx';
import { SignedOutFrame } from '../sign-in/signed-out-frame.tsx';
import styles from '../sign-in/signed-out.module.css';
import { awaitKeys } from './keys-page.tsx';
import { useSessionStore } from './session-store.ts';

export function LockPage(props: { readonly name: string }) {
  const { value: computer, failure } = useAsk('readComputer', {});
  const [isReporting, setReporting] = useState(false);
  useNotedConcern(isReporting);
  useApplied(computer?.preferences);
  if (computer === undefined) {
    return failure === null ? (
      <Waiting label="Meadowlark is locked" />
    ) : (
      <FailureNotice failure={failure} />
    );
  }
  return (
    <SignedOutFrame
      computer={computer}
      schoolName={computer.schoolName}
      title={isReporting ? 'Report a concern' : 'Locked'}
    >
      {isReporting ? (
        <ConcernPage computer={computer} onBack={() => setReporting(false)} />
      ) : (
        <Unlocking name={props.name} computer={computer} onReport={() => setReporting(true)} />
      )}
    </SignedOutFrame>
  );
}

function Unlocking(props: {
  readonly name: string;
  readonly computer: ComputerView;
  readonly onReport: () => void;
}) {
  const { value: locked } = useAsk('readLocked', {});
  const kept = locked?.kept ?? null;
  const unlock = useSend('unlock');
  const begin = useSessionStore((store) => store.begin);
  const leave = useSessionStore((store) => store.leave);
  const [password, setPassword] = useState('');
  const [isMissing, setMissing] = useState(false);
  const isWrong = unlock.failure?.code === 'sign-in-refused';

  async function submit(): Promise<void> {
    setMissing(password === '');
    if (password === '') return;
    const answer = await unlock.send({ password });
    setPassword('');
    if (!answer.ok) return;
    const { session, whereabouts } = answer.value;
    begin(session);
    if (session.keys.is === 'open') await returnTo(whereabouts);
    else awaitKeys(whereabouts);
  }

  async function signOut(): Promise<void> {
    await ask('leaveLocked', {});
    leave({});
  }

  return (
    <SendForm
      className={styles.form}
      buttonClassName={styles.main}
      sender={unlock}
      isFailureSaid={isWrong}
      onSend={submit}
      label="Unlock"
      busyLabel="Unlocking"
      under={
        <div className={styles.under}>
          <Button kind="plain" onPress={() => void signOut()}>
            {kept === 'trying' ? 'Lose it, and sign in as someone else' : 'Sign in as someone else'}
          </Button>
          <p>
            {kept === 'trying'
              ? `This signs ${props.name} out, and what could not be saved is lost. Drafts that were saved stay here, for them alone.`
              : `This signs ${props.name} out. Their drafts stay here, for them alone.`}
          </p>
          <Button kind="plain" onPress={props.onReport}>
            Can’t sign in? Report a concern
          </Button>
        </div>
      }
    >
      <h1 className={styles.heading}>Locked: {props.name}</h1>
      <WhatIsKept kept={kept} />
      <p>Enter the password of {props.name} to go on in the same place.</p>
      <LeftConcernNotice computer={props.computer} />
      <PasswordField
        label="Password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        takesFocus
        error={
          isMissing
            ? 'Enter your password.'
            : isWrong
              ? 'This password is not right. Try again.'
              : null
        }
      />
    </SendForm>
  );
}

function WhatIsKept(props: { readonly kept: Locked['kept'] | null }) {
  switch (props.kept) {
    case null:
      return null;
    case 'all':
      return <p>What was typed is kept on this computer and nobody else can read it.</p>;
    case 'trying':
      return (
        <Notice tone="warning" announced="status" title="Not everything that was typed is saved.">
          This computer’s disk would not take it. It is out of sight, and it is tried again for as
          long as Meadowlark stays open. The password brings it back. Leave Meadowlark open, and
          tell IT.
        </Notice>
      );
    case 'not-all':
      return (
        <Notice tone="error" announced="status" title="What was typed last may be lost.">
          The page ended before it could be saved. What was saved before that is kept on this
          computer, and nobody else can read it.
        </Notice>
      );
  }
}
