/** Tells main that a person is there (R34). Only what a person does counts; nothing the page does by itself. */
import { useSessionStore, type SessionState } from '../session/session-store.ts';
import { ask } from './ask.ts';

/**
 * Often enough for main, which tells the server of the newest input that it heard of: the 15 minutes
 * begin at most so much before the person's last one.
 */
export const NOTE_INPUT_EVERY_MS = 2_000;

/** Dictation and handwriting arrive as `input` alone; spoken "scroll down" as `scroll` alone. */
const INPUTS = ['keydown', 'pointerdown', 'wheel', 'touchmove', 'input', 'scroll'] as const;

/** Whether to tell of an input at `now`, given when it was last told (both in milliseconds). */
export function isDue(now: number, lastTold: number): boolean {
  return now - lastTold >= NOTE_INPUT_EVERY_MS;
}

/**
 * Also before sign-in, where a concern is written. Not once the session is over: main locks the page
 * then, as nobody gave the password.
 */
function countsAt(is: SessionState['is']): boolean {
  return is !== 'ended' && is !== 'starting';
}

/** Listens until the answer is called. Events made by scripts are no input. */
export function noteInputs(): () => void {
  let lastTold = Number.NEGATIVE_INFINITY;
  let lastHeight = 0;
  const note = (event: Event) => {
    if (!event.isTrusted || !countsAt(useSessionStore.getState().state.is)) return;
    if (event.type === 'scroll') {
      // A list that a refetch made longer can scroll the page by itself; that is nobody's hand.
      const height = document.documentElement.scrollHeight;
      const grew = height !== lastHeight;
      lastHeight = height;
      if (grew) return;
    }
    const now = performance.now();
    if (!isDue(now, lastTold)) return;
    lastTold = now;
    void ask('noteInput', {});
  };
  const options = { capture: true, passive: true };
  for (const name of INPUTS) window.addEventListener(name, note, options);
  return () => {
    for (const name of INPUTS) window.removeEventListener(name, note, options);
  };
}
