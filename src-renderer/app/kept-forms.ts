/**
 * What has been typed and not submitted. It stays in the page's memory while the person visits other
 * pages, and goes when they log out; it is saved from here (draft/drafts.ts), and opened again.
 */
import { useCallback, useState } from 'react';
import { create } from 'zustand';

interface KeptForm {
  readonly value: unknown;
  /** What is unfinished, for a sentence: "your incident", "your action". Null where nothing was typed yet. */
  readonly unsent: string | null;
}

interface KeptForms {
  readonly forms: Readonly<Record<string, KeptForm>>;
  readonly keep: (key: string, form: KeptForm) => void;
  readonly drop: (key: string) => void;
  readonly dropAll: () => void;
}

export const useKeptForms = create<KeptForms>()((set) => ({
  forms: {},
  keep: (key, form) => set(({ forms }) => ({ forms: { ...forms, [key]: form } })),
  drop: (key) =>
    set(({ forms }) => {
      const { [key]: _dropped, ...rest } = forms;
      return { forms: rest };
    }),
  dropAll: () => set({ forms: {} }),
}));

/** What is unfinished in the page now, each once: `['your incident', 'your action']`. */
export function unsentOf(forms: KeptForms['forms']): readonly string[] {
  const named = Object.values(forms).flatMap(({ unsent }) => (unsent === null ? [] : [unsent]));
  return [...new Set(named)];
}

/** "your incident", "your incident and your action". */
export function listed(parts: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(parts);
}

export interface Kept<Value> {
  readonly value: Value;
  readonly set: (next: Value | ((before: Value) => Value)) => void;
  /** Forgets it: it was submitted, or the person cleared it. */
  readonly drop: () => void;
}

/**
 * A form's value that outlives its page. `key` is the form's ("incident", "action:ID"); `start` makes
 * an empty one; `unsent` says what would be lost of a value, null for one that nobody typed in.
 */
export function useKept<Value>(
  key: string,
  start: () => Value,
  unsent: (value: Value) => string | null,
): Kept<Value> {
  const stored = useKeptForms(({ forms }) => forms[key]);
  const [first] = useState(start);
  const value = stored === undefined ? first : (stored.value as Value);
  const set = useCallback(
    (next: Value | ((before: Value) => Value)) => {
      const before = useKeptForms.getState().forms[key];
      const current = before === undefined ? first : (before.value as Value);
      const after = typeof next === 'function' ? (next as (before: Value) => Value)(current) : next;
      useKeptForms.getState().keep(key, { value: after, unsent: unsent(after) });
    },
    [key, first, unsent],
  );
  const drop = useCallback(() => useKeptForms.getState().drop(key), [key]);
  return { value, set, drop };
}
