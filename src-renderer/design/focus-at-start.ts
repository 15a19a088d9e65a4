/** Focus that a screen gives on purpose: to what the person came for, or to what replaced what had it. */
import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';

/** The element with the answered ref gets the focus when it appears, and whenever `isWanted` becomes true. */
export function useFocusAtStart<E extends HTMLElement>(isWanted: boolean): RefObject<E | null> {
  const place = useRef<E>(null);
  useEffect(() => {
    if (isWanted) place.current?.focus();
  }, [isWanted]);
  return place;
}
