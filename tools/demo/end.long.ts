/**
 * The demo's end, as a person ends it in a terminal: Ctrl-C, a closed terminal, or told by the
 * system to end. Nothing of it may go on running, and nothing may stay outside of its folder.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startXvfb, type VirtualDisplay } from '../../test/electron/display/xvfb.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const CTRL_C = '\x03';
const START_MS = 240_000;
const END_MS = 30_000;

interface Running {
  readonly child: ChildProcess;
  readonly output: () => string;
}

// A terminal of its own is made by util-linux's script, and processes are found in /proc.
describe.skipIf(process.platform !== 'linux')('the demo', () => {
  let folder: string;
  let temp: string;
  let display: VirtualDisplay;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'meadowlark-end-'));
    temp = join(folder, 'temp');
    mkdirSync(temp);
    display = await startXvfb();
  });
  afterEach(() => {
    for (const { pid } of processesOf(folder)) process.kill(pid, 'SIGKILL');
  });
  afterAll(async () => {
    await display.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Resolves when both sign-ins stand there and the client has a page. */
  async function start(isInTerminal: boolean): Promise<Running> {
    const command = ['npm', 'run', 'demo', '--', '--stand-in', '--data', join(folder, 'demo')];
    const [program = '', ...parameters] = isInTerminal
      ? ['script', '--quiet', '--flush', '--return', '--command', command.join(' '), '/dev/null']
      : command;
    const child = spawn(program, parameters, {
      cwd: ROOT,
      // A process group of its own, as a shell gives to what is typed.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      // npm itself would keep what it compiled among the temporary files.
      env: {
        ...process.env,
        DISPLAY: display.display,
        TMPDIR: temp,
        NODE_DISABLE_COMPILE_CACHE: '1',
      },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    const isReady = () =>
      /Sign in as a teacher[\s\S]*password[\s\S]*safeguarding lead[\s\S]*password/.test(output) &&
      processesOf(folder).some(({ command: its }) => its.includes('--type=renderer'));
    await expect.poll(() => isReady() || output, { timeout: START_MS, interval: 500 }).toBe(true);
    return { child, output: () => output };
  }

  /** Processes and temporary files that are still there when all has had its time to end. */
  async function whatIsLeft(): Promise<string[]> {
    const end = performance.now() + END_MS;
    while (processesOf(folder).length > 0 && performance.now() < end) await pause(250);
    return [...processesOf(folder).map(({ command }) => command), ...readdirSync(temp)];
  }

  test('Ctrl-C in its terminal ends all of it in good order', async () => {
    const { child, output } = await start(true);
    const ended = once(child, 'exit');
    child.stdin?.write(CTRL_C);
    expect(await whatIsLeft()).toEqual([]);
    await ended;
    expect(output()).toContain('Ending.');
  });

  test('a terminal that is closed ends all of it', async () => {
    const { child } = await start(true);
    // What held the terminal is gone: the system hangs up on everything that ran in it.
    child.kill('SIGKILL');
    expect(await whatIsLeft()).toEqual([]);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s to the whole group ends it', async (signal) => {
    const { child, output } = await start(false);
    const ended = once(child, 'exit');
    process.kill(-(child.pid ?? 0), signal);
    expect(await whatIsLeft()).toEqual([]);
    await ended;
    expect(output()).toContain('Ending.');
  });
});

/** Every process that was started with this folder in its environment, or has it among its words. */
function processesOf(folder: string): { readonly pid: number; readonly command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const environment = readFileSync(`/proc/${name}/environ`, 'utf8');
        // One that has ended and waits for its parent to look has neither.
        if (!`${command} ${environment}`.includes(folder)) return [];
        return [{ pid: Number(name), command }];
      } catch {
        return [];
      }
    });
}
