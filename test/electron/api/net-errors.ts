/** Chromium's network errors by name; the numbers are those that Electron gives out. */
const numbers: Record<string, number> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_UNEXPECTED: -9,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_BLOCKED_BY_RESPONSE: -27,
  ERR_BLOCKED_BY_CSP: -30,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_INTERNET_DISCONNECTED: -106,
  ERR_INVALID_URL: -300,
  ERR_UNKNOWN_URL_SCHEME: -302,
  ERR_INVALID_RESPONSE: -320,
};

export interface NetError {
  description: string;
  code: number;
}

export function netError(name: string): NetError {
  const description = name.replace(/^net::/, '');
  return { description, code: numbers[description] ?? -2 };
}

/** What `loadURL` rejects with. */
export function loadError({ description, code }: NetError, url: string): Error {
  return Object.assign(new Error(`${description} (${code}) loading '${url.slice(0, 2048)}'`), {
    errno: code,
    code: description,
    url,
  });
}
