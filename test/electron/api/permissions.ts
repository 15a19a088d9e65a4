/**
 * Asks a session's permission handlers, and brings Chromium's own settings into line with the
 * answer. Without handlers everything is granted, as in Electron.
 */
import type { PermissionQuestion } from '../page/permissions.ts';
import { toChromium } from '../chromium/addresses.ts';
import { machine } from './machine.ts';
import type { Session } from './session.ts';
import type { WebContents } from './web-contents.ts';

/** Chromium's content settings by Electron's names; for other permissions there are none. */
const settings: Record<string, string[]> = {
  media: ['camera', 'microphone'],
  geolocation: ['location'],
  notifications: ['notifications'],
  'clipboard-read': ['clipboard'],
};

type Asked = Parameters<NonNullable<Session['checkHandler']>>[1];
type Requested = Parameters<NonNullable<Session['requestHandler']>>[1];

/** Answers a page's question; a request that is granted becomes possible in Chromium. */
export async function answerPermission(
  contents: WebContents,
  question: PermissionQuestion,
): Promise<boolean> {
  if (question.mode === 'check') return check(contents, question.permission);
  const { requestHandler } = contents.session;
  const { url } = contents.mainFrame;
  const allowed = await new Promise<boolean>((resolve) => {
    if (!requestHandler) {
      resolve(true);
      return;
    }
    const details = {
      requestingUrl: url,
      isMainFrame: true,
      ...(question.mediaTypes
        ? { mediaTypes: question.mediaTypes, securityOrigin: `${contents.mainFrame.origin}/` }
        : {}),
    };
    requestHandler(contents as never, question.permission as Requested, resolve, details);
  });
  await write(contents.session, url, { [question.permission]: allowed });
  return allowed;
}

/** Before a page loads: what its synchronous questions (`Notification.permission`) are to say. */
export async function prepareOrigin(contents: WebContents, address: string): Promise<void> {
  const decisions = Object.fromEntries(
    Object.keys(settings).map((permission) => [permission, check(contents, permission, address)]),
  );
  await write(contents.session, address, decisions);
}

function check(
  contents: WebContents,
  permission: string,
  address = contents.mainFrame.url,
): boolean {
  const { checkHandler } = contents.session;
  if (!checkHandler) return true;
  // Electron's origins end in a slash here.
  const origin = `${/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(address)?.[0] ?? 'null'}/`;
  const details = { requestingUrl: address, isMainFrame: true, securityOrigin: origin };
  return checkHandler(contents as never, permission as Asked, origin, details);
}

const written = new Map<string, boolean>();

async function write(
  session: Session,
  address: string,
  decisions: Record<string, boolean>,
): Promise<void> {
  const origin = /^https:\/\/[^/]+/.exec(toChromium(address, session.number))?.[0];
  if (origin === undefined) return;
  const changes: Record<string, boolean> = {};
  for (const [permission, allowed] of Object.entries(decisions)) {
    for (const setting of settings[permission] ?? []) {
      const key = `${origin} ${setting}`;
      if (written.get(key) !== allowed) changes[setting] = allowed;
      written.set(key, allowed);
    }
  }
  if (Object.keys(changes).length > 0) await machine().opener.setContentSettings(origin, changes);
}
