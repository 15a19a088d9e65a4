/** The whole program: what it stands on, and which of its faces is shown. */
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { Router } from 'wouter';
import { Notice } from '../design/notice.tsx';
import { Waiting } from '../design/spinner.tsx';
import { beginSaving } from '../draft/drafts.ts';
import { KeysPage } from '../session/keys-page.tsx';
import { LockPage } from '../session/lock-page.tsx';
import { SignedOut } from '../sign-in/signed-out.tsx';
import { useSessionStore } from '../session/session-store.ts';
import { startSession } from '../session/start-session.ts';
import { place } from './go.ts';
import { holdClosing } from './hold-closing.ts';
import { noteInputs } from './note-inputs.ts';
import { countDrafts, makeQueryClient, refreshOnTellings } from './queries.ts';
import styles from './program.module.css';

/** What stands behind signing in is read when the sign-in page is there, so that it is there sooner. */
const readFrame = () => import('./frame.tsx');
const Frame = lazy(async () => ({ default: (await readFrame()).Frame }));

export function Program() {
  const [client] = useState(makeQueryClient);
  useEffect(() => refreshOnTellings(client), [client]);
  useEffect(() => noteInputs(), []);
  useEffect(() => holdClosing(() => countDrafts(client)), [client]);
  useEffect(() => beginSaving(), []);
  useEffect(() => void startSession(), []);
  useEffect(() => {
    const idle = requestIdleCallback(() => void readFrame());
    return () => cancelIdleCallback(idle);
  }, []);
  if (window.meadowlark === undefined) return <NoBridge />;
  return (
    // Dates and lists of react-aria are British whatever the computer's language is.
    <I18nProvider locale="en-GB">
      <QueryClientProvider client={client}>
        <Router hook={place.hook}>
          <Face />
        </Router>
      </QueryClientProvider>
    </I18nProvider>
  );
}

function Face() {
  const { state } = useSessionStore();
  switch (state.is) {
    case 'starting':
      return <Waiting label="Meadowlark is starting" />;
    case 'signed-out':
      return <SignedOut notice={state.notice} email={state.email} />;
    case 'locked':
      return <LockPage name={state.name} />;
    case 'signed-in':
    case 'ended':
      if (state.view.keys.is === 'needs-old-password') return <KeysPage keys={state.view.keys} />;
      // The key: another person begins with fresh screens.
      return (
        <Suspense fallback={<Waiting label="Meadowlark is starting" />}>
          <Frame key={state.view.staff.id} />
        </Suspense>
      );
  }
}

function NoBridge() {
  return (
    <main className={styles.alone}>
      <Notice tone="error" title="This page works only inside Meadowlark.">
        Close it and start Meadowlark from the computer’s list of programs. If that leads here
        again, ask IT to install Meadowlark anew.
      </Notice>
    </main>
  );
}
