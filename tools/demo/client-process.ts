/** Which client the demo shows, and the client as a process of its own. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { electronExecutable, type ElectronExecutable } from '../../test/electron/launch.ts';
import { buildFolder } from '../build.ts';
import { fetchElectron } from './electron-binary.ts';

/**
 * Real Electron where its binary is there or can be fetched, else the stand-in; `isStandIn` asks
 * for the stand-in. `why` is the sentence to tell.
 */
export async function chooseExecutable(
  isStandIn: boolean,
  say: (words: string) => void,
): Promise<ElectronExecutable> {
  if (isStandIn) process.env['MEADOWLARK_ELECTRON'] = 'stand-in';
  const isAsked = process.env['MEADOWLARK_ELECTRON'] === 'stand-in';
  const there = await electronExecutable().catch(() => null);
  if (there?.kind === 'electron' || isAsked) return there ?? electronExecutable();
  const problem = await fetchElectron(say);
  if (problem !== null) say(problem);
  return electronExecutable();
}

export interface ClientStart {
  readonly executable: ElectronExecutable;
  readonly schoolFile: string;
  /** Where this client keeps what it keeps on disk. */
  readonly userData: string;
}

/** The arguments that both Playwright and the demo start the executable with. */
export function clientArguments({
  schoolFile,
  userData,
}: Omit<ClientStart, 'executable'>): string[] {
  mkdirSync(userData, { recursive: true });
  return [
    join(buildFolder('demo'), 'main', 'main.js'),
    `--school-file=${schoolFile}`,
    `--user-data-dir=${userData}`,
    // Chromium's own sandbox refuses to run as root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

export interface ClientProcess {
  readonly pid: number;
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts a client for a person to use, on the display of this computer. */
export function startClientProcess(start: ClientStart): ClientProcess {
  const child = spawn(start.executable.path, clientArguments(start), {
    stdio: ['ignore', 'ignore', 'inherit'],
    // Ctrl-C in the terminal is for the demo, which then ends the client in good order.
    detached: process.platform !== 'win32',
  });
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve());
    child.on('close', () => resolve());
  });
  return {
    pid: child.pid ?? 0,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(timer);
    },
  };
}
