/** Electron's `webContents`: the page of a window, its navigation and its messages. */
import { fromChromium, toChromium } from '../chromium/addresses.ts';
import type { Page, PageEvents } from '../chromium/page.ts';
import type { Frame } from '../chromium/protocol.ts';
import type { PermissionQuestion } from '../page/permissions.ts';
import { app } from './app.ts';
import { clone, guardDestroyed, HonestEmitter, makeEvent } from './honest.ts';
import { receiveMessage, type PageMessage } from './ipc-main.ts';
import { machine } from './machine.ts';
import { codec } from './node-codec.ts';
import { Loading } from './loading.ts';
import { Navigation } from './navigation.ts';
import { answerPermission, prepareOrigin } from './permissions.ts';
import type { Session } from './session.ts';
import { contentsEvents, type ContentsApi } from './web-contents-api.ts';
import { WebFrameMain } from './web-frame-main.ts';

/** What WebContents needs of its window; BrowserWindow gives it. */
export interface ContentsOwner {
  readyToShow(): void;
  titleUpdated(title: string): void;
  /** Chromium has closed the page: the window goes with it. */
  pageGone(): void;
  closeRequested(waitForBeforeUnload: boolean): void;
  /** The page's beforeunload has vetoed the closing. */
  refusedToClose(): void;
  focus(): void;
  isFocused(): boolean;
}

const living = new Map<number, WebContents>();
let lastId = 0;

export class WebContents extends HonestEmitter implements ContentsApi {
  readonly id = ++lastId;
  #session: Session;
  #owner: ContentsOwner;
  #page: Page | null = null;
  #opened = Promise.withResolvers<Page>();
  #tabId = 0;
  #destroyed = false;
  #loading = new Loading(this);
  #navigation = new Navigation(this);
  #url = '';
  #title = '';
  #frames = new Map<string, WebFrameMain>();
  #childFrames = new Set<string>();
  #mainFrame: WebFrameMain;
  #openHandler: ((details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) | null =
    null;
  #zoomFactor = 1;
  #crashed = false;
  #preloadPath: string | null;

  constructor(session: Session, owner: ContentsOwner, preloadPath: string | null) {
    super('WebContents', contentsEvents);
    this.#session = session;
    this.#owner = owner;
    this.#preloadPath = preloadPath;
    this.#mainFrame = new WebFrameMain({ id: '', loaderId: '', url: '', securityOrigin: '' }, null);
    this.#opened.promise.catch(() => {});
    living.set(this.id, this);
    app.emit('web-contents-created', makeEvent({}), this);
  }

  get session(): Session {
    return this.#session;
  }

  get mainFrame(): WebFrameMain {
    return this.#mainFrame;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  isLoading(): boolean {
    return this.#loading.isLoading;
  }

  getURL(): string {
    return this.#url;
  }

  getTitle(): string {
    return this.#title;
  }

  getUserAgent(): string {
    return this.#session.getUserAgent();
  }

  focus(): void {
    this.#owner.focus();
  }

  isFocused(): boolean {
    return this.#owner.isFocused();
  }

  async loadURL(url: string): Promise<void> {
    const load = this.#loading.start(url);
    this.#session.noteOrigin(url);
    const page = await this.#opened.promise.catch(() => null);
    await prepareOrigin(this, url);
    if (page && this.#loading.isCurrent(load)) {
      this.#navigation.expect(url);
      const reply = await page
        .send('Page.navigate', { url: toChromium(url, this.#session.number) })
        .catch(() => ({ errorText: 'net::ERR_FAILED' }));
      this.#loading.answered(load, reply);
    }
    await load.done;
  }

  reload(): void {
    void this.#opened.promise
      .then((page) => {
        this.#navigation.expect(this.#url);
        return page.send('Page.reload');
      })
      .catch(() => {});
  }

  send(channel: string, ...args: unknown[]): void {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
    const text = JSON.stringify({ kind: 'send', channel, args: codec.encode(clone(args)) });
    this.#page?.post(text);
  }

  setWindowOpenHandler(
    handler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse,
  ): void {
    this.#openHandler = handler;
  }

  /** As Electron's: without `waitForBeforeUnload` the page is not asked. */
  close(options?: { waitForBeforeUnload: boolean }): void {
    this.#owner.closeRequested(options?.waitForBeforeUnload ?? false);
  }

  setZoomFactor(factor: number): void {
    if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0");
    this.#zoomFactor = factor;
    void this.#opened.promise
      .then(() => machine().opener.setZoomFactor(this.#tabId, factor))
      .catch(() => {});
  }

  getZoomFactor(): number {
    return this.#zoomFactor;
  }

  setZoomLevel(level: number): void {
    this.setZoomFactor(1.2 ** level);
  }

  getZoomLevel(): number {
    return Math.log(this.#zoomFactor) / Math.log(1.2);
  }

  async setVisualZoomLevelLimits(): Promise<void> {}

  async executeJavaScript(expression: string): Promise<unknown> {
    const page = await this.#opened.promise;
    const reply = await page.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    if (reply.exceptionDetails)
      throw new Error(reply.exceptionDetails.exception?.description ?? reply.exceptionDetails.text);
    return reply.result.value;
  }

  // For the window.

  attach(page: Page, tabId: number): void {
    this.#page = page;
    this.#tabId = tabId;
    machine().pages.add(page);
    machine().targets.onGone(page.targetId, () => this.#owner.pageGone());
    this.#opened.resolve(page);
  }

  /** The title as it stands on the X window: how changes after loading are noticed. */
  titleFromWindow(title: string): void {
    // A page without a title is called by its address; Electron does not take that for one.
    const isAddress = fromChromium(`https://${title}`).sessionNumber !== null;
    if (!isAddress && !/^(about:blank|Untitled|_crx_.*)$/.test(title)) this.#titleChanged(title);
  }

  get page(): Page | null {
    return this.#page;
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#loading.stop('ERR_FAILED');
    for (const frame of this.#frames.values()) frame.dispose();
    this.#mainFrame.dispose();
    living.delete(this.id);
    this.#destroyed = true;
    if (this.#page) machine().pages.delete(this.#page);
    this.#page?.close();
    this.#opened.promise.then((page) => page.close()).catch(() => {});
    this.emit('destroyed');
  }

  // For the network.

  isMainFrame(frameId: string): boolean {
    return this.#page?.targetId === frameId;
  }

  ownsFrame(frameId: string): boolean {
    return this.isMainFrame(frameId) || this.#childFrames.has(frameId);
  }

  /** Asks the listeners about a document request; false: leave the page as it is. */
  mayNavigate(request: {
    address: string;
    frameId: string;
    isRedirect: boolean;
    hasReferrer: boolean;
  }): Promise<boolean> {
    const { frameId, ...rest } = request;
    const isMainFrame = this.isMainFrame(frameId);
    const frame = isMainFrame ? this.#mainFrame : (this.#frames.get(frameId) ?? null);
    return this.#navigation.mayGo({ ...rest, isMainFrame, frame });
  }

  noteFailure(address: string, name: string): void {
    this.#loading.noteFailure(address, name);
  }

  /** What Chromium tells of the page. */
  readonly pageEvents: PageEvents = {
    navigated: (frame) => this.#navigated(frame),
    addressChanged: (frameId, url) => {
      if (!this.isMainFrame(frameId) || this.#destroyed) return;
      this.#url = fromChromium(url).address;
      this.emit('did-navigate-in-page', makeEvent({}), this.#url, true);
    },
    navigationRequested: (frameId, url) => {
      if (this.isMainFrame(frameId)) this.#navigation.requestedByPage(fromChromium(url).address);
    },
    frameAttached: (frameId) => {
      this.#childFrames.add(frameId);
    },
    frameDetached: (frameId) => {
      this.#childFrames.delete(frameId);
      this.#frames.get(frameId)?.dispose();
      this.#frames.delete(frameId);
    },
    lifecycle: (name, frameId, loaderId) => {
      if (!this.isMainFrame(frameId) || this.#destroyed) return;
      if (name === 'DOMContentLoaded') this.emit('dom-ready', makeEvent({}));
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
        referrer: { url: this.#url, policy: 'strict-origin-when-cross-origin' },
      };
      const answer = this.#openHandler?.(details as Electron.HandlerDetails);
      if (answer?.action !== 'deny') {
        console.error('not in the stand-in: windows that a page opens; it was refused');
      }
    },
    consoleMessage: (type, message, sourceId, lineNumber) => {
      if (this.#destroyed) return;
      const level =
        type === 'error'
          ? 'error'
          : type === 'warning'
            ? 'warning'
            : type === 'debug'
              ? 'debug'
              : 'info';
      this.emit(
        'console-message',
        makeEvent({
          level,
          message,
          lineNumber,
          sourceId: fromChromium(sourceId).address,
          frame: this.#mainFrame,
        }),
      );
    },
    beforeUnloadAsked: () => {
      const event = makeEvent({});
      this.emit('will-prevent-unload', event);
      if (!event.defaultPrevented) this.#owner.refusedToClose();
      return event.defaultPrevented;
    },
    crashed: () => {
      if (this.#destroyed) return;
      this.#crashed = true;
      const details = { reason: 'crashed', exitCode: 133 };
      this.emit('render-process-gone', makeEvent({}), details);
      app.emit('render-process-gone', makeEvent({}), this, details);
    },
  };

  #navigated(frame: Frame): void {
    if (this.#destroyed) return;
    this.#crashed = false;
    const parent =
      frame.parentId === undefined ? null : (this.#frames.get(frame.parentId) ?? this.#mainFrame);
    const made = new WebFrameMain(frame, parent);
    this.#frames.get(frame.id)?.dispose();
    this.#frames.set(frame.id, made);
    if (parent) return;
    this.#mainFrame.dispose();
    this.#mainFrame = made;
    this.#url = fromChromium(frame.unreachableUrl ?? frame.url).address;
    if (frame.unreachableUrl === undefined)
      this.emit('did-navigate', makeEvent({}), this.#url, 200, 'OK');
    else if (!this.#loading.isLoading) this.#loading.fail('net::ERR_FAILED', this.#url);
  }

  #message(text: string, reply: (text: string) => void): void {
    if (this.#destroyed) return;
    const message = JSON.parse(text) as
      | PageMessage
      | { kind: 'title'; title: string }
      | { kind: 'permission'; id: number; question: PermissionQuestion }
      | { kind: 'preload-error'; message: string; stack: string };
    if (message.kind === 'title') {
      this.#titleChanged(message.title);
      return;
    }
    if (message.kind === 'permission') {
      const { id, question } = message;
      void answerPermission(this, question).then((allowed) =>
        reply(JSON.stringify({ kind: 'permitted', id, allowed })),
      );
      return;
    }
    if (message.kind === 'preload-error') {
      const error = Object.assign(new Error(message.message), { stack: message.stack });
      this.emit('preload-error', makeEvent({}), this.#preloadPath, error);
      return;
    }
    receiveMessage(this, this.#mainFrame, message, reply);
  }

  #titleChanged(title: string): void {
    if (this.#destroyed || title === '' || title === this.#title) return;
    this.#title = title;
    this.#owner.titleUpdated(title);
  }
}

guardDestroyed(WebContents.prototype, [
  'id',
  'page',
  'destroy',
  'isMainFrame',
  'ownsFrame',
  'mayNavigate',
  'noteFailure',
  'attach',
  'titleFromWindow',
]);

/** For the network: whose frame it is. */
export function contentsOfFrame(frameId: string | undefined): WebContents | undefined {
  if (frameId === undefined) return undefined;
  return [...living.values()].find((contents) => contents.ownsFrame(frameId));
}

export const webContents = {
  getAllWebContents: () => [...living.values()],
  fromId: (id: number) => living.get(id),
  fromDevToolsTargetId: (targetId: string) =>
    [...living.values()].find((contents) => contents.page?.targetId === targetId),
};
