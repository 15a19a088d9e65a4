/** `session.webRequest`: one listener for each event, a later one replaces the first. */
import { HonestObject } from './honest.ts';

type Filter = { urls?: string[]; types?: string[] };
type BeforeListener = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (response: Electron.CallbackResponse) => void,
) => void;
type HeadersListener = (
  details: Electron.OnHeadersReceivedListenerDetails,
  callback: (response: Electron.HeadersReceivedResponse) => void,
) => void;

export interface RequestDetails {
  id: number;
  url: string;
  method: string;
  webContentsId?: number;
  webContents?: Electron.WebContents;
  frame?: Electron.WebFrameMain | null;
  resourceType: Electron.OnBeforeRequestListenerDetails['resourceType'];
  referrer: string;
  timestamp: number;
}

export class WebRequest extends HonestObject {
  #before: { filter: Filter | null; listener: BeforeListener } | null = null;
  #headers: { filter: Filter | null; listener: HeadersListener } | null = null;

  onBeforeRequest(filter: Filter | BeforeListener | null, listener?: BeforeListener | null): void {
    this.#before = entry(filter, listener);
  }

  onHeadersReceived(
    filter: Filter | HeadersListener | null,
    listener?: HeadersListener | null,
  ): void {
    this.#headers = entry(filter, listener);
  }

  /** For the network: what the listener decides, {} without one. */
  before(details: RequestDetails): Promise<Electron.CallbackResponse> {
    const { filter, listener } = this.#before ?? {};
    if (!listener || !matches(filter ?? null, details)) return Promise.resolve({});
    return new Promise((resolve) => listener({ ...details, uploadData: [] }, resolve));
  }

  /** For the network: what the listener makes of a reply's headers. */
  received(
    details: RequestDetails & {
      statusCode: number;
      statusLine: string;
      responseHeaders: Record<string, string[]>;
    },
  ): Promise<Electron.HeadersReceivedResponse> {
    const { filter, listener } = this.#headers ?? {};
    if (!listener || !matches(filter ?? null, details)) return Promise.resolve({});
    return new Promise((resolve) => listener(details, resolve));
  }
}

function entry<Listener>(
  filter: Filter | Listener | null,
  listener: Listener | null | undefined,
): { filter: Filter | null; listener: Listener } | null {
  if (typeof filter === 'function') return { filter: null, listener: filter };
  return listener ? { filter: filter as Filter | null, listener } : null;
}

function matches(filter: Filter | null, details: RequestDetails): boolean {
  if (!filter) return true;
  if (filter.types && !filter.types.includes(details.resourceType)) return false;
  // Since Electron 35 an empty list no longer means all.
  return (filter.urls ?? []).some((pattern) => {
    if (pattern === '<all_urls>') return true;
    const text = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    return new RegExp(`^${text}$`).test(details.url);
  });
}
