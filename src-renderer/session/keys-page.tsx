/**
 * After signing in with a password that does not open the person's keys on this computer (it was
 * changed elsewhere, or the computer's own secret is lost): the three ways on (R27).
 */
import type { Keys, SessionHere, Whereabouts } from '../../src-shared/bridge.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import { useApplied } from '../account/appearance.ts';
import { FailureNotice } from '../app/failure-notice.tsx';
import { useAsk, useSend } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Waiting } from '../design/spinner.tsx';
import { WITHOUT_ESCROW } from '../draft/saved-line.tsx';
import { returnTo } from '../draft/whereabouts.tsx';
import { PageHeading } from '../sign-in/page-heading.tsx';
import { SignedOutFrame } from '../sign-in/signed-out-frame.tsx';
import signedOut from '../sign-in/signed-out.module.css';
import styles from './keys-page.module.css';
import { OldPassword, REFRESHES, Recover } from './keys-ways.tsx';
import { useSession, useSessionStore } from './session-store.ts';
import { logOut } from './start-session.ts';

type NeedsOld = Extract<Keys, { is: 'needs-old-password' }>;

/** Where a person who was locked out goes once their keys are open. */
let afterwards: Whereabouts | null = null;

export function awaitKeys(whereabouts: Whereabouts | null): void {
  afterwards = whereabouts;
}

export function KeysPage(props: { readonly keys: NeedsOld }) {
  const { school, preferences } = useSession();
  const { value: computer } = useAsk('readComputer', {});
  useApplied(preferences);
  return computer === undefined ? (
    <Waiting label="Opening your drafts" />
  ) : (
    <SignedOutFrame computer={computer} schoolName={school.name} title="Login">
      <Ways keys={props.keys} />
    </SignedOutFrame>
  );
}

function Ways(props: { readonly keys: NeedsOld }) {
  const { mayUseOld, mayRecover } = props.keys;
  const { school, staff } = useSession();
  return (
    <div className={signedOut.form}>
      <PageHeading>Your drafts on this computer are still closed.</PageHeading>
      <p>
        {staff.name}, your password is right.{' '}
        {mayUseOld
          ? 'What you saved on this computer was closed with an earlier one, as your password was changed elsewhere.'
          : 'What you saved on this computer was closed with a secret of the computer that is not there any more. IT may have set the computer up anew.'}
      </p>
      {mayUseOld ? <OldPassword onAnswer={open} /> : null}
      {mayRecover ? <Recover isAlso={mayUseOld} onAnswer={open} /> : null}
      {school.escrow || mayRecover ? null : (
        <Notice tone="info" isQuiet>
          {WITHOUT_ESCROW}
        </Notice>
      )}
      <BeginAnew isAlso={mayUseOld || mayRecover} />
      <div className={signedOut.under}>
        <Button kind="plain" onPress={() => void logOut()}>
          Sign in as someone else
        </Button>
      </div>
    </div>
  );
}

function BeginAnew(props: { readonly isAlso: boolean }) {
  const begin = useSend('beginAnew', { refreshes: REFRESHES });
  return (
    <section className={styles.way}>
      <h2 className={styles.heading}>{props.isAlso ? 'Or go on without them' : 'Go on'}</h2>
      <p>
        You begin with no drafts. The earlier ones stay closed on this computer: they are not
        deleted, and nobody else can open them. What you have submitted is not touched and is sent
        as usual.
      </p>
      <FailureNotice failure={begin.failure} />
      <div>
        <Button
          kind={props.isAlso ? 'quiet' : 'primary'}
          isBusy={begin.isSending}
          busyLabel="Beginning anew"
          onPress={() => void press()}
        >
          Begin anew
        </Button>
      </div>
    </section>
  );

  async function press(): Promise<void> {
    open(await begin.send({}));
  }
}

function open(answer: Answer<SessionHere>): void {
  if (!answer.ok) {
    // Five minutes have passed: the password is asked for again, on the page where that is done.
    if (answer.code === 'session-ended') void logOut('keys-waited');
    return;
  }
  useSessionStore.getState().begin(answer.value);
  const whereabouts = afterwards;
  afterwards = null;
  void returnTo(whereabouts);
}
