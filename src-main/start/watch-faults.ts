/**
 * Faults of the main process itself. Of an exception Electron would show the stack in a dialog and
 * go on with half a program: here it is logged without content, and the program ends.
 */
import { app } from 'electron';

/** `note` must not throw. */
export function watchFaults(note: (error: unknown) => void): void {
  process.on('uncaughtException', (error) => {
    note(error);
    app.exit(1);
  });
  // One task has failed, and what a person typed is in the page: that is no reason to take it away.
  process.on('unhandledRejection', note);
}
