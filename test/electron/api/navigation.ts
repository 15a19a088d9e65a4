/** Decides about document requests of one page, by asking whoever listens to its navigation events. */
import type { EventEmitter } from 'node:events';
import { makeEvent } from './honest.ts';
import type { WebFrameMain } from './web-frame-main.ts';

export interface DocumentRequest {
  address: string;
  isMainFrame: boolean;
  isRedirect: boolean;
  /** It carries a referrer, so a page made it. */
  hasReferrer: boolean;
  frame: WebFrameMain | null;
}

/** How long a page's word that it wants to leave may come after the request itself. */
const patienceMilliseconds = 100;

export class Navigation {
  #contents: EventEmitter;
  #own: string[] = [];
  #ofPage = new Set<string>();
  #waiting = new Map<string, () => void>();

  constructor(contents: EventEmitter) {
    this.#contents = contents;
  }

  /** The next request of this address is ours (loadURL, reload): nobody is asked about it. */
  expect(address: string): void {
    this.#own.push(withoutFragment(address));
  }

  /** The page itself, by a link or a script, is about to go there. */
  requestedByPage(address: string): void {
    const plain = withoutFragment(address);
    this.#ofPage.add(plain);
    this.#waiting.get(plain)?.();
  }

  /** False: leave the page as it is. */
  async mayGo(request: DocumentRequest): Promise<boolean> {
    const { address, isMainFrame, isRedirect, frame } = request;
    const own = this.#own.indexOf(withoutFragment(address));
    if (isMainFrame && !isRedirect && own !== -1) {
      this.#own.splice(own, 1);
      return true;
    }
    if (isMainFrame && !isRedirect && !(await this.#isOfPage(request))) return true;
    const event = makeEvent({
      url: address,
      isSameDocument: false,
      isMainFrame,
      frame,
      initiator: frame,
    });
    const details = [address, false, isMainFrame] as const;
    if (isRedirect) this.#contents.emit('will-redirect', event, ...details);
    else {
      this.#contents.emit('will-frame-navigate', event);
      if (isMainFrame && !event.defaultPrevented)
        this.#contents.emit('will-navigate', event, ...details);
    }
    return !event.defaultPrevented;
  }

  /** Otherwise a test's driver reloads or goes somewhere, about which Electron asks nobody either. */
  async #isOfPage({ address, hasReferrer }: DocumentRequest): Promise<boolean> {
    const plain = withoutFragment(address);
    if (!this.#ofPage.has(plain) && !hasReferrer) {
      await new Promise<void>((resolve) => {
        this.#waiting.set(plain, resolve);
        setTimeout(resolve, patienceMilliseconds);
      });
      this.#waiting.delete(plain);
    }
    return this.#ofPage.delete(plain) || hasReferrer;
  }
}

export function withoutFragment(address: string): string {
  const end = address.indexOf('#');
  const plain = end === -1 ? address : address.slice(0, end);
  // `app://main` and `app://main/` are one address.
  return /^[a-z][a-z0-9+.-]*:\/\/[^/]*$/i.test(plain) ? `${plain}/` : plain;
}
