/**
 * Watches what must never happen at a client, whatever a spec does there: a script that the policy
 * stopped, a dialog of the browser, an error of the page, a request to anywhere but the program.
 */
import type { Page } from '@playwright/test';
import type { Client } from './client.ts';

export interface Watch {
  /** What has happened so far, in words; empty where all is well. */
  readonly faults: readonly string[];
}

/**
 * Begins before the page has shown anything that a person typed or a server sent; a page that takes
 * its place is watched from its beginning.
 */
export function watchClient({ app, page: first }: Client): Watch {
  const faults: string[] = [];
  // The page's own host is the program's scheme: app: on Electron; on the stand-in a name of it
  // with the number of its session, which is another one in each fresh window.
  const ownOf = (host: string): string => host.replace(/\.s\d+\./, '.');
  const own = ownOf(new URL(first.url()).host);
  app.context().on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (ownOf(host) !== own && protocol !== 'blob:')
      faults.push(`asked for ${request.url()} (R19)`);
  });
  const watchPage = (page: Page): void => {
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) {
        faults.push(`the policy stopped something (R17): ${message.text()}`);
      }
    });
    page.on('dialog', (dialog) => {
      // A window that is closed while something is unsent asks; that is no script of a text.
      if (dialog.type() === 'beforeunload') return void dialog.accept().catch(() => undefined);
      faults.push(`a dialog opened (R18): ${dialog.message()}`);
      // The stand-in dismisses it too.
      dialog.dismiss().catch(() => undefined);
    });
    page.on('pageerror', (error) =>
      faults.push(`the page failed: ${error.stack ?? error.message}`),
    );
  };
  watchPage(first);
  app.on('window', watchPage);
  return { faults };
}
