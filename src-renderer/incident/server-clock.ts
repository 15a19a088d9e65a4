/**
 * Now, by the server's clock as far as it was heard: this computer's clock and how much the server's
 * was ahead of it when the session began (S24).
 */
import { useSessionStore, type SessionState } from '../session/session-store.ts';
import { useNow } from '../design/time-zone.tsx';
import { serverAhead } from './when.ts';

let heard = { serverTime: '', aheadMs: 0 };

function hear(state: SessionState): void {
  if (state.is !== 'signed-in') return;
  const { serverTime } = state.view;
  if (serverTime !== heard.serverTime) {
    heard = { serverTime, aheadMs: serverAhead(serverTime, Date.now()) };
  }
}

hear(useSessionStore.getState().state);
// For as long as the page lives: the offset has to be taken at the moment the session begins.
useSessionStore.subscribe(({ state }) => hear(state));

/** Milliseconds since 1970. */
export function serverNow(): number {
  return Date.now() + heard.aheadMs;
}

/** The same to the last 20 seconds, moving on by itself. */
export function useServerNow(): number {
  useNow();
  return serverNow();
}
