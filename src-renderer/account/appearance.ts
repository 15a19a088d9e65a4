/** How the page looks for this person: text size, spacing and tint, as marks on the root element. */
import { useLayoutEffect } from 'react';
import type { Preferences } from '../../src-shared/contract/preference.ts';

export function useApplied(preferences: Preferences | undefined): void {
  useLayoutEffect(() => {
    if (preferences === undefined) return;
    const marks = document.documentElement.dataset;
    marks['textSize'] = String(preferences.textSize);
    marks['spacing'] = preferences.spacing;
    marks['tint'] = preferences.tint;
  }, [preferences]);
}
