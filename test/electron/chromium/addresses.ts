/**
 * Translates addresses of privileged schemes to https and back, because Chromium cannot be taught
 * a scheme from outside: `app://main/x` in the first session is `https://main.app.test/x`, in the
 * third one `https://main.s3.app.test/x`. A session has origins of its own that way, and so a
 * storage of its own, although all windows live in one Chromium profile.
 */

const schemes = new Set<string>();

/** Makes a scheme known; `protocol.registerSchemesAsPrivileged` calls it. */
export function addScheme(scheme: string): void {
  schemes.add(scheme);
}

export function isKnownScheme(scheme: string): boolean {
  return schemes.has(scheme);
}

/** What Chromium loads for an address of the program. Other addresses stay as they are. */
export function toChromium(address: string, sessionNumber: number): string {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(address);
  const scheme = parts?.[1]?.toLowerCase();
  if (!parts || scheme === undefined || !schemes.has(scheme)) return address;
  const session = sessionNumber === 1 ? '' : `.s${sessionNumber}`;
  const rest = parts[3] ?? '';
  return `https://${parts[2]}${session}.${scheme}.test${rest.startsWith('/') ? rest : `/${rest}`}`;
}

/** The program's address for one of Chromium's, and the number of its session (null if foreign). */
export function fromChromium(address: string): { address: string; sessionNumber: number | null } {
  const parts =
    /^https:\/\/([^/?#]+?)(?:\.s(\d+))?\.([a-z][a-z0-9+-]*)\.test(?::443)?(?=[/?#]|$)(.*)$/is.exec(
      address,
    );
  const scheme = parts?.[3]?.toLowerCase();
  if (!parts || scheme === undefined || !schemes.has(scheme))
    return { address, sessionNumber: null };
  return {
    address: `${scheme}://${parts[1]}${parts[4]}`,
    sessionNumber: parts[2] === undefined ? 1 : Number(parts[2]),
  };
}

/** An origin as Electron tells it: `app://main`, and "null" where Chromium writes `://`. */
export function originFromChromium(origin: string): string {
  if (origin === '' || origin === '://' || origin === 'null') return 'null';
  return fromChromium(origin).address.replace(/\/$/, '');
}
