/** Tells main that a person is there (R34). Only what a person does counts; nothing the page does by itself. */
import { ask } from './ask.ts';
import { useSessionStore } from '../session/session-store.ts';

/** Often enough for main, which renews at most once a minute. */
export const NOTE_INPUT_EVERY_MS = 20_000;

/** Dictation and handwriting arrive as `input` alone; a screen reader's scroll as `scroll` after a key. */
const INPUTS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchmove', 'input'] as const;

/** Whether to tell of an input at `now`, given when it was last told (both in milliseconds). */
export function isDue(now: number, lastTold: number): boolean {
  return now - lastTold >= NOTE_INPUT_EVERY_MS;
}

/** Listens until the answer is called. Untrusted events (made by scripts) are no input. */
export function noteInputs(): () => void {
  let lastTold = Number.NEGATIVE_INFINITY;
  const note = (event: Event) => {
    if (!event.isTrusted || useSessionStore.getState().state.is !== 'signed-in') return;
    const now = performance.now();
    if (!isDue(now, lastTold)) return;
    lastTold = now;
    void ask('noteInput', {});
  };
  for (const name of INPUTS) window.addEventListener(name, note, { capture: true, passive: true });
  return () => {
    for (const name of INPUTS) window.removeEventListener(name, note, { capture: true });
  };
}
