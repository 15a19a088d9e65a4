/** Chromium as a process: where it is, how it is started, and how it ends. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { DevTools } from './devtools.ts';

const profilePrefix = 'meadowlark-stand-in-';

/** The first Chromium on this machine, or null. The binary is preferred to Debian's wrapper script, which starts 15 processes of its own. */
export function findChromium(): string | null {
  const named = process.env['MEADOWLARK_CHROMIUM'];
  if (named) return named;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [
    '/usr/lib/chromium/chromium',
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
  ];
  return candidates.find((candidate) => existsSync(candidate)) ?? null;
}

export interface ChromiumProcess {
  devTools: DevTools;
  /** Asks the browser to end, kills it after two seconds, and removes its profile. */
  stop(): Promise<void>;
  /** For the end of this process, where nothing can be awaited any more. */
  kill(): void;
}

/**
 * Starts Chromium with no window. `debuggingPort` opens DevTools on TCP for a test's driver too;
 * its "DevTools listening on" line goes to our stderr, where the driver waits for it.
 */
export function startChromium(options: {
  display: string;
  debuggingPort: string | null;
}): ChromiumProcess {
  const executable = findChromium();
  if (!executable) {
    throw new Error(
      'The stand-in for Electron needs Chromium: install it, or name it in MEADOWLARK_CHROMIUM.',
    );
  }
  removeOldProfiles();
  const profile = mkdtempSync(join(tmpdir(), `${profilePrefix}${process.pid}-`));
  const child = spawn(executable, switches(profile, options.debuggingPort), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, DISPLAY: options.display },
  });
  forwardDevToolsLine(child);
  const devTools = new DevTools(child.stdio[4] as Readable, child.stdio[3] as Writable);
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const removeProfile = (): void =>
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  return {
    devTools,
    async stop() {
      devTools.send('Browser.close').catch(() => {});
      const timer = setTimeout(() => child.kill('SIGKILL'), 2000);
      await gone;
      clearTimeout(timer);
      removeProfile();
    },
    kill() {
      child.kill('SIGKILL');
      try {
        removeProfile();
      } catch {
        // A file still being written; the next start removes the folder.
      }
    },
  };
}

function switches(profile: string, debuggingPort: string | null): string[] {
  return [
    `--user-data-dir=${profile}`,
    '--remote-debugging-pipe',
    ...(debuggingPort === null ? [] : [`--remote-debugging-port=${debuggingPort}`]),
    '--enable-unsafe-extension-debugging',
    '--no-startup-window',
    '--keep-alive-for-test',
    // Without it a yellow bar about --no-sandbox takes 56 pixels of each window.
    '--test-type',
    // Nothing can leave this machine, or even this browser.
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--no-proxy-server',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-domain-reliability',
    '--disable-sync',
    '--disable-breakpad',
    '--disable-default-apps',
    '--disable-search-engine-choice-screen',
    '--no-default-browser-check',
    '--no-first-run',
    '--no-pings',
    '--dns-prefetch-disable',
    '--disk-cache-size=1',
    '--password-store=basic',
    '--ozone-platform=x11',
    '--disable-gpu',
    '--lang=en-GB',
    '--disable-features=Translate,BackForwardCache,MediaRouter,OptimizationHints,GlobalMediaControls,DestroyProfileOnBrowserClose,SpareRendererForSitePerProcess,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

function forwardDevToolsLine(child: ChildProcess): void {
  const verbose = Boolean(process.env['MEADOWLARK_CHROMIUM_LOG']);
  let rest = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (verbose || line.startsWith('DevTools listening on ws')) process.stderr.write(`${line}\n`);
    }
  });
}

/** A process that was killed outright leaves its profile behind: it is cleared at the next start. */
function removeOldProfiles(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(profilePrefix)) continue;
    const owner = Number(name.slice(profilePrefix.length).split('-')[0]);
    if (Number.isInteger(owner) && owner > 0 && !existsSync(`/proc/${owner}`)) {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
}
