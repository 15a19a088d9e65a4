/** Opens the real client on a display of its own, for specs and the tour to drive. */
import type { ChildProcess } from 'node:child_process';
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import { clientArguments, type ClientStart } from '../../tools/demo/client-process.ts';
import { startDisplay } from '../electron/launch.ts';

export interface Client {
  readonly app: ElectronApplication;
  /** What stands in the window now: logging out and locking begin it anew. */
  readonly page: Page;
  /** Ends the client and its display; resolves when both have ended. */
  close(): Promise<void>;
}

/** Starts it and waits until its first page stands there. */
export async function openClient(
  start: ClientStart,
  { size = '1366x768x24' }: { readonly size?: string } = {},
): Promise<Client> {
  // One client is one computer: the stand-in is the window manager of its display.
  const display = process.platform === 'linux' ? await startDisplay({ size }) : null;
  const env = display === null ? process.env : { ...process.env, DISPLAY: display.display };
  try {
    const app = await _electron.launch({
      executablePath: start.executable.path,
      args: clientArguments(start),
      env: Object.fromEntries(
        Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ),
    });
    // Once it has ended, Playwright knows its process no more.
    const running = app.process();
    const first = await app.firstWindow();
    await expect(first.getByRole('heading', { level: 1 })).toBeVisible({ timeout: 20_000 });
    let closing: Promise<void> | null = null;
    return {
      app,
      get page() {
        return app.windows().findLast((page) => !page.isClosed()) ?? first;
      },
      close: () => (closing ??= end(app, running).then(() => display?.stop())),
    };
  } catch (error) {
    await display?.stop();
    throw error;
  }
}

/** A client with something that was not submitted asks before it closes: nobody is there to answer. */
const CLOSING_MS = 5_000;

async function end(app: ElectronApplication, running: ChildProcess): Promise<void> {
  if (running.exitCode !== null || running.signalCode !== null) return;
  const timer = setTimeout(() => running.kill('SIGKILL'), CLOSING_MS);
  await app.close().catch(() => undefined);
  clearTimeout(timer);
}
