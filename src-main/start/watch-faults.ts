/**
 * Faults of the main process itself. Electron would show a dialog with the stack and go on with
 * half a program: here it is logged without content, and the program ends.
 */
import { app } from 'electron';

/** `note` must not throw; it is the last thing that happens. */
export function watchFaults(note: (error: unknown) => void): void {
  const end = (error: unknown): void => {
    note(error);
    app.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
