/**
 * Who is signed in, as far as the page knows. `ended` keeps the person and the page: the dialog asks
 * for the password over it, and nothing that was typed is lost (R34).
 */
import { create } from 'zustand';
import type { SessionHere } from '../../src-shared/bridge.ts';

/** What the sign-in page says first: that something was done, or why the person is here again. */
export interface SignInNotice {
  readonly tone: 'success' | 'info';
  readonly text: string;
}

export type SessionState =
  | { readonly is: 'starting' }
  /** Locked out by the button or by time: their page and keys are gone, their password brings them back. */
  | { readonly is: 'locked'; readonly name: string }
  /** `notice` is what the sign-in page says first; `email` fills its field. */
  | { readonly is: 'signed-out'; readonly notice: SignInNotice | null; readonly email: string }
  | { readonly is: 'signed-in'; readonly view: SessionHere }
  | { readonly is: 'ended'; readonly view: SessionHere };

interface SessionStore {
  readonly state: SessionState;
  readonly begin: (view: SessionHere) => void;
  /** The session is over by time, elsewhere or by an administrator. */
  readonly end: () => void;
  /** The process with the keys began again: saving needs the password first. */
  readonly lockKeys: () => void;
  readonly lock: (name: string) => void;
  readonly leave: (left?: { readonly notice?: SignInNotice; readonly email?: string }) => void;
  readonly change: (part: Partial<Pick<SessionHere, 'preferences'>>) => void;
}

export const useSessionStore = create<SessionStore>()((set) => ({
  state: { is: 'starting' },
  begin: (view) => set({ state: { is: 'signed-in', view } }),
  end: () =>
    set(({ state }) =>
      state.is === 'signed-in' ? { state: { is: 'ended', view: state.view } } : { state },
    ),
  lockKeys: () =>
    set(({ state }) =>
      (state.is === 'signed-in' || state.is === 'ended') && state.view.keys.is === 'open'
        ? { state: { ...state, view: { ...state.view, keys: { is: 'locked' } } } }
        : { state },
    ),
  lock: (name) => set({ state: { is: 'locked', name } }),
  leave: (left = {}) =>
    set({ state: { is: 'signed-out', notice: left.notice ?? null, email: left.email ?? '' } }),
  change: (part) =>
    set(({ state }) =>
      state.is === 'signed-in' || state.is === 'ended'
        ? { state: { ...state, view: { ...state.view, ...part } } }
        : { state },
    ),
}));

/** The session that a screen is shown under; screens are only drawn while there is one. */
export function useSession(): SessionHere {
  const view = useSessionStore(({ state }) =>
    state.is === 'signed-in' || state.is === 'ended' ? state.view : null,
  );
  if (view === null) throw new Error('A screen was drawn without a session.');
  return view;
}
