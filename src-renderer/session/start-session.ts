/** How a session begins and ends in the page. The token stays in main (R15). */
import { ask } from '../app/ask.ts';
import { go, PLACES } from '../app/go.ts';
import { useKeptForms } from '../app/kept-forms.ts';
import { useToasts } from '../design/toast.tsx';
import { useSessionStore } from './session-store.ts';

/** Main begins the page anew, with this behind its address, when the page's process has died. */
const AFTER_FAULT = '?after=fault';
const BEGUN_ANEW =
  'Meadowlark had to start this page again. What you were typing here and had not submitted is lost; what was delivered is safe.';
const BEGUN_ANEW_MS = 60_000;

/** At the page's start: the session that main holds, after a reload; else the sign-in page. */
export async function startSession(): Promise<void> {
  const answer = await ask('readSession', {});
  const { begin, leave } = useSessionStore.getState();
  const isAfterFault = window.location.search === AFTER_FAULT;
  if (answer.ok && answer.value !== null) {
    begin(answer.value);
    if (isAfterFault) {
      useToasts.getState().show({ text: BEGUN_ANEW, until: Date.now() + BEGUN_ANEW_MS });
    }
  } else leave(isAfterFault ? { notice: BEGUN_ANEW } : {});
}

/** Ends the session here. Unsent text goes with it: whoever calls has asked. */
export async function logOut(left?: {
  readonly notice?: string;
  readonly email?: string;
}): Promise<void> {
  // Main forgets the token even where the server cannot be told; the session then ends there by time.
  await ask('signOut', {});
  leavePage(left);
}

/** Forgets all that the page holds of the person, and shows the sign-in page. */
export function leavePage(left?: { readonly notice?: string; readonly email?: string }): void {
  useKeptForms.getState().dropAll();
  useToasts.getState().hide();
  useSessionStore.getState().leave(left);
  go(PLACES.dashboard);
}
