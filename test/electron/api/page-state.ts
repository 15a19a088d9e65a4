/** What Chromium tells of a window's page, and what is known of the page by that. */
import { fromChromium } from '../chromium/addresses.ts';
import type { Page, PageEvents } from '../chromium/page.ts';
import type { Frame } from '../chromium/protocol.ts';
import type { PermissionQuestion } from '../page/permissions.ts';
import { app } from './app.ts';
import { makeEvent } from './honest.ts';
import { receiveMessage, type PageMessage } from './ipc-main.ts';
import type { Loading } from './loading.ts';
import type { Navigation } from './navigation.ts';
import { answerPermission } from './permissions.ts';
import type { ContentsOwner, WebContents } from './web-contents.ts';
import { WebFrameMain } from './web-frame-main.ts';

export type OpenHandler = (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse;

export interface PageStateParts {
  readonly owner: ContentsOwner;
  readonly loading: Loading;
  readonly navigation: Navigation;
  readonly preloadPath: string | null;
}

export class PageState {
  page: Page | null = null;
  url = '';
  title = '';
  isCrashed = false;
  isDestroyed = false;
  mainFrame = new WebFrameMain({ id: '', loaderId: '', url: '', securityOrigin: '' }, null);
  openHandler: OpenHandler | null = null;
  readonly frames = new Map<string, WebFrameMain>();
  readonly #childFrames = new Set<string>();
  readonly #contents: WebContents;
  readonly #owner: ContentsOwner;
  readonly #loading: Loading;
  readonly #navigation: Navigation;
  readonly #preloadPath: string | null;

  constructor(contents: WebContents, parts: PageStateParts) {
    this.#contents = contents;
    this.#owner = parts.owner;
    this.#loading = parts.loading;
    this.#navigation = parts.navigation;
    this.#preloadPath = parts.preloadPath;
  }

  isMainFrame(frameId: string): boolean {
    return this.page?.targetId === frameId;
  }

  ownsFrame(frameId: string): boolean {
    return this.isMainFrame(frameId) || this.#childFrames.has(frameId);
  }

  frameOf(frameId: string): WebFrameMain | null {
    return this.isMainFrame(frameId) ? this.mainFrame : (this.frames.get(frameId) ?? null);
  }

  destroy(): void {
    for (const frame of this.frames.values()) frame.dispose();
    this.mainFrame.dispose();
    this.isDestroyed = true;
  }

  readonly pageEvents: PageEvents = {
    navigated: (frame) => this.#navigated(frame),
    addressChanged: (frameId, url) => {
      if (!this.isMainFrame(frameId) || this.isDestroyed) return;
      this.url = fromChromium(url).address;
      this.#contents.emit('did-navigate-in-page', makeEvent({}), this.url, true);
    },
    navigationRequested: (frameId, url) => {
      if (this.isMainFrame(frameId)) this.#navigation.requestedByPage(fromChromium(url).address);
    },
    frameAttached: (frameId) => {
      this.#childFrames.add(frameId);
    },
    frameDetached: (frameId) => {
      this.#childFrames.delete(frameId);
      this.frames.get(frameId)?.dispose();
      this.frames.delete(frameId);
    },
    lifecycle: (name, frameId, loaderId) => {
      if (!this.isMainFrame(frameId) || this.isDestroyed) return;
      if (name === 'DOMContentLoaded') this.#contents.emit('dom-ready', makeEvent({}));
      if (name === 'firstContentfulPaint') this.#owner.readyToShow();
      if (name === 'load') this.#loading.finished(loaderId);
    },
    message: (text, reply) => this.#message(text, reply),
    windowOpen: ({ url, windowName, windowFeatures }) => {
      const details = {
        url: fromChromium(url).address,
        frameName: windowName,
        features: windowFeatures.join(','),
        disposition: 'new-window',
        referrer: { url: this.url, policy: 'strict-origin-when-cross-origin' },
      };
      const answer = this.openHandler?.(details as Electron.HandlerDetails);
      if (answer?.action !== 'deny') {
        console.error('not in the stand-in: windows that a page opens; it was refused');
      }
    },
    consoleMessage: (type, message, sourceId, lineNumber) => {
      if (this.isDestroyed) return;
      const level =
        type === 'error'
          ? 'error'
          : type === 'warning'
            ? 'warning'
            : type === 'debug'
              ? 'debug'
              : 'info';
      this.#contents.emit(
        'console-message',
        makeEvent({
          level,
          message,
          lineNumber,
          sourceId: fromChromium(sourceId).address,
          frame: this.mainFrame,
        }),
      );
    },
    beforeUnloadAsked: () => {
      const event = makeEvent({});
      this.#contents.emit('will-prevent-unload', event);
      if (!event.defaultPrevented) this.#owner.refusedToClose();
      return event.defaultPrevented;
    },
    crashed: () => {
      if (this.isDestroyed) return;
      this.isCrashed = true;
      const details = { reason: 'crashed', exitCode: 133 };
      this.#contents.emit('render-process-gone', makeEvent({}), details);
      app.emit('render-process-gone', makeEvent({}), this.#contents, details);
    },
  };

  #navigated(frame: Frame): void {
    if (this.isDestroyed) return;
    this.isCrashed = false;
    const parent =
      frame.parentId === undefined ? null : (this.frames.get(frame.parentId) ?? this.mainFrame);
    const made = new WebFrameMain(frame, parent);
    this.frames.get(frame.id)?.dispose();
    this.frames.set(frame.id, made);
    if (parent) return;
    this.mainFrame.dispose();
    this.mainFrame = made;
    this.url = fromChromium(frame.unreachableUrl ?? frame.url).address;
    if (frame.unreachableUrl === undefined)
      this.#contents.emit('did-navigate', makeEvent({}), this.url, 200, 'OK');
    else if (!this.#loading.isLoading) this.#loading.fail('net::ERR_FAILED', this.url);
  }

  #message(text: string, reply: (text: string) => void): void {
    if (this.isDestroyed) return;
    const message = JSON.parse(text) as
      | PageMessage
      | { kind: 'title'; title: string }
      | { kind: 'permission'; id: number; question: PermissionQuestion }
      | { kind: 'preload-error'; message: string; stack: string };
    if (message.kind === 'title') {
      this.titleChanged(message.title);
      return;
    }
    if (message.kind === 'permission') {
      const { id, question } = message;
      void answerPermission(this.#contents, question).then((allowed) =>
        reply(JSON.stringify({ kind: 'permitted', id, allowed })),
      );
      return;
    }
    if (message.kind === 'preload-error') {
      const error = Object.assign(new Error(message.message), { stack: message.stack });
      this.#contents.emit('preload-error', makeEvent({}), this.#preloadPath, error);
      return;
    }
    receiveMessage(this.#contents, this.mainFrame, message, reply);
  }

  titleChanged(title: string): void {
    if (this.isDestroyed || title === '' || title === this.title) return;
    this.title = title;
    this.#owner.titleUpdated(title);
  }
}
