/**
 * Holds the window open while something typed has not been submitted: main then has it saved, says
 * that it is kept and that nobody has been told, and asks the person.
 */
import { unsentOf, useKeptForms } from './kept-forms.ts';

/** Begins to; the answer ends it. `countDrafts`: the person's unfinished entries on this computer. */
export function holdClosing(countDrafts: () => number): () => void {
  const hold = (event: Event): void => {
    const isHeld =
      unsentOf(useKeptForms.getState().forms).length > 0 ||
      countDrafts() > 0 ||
      [...others].some((isUnsaved) => isUnsaved());
    if (isHeld) event.preventDefault();
  };
  window.addEventListener('beforeunload', hold);
  return () => window.removeEventListener('beforeunload', hold);
}

const others = new Set<() => boolean>();

/** Something that is no kept form and would be lost while `isUnsaved`; the answer ends it. */
export function holdsClosingWhile(isUnsaved: () => boolean): () => void {
  others.add(isUnsaved);
  return () => void others.delete(isUnsaved);
}
