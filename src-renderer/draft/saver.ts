/**
 * Saves what is typed, one save at a time for each form, and says of each how it stands: *saved*
 * only after the vault's answer, and only while nothing newer was typed (R77).
 */
import type { Failure } from '../app/use-ask.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import { dueAt, TRY_AGAIN_MS, typed, type Unsaved } from './save-schedule.ts';

export type SaveState =
  | { readonly is: 'saving' }
  | { readonly is: 'saved'; readonly savedAt: string }
  /** The text is in this window only; it is tried again by itself. */
  | { readonly is: 'not-saved'; readonly failure: Failure };

export interface SaverParts {
  /**
   * Saves what stands in the form at this moment; null where there is nothing to be saved of it, or
   * another form has taken its place, whose own saving has been seen to.
   */
  readonly save: (
    key: string,
    revision: number,
  ) => Promise<Answer<{ readonly revision: number; readonly savedAt: string }> | null> | null;
  /** Null: nothing is known of this form any more. */
  readonly told: (key: string, state: SaveState | null) => void;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
  /** Calls back after so many milliseconds; the answer ends that. */
  readonly after: (milliseconds: number, callback: () => void) => () => void;
}

interface Saved {
  unsaved: Unsaved | null;
  revision: number;
  underWay: Promise<void> | null;
  hasFailed: boolean;
  endTimer: () => void;
}

export interface Saver {
  readonly typed: (key: string) => void;
  /** Saves at once what is not saved, of one form or of all; answers whether everything is on the disk. */
  readonly saveNow: (key?: string) => Promise<boolean>;
  /** A draft that was read at this revision goes on from there. */
  readonly opened: (key: string, revision: number, savedAt: string) => void;
  /** Nothing is saved until something is typed again; resolves once the one under way has ended. */
  readonly hold: (key: string) => Promise<void>;
  /** No more saves of this form; resolves once the one under way has ended. */
  readonly forget: (key: string) => Promise<void>;
}

export function makeSaver(parts: SaverParts): Saver {
  const forms = new Map<string, Saved>();

  function formOf(key: string): Saved {
    const known = forms.get(key);
    if (known !== undefined) return known;
    const form: Saved = {
      unsaved: null,
      revision: 0,
      underWay: null,
      hasFailed: false,
      endTimer: () => undefined,
    };
    forms.set(key, form);
    return form;
  }

  function plan(key: string, form: Saved): void {
    form.endTimer();
    if (form.unsaved === null || form.underWay !== null) return;
    const wait = form.hasFailed ? TRY_AGAIN_MS : Math.max(0, dueAt(form.unsaved) - parts.now());
    form.endTimer = parts.after(wait, () => void save(key, form));
  }

  function save(key: string, form: Saved): Promise<void> {
    form.underWay ??= carry(key, form).finally(() => {
      form.underWay = null;
      if (forms.get(key) === form) plan(key, form);
    });
    return form.underWay;
  }

  async function carry(key: string, form: Saved): Promise<void> {
    form.endTimer();
    const before = form.unsaved;
    form.unsaved = null;
    const answer = await parts.save(key, form.revision);
    if (forms.get(key) !== form || answer === null) return;
    if (answer.ok) {
      form.revision = answer.value.revision;
      form.hasFailed = false;
      if (form.unsaved === null) {
        parts.told(key, { is: 'saved', savedAt: answer.value.savedAt });
      }
      return;
    }
    form.hasFailed = true;
    form.unsaved ??= before ?? typed(null, parts.now());
    parts.told(key, { is: 'not-saved', failure: answer });
  }

  return {
    typed(key) {
      const form = formOf(key);
      form.unsaved = typed(form.unsaved, parts.now());
      if (!form.hasFailed) {
        parts.told(key, { is: 'saving' });
        plan(key, form);
      }
    },
    async saveNow(only) {
      const keys = only === undefined ? [...forms.keys()] : [only];
      const done = keys.map(async (key) => {
        const form = forms.get(key);
        if (form === undefined) return true;
        await form.underWay;
        if (form.unsaved !== null) await save(key, form);
        // Another form may have taken its place meanwhile: that is the one that counts.
        return (forms.get(key)?.unsaved ?? null) === null;
      });
      return (await Promise.all(done)).every(Boolean);
    },
    opened(key, revision, savedAt) {
      formOf(key).revision = revision;
      parts.told(key, { is: 'saved', savedAt });
    },
    async hold(key) {
      const form = forms.get(key);
      if (form === undefined) return;
      form.unsaved = null;
      await form.underWay;
      // One that failed meanwhile has planned another.
      form.unsaved = null;
      form.endTimer();
      // Nothing is tried again from here on: what is typed after it has to plan its own save.
      form.hasFailed = false;
    },
    async forget(key) {
      const form = forms.get(key);
      forms.delete(key);
      parts.told(key, null);
      form?.endTimer();
      await form?.underWay;
    },
  };
}
