/** Where pages may go (nowhere) and what may be opened outside the program (R6). */
import type { School } from '../../src-shared/contract/school.ts';

/**
 * The address to open for Contact Support, or null where the school has none of that kind. It is
 * built from what the school's server said, never from what a page said: the allow-list is the
 * school's own entry.
 */
export function supportAddress(support: School['support'], by: 'email' | 'link'): string | null {
  if (by === 'email') {
    if (support.email === null || !/^[^\s@]+@[^\s@]+$/.test(support.email)) return null;
    return `mailto:${encodeURIComponent(support.email).replace('%40', '@')}`;
  }
  if (support.link === null || !URL.canParse(support.link)) return null;
  const link = new URL(support.link);
  if (link.protocol !== 'https:' || link.username !== '' || link.password !== '') return null;
  return link.href;
}

/** What a page of the program may do about leaving: nothing, whoever asks and wherever to. */
interface Leaving {
  preventDefault(): void;
}

/** The part of a page's contents that `confine` sets up; Electron's own type fits it. */
export interface Confinable {
  setWindowOpenHandler(handler: () => { action: 'deny' }): void;
  on(event: 'will-navigate', listener: (event: Leaving) => void): unknown;
  on(event: 'will-frame-navigate', listener: (event: Leaving) => void): unknown;
  on(event: 'will-redirect', listener: (event: Leaving) => void): unknown;
  on(event: 'will-attach-webview', listener: (event: Leaving) => void): unknown;
}

/**
 * Meant for `web-contents-created`, which fires for every page there is. The program itself
 * loads its page by `loadURL`, which these do not stop.
 */
export function confine(contents: Confinable): void {
  const stay = (event: Leaving): void => event.preventDefault();
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', stay);
}
