/**
 * Answers every request that Chromium makes: asks the navigation listeners and webRequest, gives
 * `app://` to the session's protocol handler, and lets the rest run into a resolver that knows no name.
 */
import { fromChromium, toChromium } from '../chromium/addresses.ts';
import type { DevTools } from '../chromium/devtools.ts';
import type { HeaderEntry, RequestPaused } from '../chromium/protocol.ts';
import { session as sessions, sessionOfNumber, type Session } from './session.ts';
import { contentsOfFrame, type WebContents } from './web-contents.ts';
import type { RequestDetails } from './web-request.ts';

type Failure = 'Aborted' | 'BlockedByClient' | 'Failed';

const resourceTypes: Record<string, RequestDetails['resourceType']> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Image: 'image',
  Media: 'media',
  Font: 'font',
  Script: 'script',
  XHR: 'xhr',
  Fetch: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
  WebSocket: 'webSocket',
};

let lastId = 0;

/** Takes over all requests of all pages, workers and windows that pages open. */
export async function answerRequests(devTools: DevTools): Promise<void> {
  devTools.on('Fetch.requestPaused', undefined, (paused) => {
    // A page that closes takes its requests along.
    new Exchange(devTools, paused).run().catch(() => {});
  });
  await devTools.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
}

class Exchange {
  #devTools: DevTools;
  #paused: RequestPaused;
  #address: string;
  #contents: WebContents | undefined;
  #session: Session;
  #sessionNumber: number | null;

  constructor(devTools: DevTools, paused: RequestPaused) {
    this.#devTools = devTools;
    this.#paused = paused;
    const { address, sessionNumber } = fromChromium(paused.request.url);
    this.#address = address;
    this.#sessionNumber = sessionNumber;
    this.#contents = contentsOfFrame(paused.frameId);
    this.#session =
      (sessionNumber === null ? this.#contents?.session : sessionOfNumber(sessionNumber)) ??
      sessions.defaultSession;
  }

  async run(): Promise<void> {
    const { resourceType, frameId } = this.#paused;
    // A browser's habit, which Electron has not.
    if (resourceType === 'Other' && this.#address.endsWith('/favicon.ico'))
      return this.#fulfil(204, [], null);
    const isDocument = resourceType === 'Document';
    if (isDocument && !this.#contents) return this.#fail('Aborted');
    if (isDocument && this.#contents) {
      const isRedirect = this.#paused.redirectedRequestId !== undefined;
      const hasReferrer = this.#paused.request.headers['Referer'] !== undefined;
      const request = { address: this.#address, frameId: frameId ?? '', isRedirect, hasReferrer };
      if (!(await this.#contents.mayNavigate(request))) return this.#fail('Aborted');
    }
    const details = this.#details();
    const { cancel, redirectURL } = await this.#session.webRequest.before(details);
    if (cancel) {
      this.#contents?.noteFailure(this.#address, 'ERR_BLOCKED_BY_CLIENT');
      return this.#fail('BlockedByClient');
    }
    if (redirectURL !== undefined && redirectURL !== '') {
      const location = toChromium(redirectURL, this.#session.number);
      return this.#fulfil(307, [{ name: 'Location', value: location }], null);
    }
    if (this.#sessionNumber === null) {
      await this.#devTools.send('Fetch.continueRequest', { requestId: this.#paused.requestId });
      return;
    }
    await this.#askHandler(details);
  }

  async #askHandler(details: RequestDetails): Promise<void> {
    const scheme = this.#address.slice(0, this.#address.indexOf(':'));
    const handler = this.#session.protocol.handlerOf(scheme);
    if (!handler) return this.#failAs('ERR_UNKNOWN_URL_SCHEME');
    let response: Response;
    let body: Uint8Array | null;
    try {
      response = await handler(this.#request());
      if (!(response instanceof Response)) return await this.#failAs('ERR_UNEXPECTED');
      if (response.type === 'error') return await this.#failAs('ERR_FAILED');
      body = response.body === null ? null : new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      console.error(error);
      return this.#failAs('ERR_UNEXPECTED');
    }
    // As in Electron: without a type the reply counts as a page, and of a header given twice one remains.
    const headers = { 'content-type': 'text/html', ...Object.fromEntries(response.headers) };
    const changed = await this.#session.webRequest.received({
      ...details,
      statusCode: response.status,
      statusLine: `HTTP/1.1 ${response.status} ${response.statusText}`.trim(),
      responseHeaders: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, [value]]),
      ),
    });
    if (changed.cancel) return this.#failAs('ERR_BLOCKED_BY_CLIENT');
    const entries = Object.entries(changed.responseHeaders ?? headers).flatMap(([name, value]) =>
      [value].flat().map((one) => ({ name, value: this.#toChromiumHeader(name, one) })),
    );
    await this.#fulfil(response.status, entries, body);
  }

  #request(): Request {
    const { method, headers, postDataEntries } = this.#paused.request;
    const given = new Headers();
    for (const [name, value] of Object.entries(headers)) {
      const translated = /^(origin|referer)$/i.test(name) ? fromChromium(value).address : value;
      if (!(name.toLowerCase() === 'origin' && translated === 'null')) given.set(name, translated);
    }
    const body = Buffer.concat(
      (postDataEntries ?? []).map(({ bytes }) => Buffer.from(bytes ?? '', 'base64')),
    );
    return new Request(this.#address, {
      method,
      headers: given,
      body: body.length > 0 ? body : null,
    });
  }

  #details(): RequestDetails {
    const { request, resourceType, frameId } = this.#paused;
    const contents = this.#contents;
    const kind = resourceTypes[resourceType] ?? 'other';
    const isChild =
      kind === 'mainFrame' && contents !== undefined && !contents.isMainFrame(frameId ?? '');
    return {
      id: ++lastId,
      url: this.#address,
      method: request.method,
      resourceType: isChild ? 'subFrame' : kind,
      referrer: fromChromium(request.headers['Referer'] ?? '').address,
      timestamp: Date.now(),
      ...(contents && !contents.isDestroyed()
        ? {
            webContentsId: contents.id,
            webContents: contents as unknown as Electron.WebContents,
            frame: contents.mainFrame as unknown as Electron.WebFrameMain,
          }
        : {}),
    };
  }

  /** A policy speaks of `app:` addresses, the page of https ones. */
  #toChromiumHeader(name: string, value: string): string {
    if (/^location$/i.test(name)) return toChromium(value, this.#session.number);
    if (!/^(content-security-policy(-report-only)?|access-control-allow-origin)$/i.test(name))
      return value;
    return value
      .split(/([\s;,]+)/)
      .map((part) =>
        part.includes('://') ? toChromium(part, this.#session.number).replace(/\/$/, '') : part,
      )
      .join('');
  }

  async #failAs(name: string): Promise<void> {
    // Chromium cannot be given every reason; who waits for this load is told the right one.
    this.#contents?.noteFailure(this.#address, name);
    await this.#fail(name === 'ERR_BLOCKED_BY_CLIENT' ? 'BlockedByClient' : 'Failed');
  }

  async #fail(errorReason: Failure): Promise<void> {
    await this.#devTools.send('Fetch.failRequest', {
      requestId: this.#paused.requestId,
      errorReason,
    });
  }

  async #fulfil(
    responseCode: number,
    responseHeaders: HeaderEntry[],
    body: Uint8Array | null,
  ): Promise<void> {
    await this.#devTools.send('Fetch.fulfillRequest', {
      requestId: this.#paused.requestId,
      responseCode,
      responseHeaders,
      ...(body
        ? { body: Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64') }
        : {}),
    });
  }
}
