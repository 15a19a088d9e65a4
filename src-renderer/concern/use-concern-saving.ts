/** Saves a concern at each pause, when a field is left, and when main asks for it. */
import { useEffect, useRef, useState } from 'react';
import { ask } from '../app/ask.ts';
import { holdsClosingWhile } from '../app/hold-closing.ts';
import { alsoSaves } from '../draft/drafts.ts';
import { makeSaver, type Saver, type SaveState } from '../draft/saver.ts';
import { savedConcern, type ConcernForm } from './concern-form.ts';

export interface ConcernSaving {
  /** Null where nothing was typed yet. */
  readonly state: SaveState | null;
  /** Nothing is saved from now on; resolves once a save that is under way has ended. */
  readonly hold: () => Promise<void>;
  readonly goOn: () => void;
  /** At once; answers whether everything typed is on the disk. */
  readonly saveNow: () => Promise<boolean>;
}

const KEY = 'concern';

export function useConcernSaving(form: ConcernForm): ConcernSaving {
  const [state, setState] = useState<SaveState | null>(null);
  const standing = useRef<SaveState | null>(null);
  const newest = useRef(form);
  const saver = useRef<Saver | null>(null);
  useEffect(() => {
    const made = makeSaver({
      save: () => {
        const concern = savedConcern(newest.current);
        return concern === null ? null : save(concern);
      },
      told: (_key, next) => {
        standing.current = next;
        setState(next);
      },
      now: () => performance.now(),
      after: (milliseconds, callback) => {
        const timer = setTimeout(callback, milliseconds);
        return () => clearTimeout(timer);
      },
    });
    saver.current = made;
    const saveNow = (): void => void made.saveNow();
    document.addEventListener('focusout', saveNow);
    window.addEventListener('blur', saveNow);
    const endListening = alsoSaves(() => made.saveNow());
    const endHolding = holdsClosingWhile(
      () => standing.current !== null && standing.current.is !== 'saved',
    );
    return () => {
      endListening();
      endHolding();
      document.removeEventListener('focusout', saveNow);
      window.removeEventListener('blur', saveNow);
      // Also for what was typed in the last moment before the page was left.
      void made.saveNow();
    };
  }, []);
  useEffect(() => {
    if (newest.current === form) return;
    newest.current = form;
    if (savedConcern(form) !== null) saver.current?.typed(KEY);
  }, [form]);
  return {
    state,
    hold: async () => saver.current?.hold(KEY),
    goOn: () => saver.current?.typed(KEY),
    saveNow: async () => (await saver.current?.saveNow()) ?? true,
  };
}

async function save(concern: NonNullable<ReturnType<typeof savedConcern>>) {
  const answer = await ask('saveConcern', { concern });
  return answer.ok
    ? { ok: true as const, value: { revision: 0, savedAt: answer.value.savedAt } }
    : answer;
}
