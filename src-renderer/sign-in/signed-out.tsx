/** What is shown while nobody is signed in: sign-in, first use, or what to do without a school file. */
import { useState } from 'react';
import type { ComputerView } from '../../src-shared/bridge.ts';
import { useApplied } from '../account/appearance.ts';
import { FailureNotice } from '../app/failure-notice.tsx';
import { useAsk } from '../app/use-ask.ts';
import { ConcernPage } from '../concern/concern-page.tsx';
import { Waiting } from '../design/spinner.tsx';
import type { SignInNotice } from '../session/session-store.ts';
import { FirstUse } from './first-use.tsx';
import { useNotedConcern } from './left-concern.tsx';
import { NoSchool } from './no-school.tsx';
import { SignIn } from './sign-in.tsx';
import { SignedOutFrame } from './signed-out-frame.tsx';

export function SignedOut(props: { readonly notice: SignInNotice | null; readonly email: string }) {
  const { value: computer, failure } = useAsk('readComputer', {});
  useApplied(computer?.preferences);
  if (computer === undefined) {
    return failure === null ? (
      <Waiting label="Meadowlark is starting" />
    ) : (
      <FailureNotice failure={failure} />
    );
  }
  if (computer.schoolName === null) return <NoSchool computer={computer} />;
  return <WithSchool computer={computer} schoolName={computer.schoolName} {...props} />;
}

function WithSchool(props: {
  readonly computer: ComputerView;
  readonly schoolName: string;
  readonly notice: SignInNotice | null;
  readonly email: string;
}) {
  const [isFirstUse, setFirstUse] = useState(false);
  const [isReporting, setReporting] = useState(false);
  useNotedConcern(isReporting);
  const [notice, setNotice] = useState(props.notice);
  const [email, setEmail] = useState(props.email);
  return (
    <SignedOutFrame
      computer={props.computer}
      schoolName={props.schoolName}
      title={isReporting ? 'Report a concern' : isFirstUse ? 'Reset Password' : 'Login'}
    >
      {isReporting ? (
        <ConcernPage computer={props.computer} onBack={() => setReporting(false)} />
      ) : isFirstUse ? (
        <FirstUse
          schoolName={props.schoolName}
          email={email}
          onBack={() => setFirstUse(false)}
          onSet={(address) => {
            setEmail(address);
            setNotice({ tone: 'success', text: 'Your password is set. Sign in with it.' });
            setFirstUse(false);
          }}
        />
      ) : (
        <SignIn
          computer={props.computer}
          onReport={() => setReporting(true)}
          notice={notice}
          email={email}
          onFirstUse={(typed) => {
            setEmail(typed);
            setNotice(null);
            setFirstUse(true);
          }}
        />
      )}
    </SignedOutFrame>
  );
}
