/** How a session begins and ends in the page. The token stays in main (R15). */
import { ask, listen } from '../app/ask.ts';
import { go, PLACES } from '../app/go.ts';
import { useKeptForms } from '../app/kept-forms.ts';
import { useToasts } from '../design/toast.tsx';
import { useSessionStore } from './session-store.ts';
import type { SignInNotice } from './session-store.ts';

/** Main begins the page anew, with this behind its address, when the page's process has died. */
const AFTER_FAULT = '?after=fault';
/** Likewise where the person has ended all of their sessions. */
const LEFT_EVERYWHERE = '?left=everywhere';
const BEGUN_ANEW =
  'Meadowlark had to start this page again. What was saved on this computer is under Unfinished on the dashboard; what you submitted is safe.';
/** Likewise where the keys were not opened within the time for it. */
const KEYS_WAITED = '?left=keys-waited';
const KEYS_CLOSED: SignInNotice = {
  tone: 'info',
  text: 'Your drafts were not opened within five minutes, so you were signed out. Sign in again to open them.',
};
export const EVERYWHERE: SignInNotice = {
  tone: 'success',
  text: 'You have been signed out on every computer, this one too.',
};
const BEGUN_ANEW_MS = 60_000;

/** At the page's start: the session that main holds, after a reload; whoever is locked out; else the sign-in page. */
export async function startSession(): Promise<void> {
  // For as long as the page lives: it was out of sight, and its person is here again.
  listen('cameBack', (view) => useSessionStore.getState().begin(view));
  const answer = await ask('readSession', {});
  const { begin, leave, lock } = useSessionStore.getState();
  const isAfterFault = window.location.search === AFTER_FAULT;
  if (answer.ok && answer.value !== null) {
    begin(answer.value);
    if (isAfterFault) {
      useToasts.getState().show({ text: BEGUN_ANEW, until: Date.now() + BEGUN_ANEW_MS });
    }
    return;
  }
  const locked = await ask('readLocked', {});
  if (locked.ok && locked.value !== null) lock(locked.value.name);
  else leave(noticeOf(window.location.search));
}

function noticeOf(search: string): { readonly notice?: SignInNotice } {
  if (search === AFTER_FAULT) return { notice: { tone: 'info', text: BEGUN_ANEW } };
  if (search === KEYS_WAITED) return { notice: KEYS_CLOSED };
  return search === LEFT_EVERYWHERE ? { notice: EVERYWHERE } : {};
}

/** Ends the session here. What is unfinished is kept on this computer: whoever calls has said so. */
export async function logOut(why: 'asked' | 'keys-waited' = 'asked'): Promise<void> {
  // Main has everything saved first, and then ends this page; a fresh one asks who signs in, and
  // says why. It forgets the token even where the server cannot be told; the session then ends there
  // by time.
  await ask('signOut', { why });
  leavePage();
}

/** Forgets all that the page holds of the person, and shows the sign-in page. */
export function leavePage(left?: {
  readonly notice?: SignInNotice;
  readonly email?: string;
}): void {
  useKeptForms.getState().dropAll();
  useToasts.getState().hide();
  useSessionStore.getState().leave(left);
  go(PLACES.dashboard);
}
