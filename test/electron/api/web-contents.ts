/** Electron's `webContents`: the page of a window, its navigation and its messages. */
import { fromChromium, toChromium } from '../chromium/addresses.ts';
import type { Page, PageEvents } from '../chromium/page.ts';
import { app } from './app.ts';
import { clone, guardDestroyed, HonestEmitter, makeEvent } from './honest.ts';
import { machine } from './machine.ts';
import { codec } from './node-codec.ts';
import { Loading } from './loading.ts';
import { Navigation } from './navigation.ts';
import { PageState, type OpenHandler } from './page-state.ts';
import { prepareOrigin } from './permissions.ts';
import type { Session } from './session.ts';
import { contentsEvents, type ContentsApi } from './web-contents-api.ts';
import type { WebFrameMain } from './web-frame-main.ts';

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
  #opened = Promise.withResolvers<Page>();
  #tabId = 0;
  #loading = new Loading(this);
  #navigation = new Navigation(this);
  #state: PageState;
  #zoomFactor = 1;

  constructor(session: Session, owner: ContentsOwner, preloadPath: string | null) {
    super('WebContents', contentsEvents);
    this.#session = session;
    this.#owner = owner;
    const [loading, navigation] = [this.#loading, this.#navigation];
    this.#state = new PageState(this, { owner, loading, navigation, preloadPath });
    this.#opened.promise.catch(() => {});
    living.set(this.id, this);
    app.emit('web-contents-created', makeEvent({}), this);
  }

  get session(): Session {
    return this.#session;
  }

  get mainFrame(): WebFrameMain {
    return this.#state.mainFrame;
  }

  isDestroyed(): boolean {
    return this.#state.isDestroyed;
  }

  isCrashed(): boolean {
    return this.#state.isCrashed;
  }

  isLoading(): boolean {
    return this.#loading.isLoading;
  }

  getURL(): string {
    return this.#state.url;
  }

  getTitle(): string {
    return this.#state.title;
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
        this.#navigation.expect(this.#state.url);
        return page.send('Page.reload');
      })
      .catch(() => {});
  }

  send(channel: string, ...args: unknown[]): void {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
    const text = JSON.stringify({ kind: 'send', channel, args: codec.encode(clone(args)) });
    this.#state.page?.post(text);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#state.openHandler = handler;
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
    this.#state.page = page;
    this.#tabId = tabId;
    machine().pages.add(page);
    machine().targets.onGone(page.targetId, () => this.#owner.pageGone());
    this.#opened.resolve(page);
  }

  /** The title as it stands on the X window: how changes after loading are noticed. */
  titleFromWindow(title: string): void {
    // A page without a title is called by its address; Electron does not take that for one.
    const isAddress = fromChromium(`https://${title}`).sessionNumber !== null;
    if (!isAddress && !/^(about:blank|Untitled|_crx_.*)$/.test(title))
      this.#state.titleChanged(title);
  }

  /** What Chromium is to tell of the page. */
  get pageEvents(): PageEvents {
    return this.#state.pageEvents;
  }

  get page(): Page | null {
    return this.#state.page;
  }

  destroy(): void {
    if (this.#state.isDestroyed) return;
    this.#loading.stop('ERR_FAILED');
    living.delete(this.id);
    this.#state.destroy();
    if (this.#state.page) machine().pages.delete(this.#state.page);
    this.#state.page?.close();
    this.#opened.promise.then((page) => page.close()).catch(() => {});
    this.emit('destroyed');
  }

  // For the network.

  isMainFrame(frameId: string): boolean {
    return this.#state.isMainFrame(frameId);
  }

  ownsFrame(frameId: string): boolean {
    return this.#state.ownsFrame(frameId);
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
    const frame = this.#state.frameOf(frameId);
    return this.#navigation.mayGo({ ...rest, isMainFrame, frame });
  }

  noteFailure(address: string, name: string): void {
    this.#loading.noteFailure(address, name);
  }
}

guardDestroyed(WebContents.prototype, [
  'id',
  'page',
  'pageEvents',
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
