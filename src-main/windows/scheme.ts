/** Gives Electron the scheme `app:` and answers it in the window's own session (R5). */
import { protocol } from 'electron';
import { PAGE_SCHEME } from './page-address.ts';
import { replyTo } from './page-files.ts';

/** Must run before `ready`, once: later Electron refuses. `standard` and `secure`, nothing else. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

/** Serves the folder `root` to this session; must run before its first load. */
export function servePages(session: Electron.Session, root: string): void {
  session.protocol.handle(PAGE_SCHEME, async (request) => {
    const reply = await replyTo(root, request.method, request.url);
    return new Response(reply.body, { status: reply.status, headers: reply.headers });
  });
}
