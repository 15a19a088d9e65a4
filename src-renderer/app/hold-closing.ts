/**
 * Holds the window open while something typed has not been submitted: main then has it saved, says
 * that it is kept and that nobody has been told, and asks the person.
 */
import { unsentOf, useKeptForms } from './kept-forms.ts';

/** Begins to; the answer ends it. */
export function holdClosing(): () => void {
  const hold = (event: BeforeUnloadEvent): void => {
    if (unsentOf(useKeptForms.getState().forms).length > 0) event.preventDefault();
  };
  window.addEventListener('beforeunload', hold);
  return () => window.removeEventListener('beforeunload', hold);
}
