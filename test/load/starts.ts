/** How long the server and the client take to start, each against the least that it could be. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, chromium } from '@playwright/test';
import { electronExecutable, startDisplay } from '../electron/launch.ts';
import { findChromium } from '../electron/chromium/process.ts';
import { clientArguments } from '../../tools/demo/client-process.ts';
import { freePort, startServerProcess } from '../../tools/demo/server-process.ts';
import { figure, median, type Figure } from './figure.ts';
import type { BenchSchool } from './schools.ts';

const CLIENT_AT_MOST = 1.3;
const EMPTY_WINDOW = join(import.meta.dirname, 'empty-window', 'main.mjs');
const BARE_SERVER = join(import.meta.dirname, 'bare-server.ts');
/** As root, Chromium's own sandbox refuses to run. */
const AS_ROOT = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** From the start of the process until it listens, against a Node process that only listens. */
export async function measureServerStart(school: BenchSchool, rounds: number): Promise<Figure> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const port = await freePort();
    const started = performance.now();
    const server = await startServerProcess({
      folder: school.demo.server,
      port,
      smtpUrl: 'smtp://127.0.0.1:9',
    });
    ours.push(performance.now() - started);
    await server.stop();
    bare.push(await startBare(school.demo.server));
  }
  return figure({
    what: 'Server start until it listens',
    measured: median(ours),
    against: 'a Node process that only listens with the same certificate',
    reference: median(bare),
    unit: 'ms',
  });
}

async function startBare(folder: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [BARE_SERVER, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', () => reject(new Error('the bare server did not start')));
  });
  const time = performance.now() - started;
  child.kill();
  return time;
}

/**
 * From the start of the process until the password field can be typed in, against an empty window
 * of the same executable, and beside it a bare window of the same browser. All three are driven by
 * Playwright, whose own share is in each of them.
 */
export async function measureClientStart(school: BenchSchool, rounds: number): Promise<Figure[]> {
  const executable = await electronExecutable();
  const display = process.platform === 'linux' ? await startDisplay() : null;
  const env = { ...process.env, ...(display === null ? {} : { DISPLAY: display.display }) };
  const folder = mkdtempSync(join(tmpdir(), 'meadowlark-start-'));
  const clients: number[] = [];
  const empties: number[] = [];
  const bares: number[] = [];
  try {
    for (let round = -1; round < rounds; round++) {
      const userData = join(folder, `client-${round}`);
      const args = clientArguments({ schoolFile: school.demo.schoolFile, userData });
      const client = await untilVisible(
        { executablePath: executable.path, args, env },
        'input[type=password]',
      );
      const empty = await untilVisible(
        { executablePath: executable.path, args: [EMPTY_WINDOW, ...AS_ROOT], env },
        'h1',
      );
      const bare = await bareWindow(env);
      // The first round fills the caches of the disk and is not counted.
      if (round < 0) continue;
      clients.push(client);
      empties.push(empty);
      bares.push(bare);
    }
  } finally {
    await display?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const measured = median(clients);
  const what = `Client start until the password field, on ${executable.kind === 'electron' ? 'Electron' : 'the stand-in'}`;
  return [
    figure({
      what,
      measured,
      against: 'an empty window of the same',
      reference: median(empties),
      unit: 'ms',
      atMost: CLIENT_AT_MOST,
    }),
    figure({
      what,
      measured,
      against: 'a bare window of the same browser',
      reference: median(bares),
      unit: 'ms',
    }),
  ];
}

async function untilVisible(
  options: { executablePath: string; args: string[]; env: NodeJS.ProcessEnv },
  selector: string,
): Promise<number> {
  const started = performance.now();
  const app = await _electron.launch({
    ...options,
    env: Object.fromEntries(
      Object.entries(options.env).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    ),
  });
  const page = await app.firstWindow();
  await page.locator(selector).waitFor({ state: 'visible' });
  const time = performance.now() - started;
  await app.close();
  return time;
}

async function bareWindow(env: NodeJS.ProcessEnv): Promise<number> {
  const path = findChromium();
  const started = performance.now();
  const browser = await chromium.launch({
    ...(path === null ? {} : { executablePath: path }),
    headless: false,
    args: AS_ROOT,
    env: Object.fromEntries(
      Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  });
  const page = await browser.newPage();
  await page.setContent('<h1>Empty</h1>');
  await page.locator('h1').waitFor({ state: 'visible' });
  const time = performance.now() - started;
  await browser.close();
  return time;
}
