/**
 * Answers requests for `app://meadowlark/…` with the files of the page and nothing else (R5).
 * Knows nothing of Electron: `scheme.ts` hands requests in and replies out.
 */
import { readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { PAGE_ORIGIN } from './page-address.ts';

/** R17, word for word. The network is reached through the main process only. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'none'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  webp: 'image/webp',
  woff2: 'font/woff2',
};

export interface PageReply {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | null;
}

/**
 * The file under `root` that an address names, or null. Works on the address as it came, by what
 * is allowed: no escapes, no backslashes, no dot segments, no other host. The names that the
 * build gives need none of these.
 */
export function fileOf(root: string, address: string): { path: string; type: string } | null {
  const match = /^app:\/\/meadowlark\/([A-Za-z0-9._/-]*)(?:\?[^#]*)?(?:#.*)?$/.exec(address);
  if (match === null) return null;
  const relative = match[1] === '' ? 'index.html' : (match[1] ?? '');
  const segments = relative.split('/');
  if (segments.some((segment) => segment === '' || segment.startsWith('.'))) return null;
  const type = CONTENT_TYPES[relative.slice(relative.lastIndexOf('.') + 1)];
  if (type === undefined) return null;
  const path = resolve(join(root, ...segments));
  return path.startsWith(resolve(root) + sep) ? { path, type } : null;
}

/** The reply to a request of the page. Whatever is not a file of the page is 404, without words. */
export async function replyTo(root: string, method: string, address: string): Promise<PageReply> {
  const file = method === 'GET' ? fileOf(root, address) : null;
  if (file === null) return missing();
  try {
    const body = Uint8Array.from(await readFile(file.path));
    return { status: 200, headers: headersFor(file.type), body };
  } catch {
    return missing();
  }
}

/** Every reply carries the policy: a document may be of any type that a browser displays. */
function headersFor(type: string): Record<string, string> {
  return {
    'Content-Type': type,
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}

function missing(): PageReply {
  return { status: 404, headers: headersFor('text/plain; charset=utf-8'), body: null };
}

/** Whether the page may fetch this address at all: its own files and its own blobs (R19, R102). */
export function mayLoad(address: string): boolean {
  return address.startsWith(`${PAGE_ORIGIN}/`) || address.startsWith(`blob:${PAGE_ORIGIN}/`);
}
