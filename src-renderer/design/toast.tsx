/** The bar at the foot of the page: what was just done, and for a few seconds how to take it back. */
import { useEffect } from 'react';
import { create } from 'zustand';
import { Button } from './button.tsx';
import styles from './toast.module.css';

export interface Toast {
  readonly text: string;
  /** With `onAction`: "Undo". */
  readonly actionLabel?: string;
  readonly onAction?: () => void;
  /** When it goes, in milliseconds since 1970; with an action no earlier than the action can be taken. */
  readonly until: number;
}

interface ToastStore {
  readonly toast: Toast | null;
  readonly show: (toast: Toast) => void;
  readonly hide: () => void;
}

export const useToasts = create<ToastStore>()((set) => ({
  toast: null,
  show: (toast) => set({ toast }),
  hide: () => set({ toast: null }),
}));

/** Drawn once, by the frame. The region is always there, so that what appears in it is announced. */
export function ToastBar() {
  const { toast, hide } = useToasts();
  useEffect(() => {
    if (toast === null) return undefined;
    const timer = setTimeout(hide, Math.max(0, toast.until - Date.now()));
    return () => clearTimeout(timer);
  }, [toast, hide]);
  return (
    <output className={styles.place}>
      {toast === null ? null : (
        <div className={styles.bar}>
          <span>{toast.text}</span>
          {toast.onAction === undefined || toast.actionLabel === undefined ? null : (
            <Button
              isSmall
              onPress={() => {
                hide();
                toast.onAction?.();
              }}
            >
              {toast.actionLabel}
            </Button>
          )}
        </div>
      )}
    </output>
  );
}
