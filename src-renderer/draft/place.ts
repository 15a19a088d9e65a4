/** Where a person was in a form, and bringing them back there: field, caret, scroll. */
import type { Place } from '../../src-shared/vault.ts';

export const NO_PLACE: Place = {
  field: null,
  selectionStart: null,
  selectionEnd: null,
  scrollTop: 0,
};

/** The place that an element of a form is; null for what is no field of one. */
export function placeOf(element: EventTarget | null): Place | null {
  if (!(element instanceof HTMLElement) || element.id === '') return null;
  const scrollTop = Math.max(0, Math.round(window.scrollY));
  const isText = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
  return {
    field: element.id.slice(0, 100),
    // Null of itself for fields that have no caret (tick boxes, dates).
    selectionStart: isText ? element.selectionStart : null,
    selectionEnd: isText ? element.selectionEnd : null,
    scrollTop,
  };
}

/** A form that waits for its lists is drawn within this many frames. */
const FRAMES = 240;

/** Brings the person back once the field is drawn, after whatever takes the focus as its page begins. */
export function bringBack(place: Place): void {
  let framesLeft = FRAMES;
  let isDrawn = false;
  const step = (): void => {
    const field = place.field === null ? null : document.getElementById(place.field);
    framesLeft -= 1;
    if (place.field !== null && field === null && framesLeft > 0) requestAnimationFrame(step);
    else if (!isDrawn) {
      // One frame more: the page's own first focus comes with the drawing.
      isDrawn = true;
      requestAnimationFrame(step);
    } else {
      if (field !== null) select(field, place);
      window.scrollTo(0, place.scrollTop);
    }
  };
  requestAnimationFrame(step);
}

function select(field: HTMLElement, { selectionStart, selectionEnd }: Place): void {
  field.focus({ preventScroll: true });
  const isText = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  if (isText && selectionStart !== null && field.selectionStart !== null) {
    field.setSelectionRange(selectionStart, selectionEnd ?? selectionStart);
  }
}
