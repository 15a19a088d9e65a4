/** Whether the password is asked for over the page although the session goes on: to save, or to read again. */
import { create } from 'zustand';

interface PasswordAsked {
  readonly isAsked: boolean;
  readonly ask: () => void;
  readonly later: () => void;
}

export const usePasswordAsked = create<PasswordAsked>()((set) => ({
  isAsked: false,
  ask: () => set({ isAsked: true }),
  later: () => set({ isAsked: false }),
}));
