/** What `loadURL` waits for: one load at a time, which finishes, fails or gives way to the next. */
import type { EventEmitter } from 'node:events';
import { makeEvent } from './honest.ts';
import { withoutFragment } from './navigation.ts';
import { loadError, netError } from './net-errors.ts';

export interface Load {
  url: string;
  /** Chromium's name of the document that is being loaded, once it is known. */
  loaderId: string | null;
  done: Promise<void>;
}

interface Settling extends Load {
  resolve(): void;
  reject(error: Error): void;
}

export class Loading {
  #contents: EventEmitter;
  #current: Settling | null = null;
  #finished = new Set<string>();
  #failure: { address: string; name: string } | null = null;

  constructor(contents: EventEmitter) {
    this.#contents = contents;
  }

  get isLoading(): boolean {
    return this.#current !== null;
  }

  start(url: string): Load {
    this.stop('ERR_ABORTED');
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // A caller who does not wait for it is not to be told by a warning.
    promise.catch(() => {});
    this.#failure = null;
    this.#current = { url, loaderId: null, done: promise, resolve, reject };
    this.#contents.emit('did-start-loading');
    return this.#current;
  }

  isCurrent(load: Load): boolean {
    return this.#current === load;
  }

  /** What Chromium answered to the request to load. */
  answered(load: Load, reply: { errorText?: string; loaderId?: string }): void {
    if (this.#current !== load) return;
    if (reply.errorText !== undefined) this.fail(reply.errorText, load.url);
    // No new document: only the fragment has changed.
    else if (reply.loaderId === undefined) this.#finish();
    else {
      load.loaderId = reply.loaderId;
      if (this.#finished.has(reply.loaderId)) this.#finish();
    }
  }

  /** A document has loaded, ours or one that the page went to. */
  finished(loaderId: string): void {
    this.#finished.add(loaderId);
    if (this.#current === null || this.#current.loaderId === loaderId) this.#finish();
  }

  /** Remembers why a request was refused: Chromium cannot be given every reason. */
  noteFailure(address: string, name: string): void {
    this.#failure = { address: withoutFragment(address), name };
  }

  fail(errorText: string, url: string): void {
    const current = this.#current;
    this.#current = null;
    const noted = this.#failure?.address === withoutFragment(url) ? this.#failure.name : errorText;
    this.#failure = null;
    const error = netError(noted);
    this.#contents.emit('did-fail-load', makeEvent({}), error.code, error.description, url, true);
    this.#contents.emit('did-stop-loading');
    current?.reject(loadError(error, url));
  }

  /** Gives up the present load without an event, for another one or because the page goes. */
  stop(name: string): void {
    const current = this.#current;
    this.#current = null;
    current?.reject(loadError(netError(name), current.url));
  }

  #finish(): void {
    const current = this.#current;
    this.#current = null;
    this.#contents.emit('did-finish-load');
    this.#contents.emit('did-stop-loading');
    current?.resolve();
  }
}
