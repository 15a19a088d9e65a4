/** The school's server as its administrator runs it: commands, and the server as a process. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const CLI = join(import.meta.dirname, '..', '..', 'server', 'cli.ts');

/** Runs `npm run server -- …args` and answers with what it printed; throws it where it fails. */
export async function serverCommand(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      output += text;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`server ${args[0] ?? ''} failed:\n${output}`);
  return output;
}

export interface ServerProcess {
  readonly pid: number;
  /** Resolves when it has ended, by itself or by `stop`. */
  readonly ended: Promise<void>;
  /** SIGTERM, and after 10 s SIGKILL; resolves when it has ended. */
  stop(): Promise<void>;
}

export interface ServerStart {
  readonly folder: string;
  readonly port: number;
  readonly smtpUrl: string;
  /** Each line of its log. */
  readonly onLog?: (line: string) => void;
}

/** Starts it on loopback; resolves once it listens. */
export async function startServerProcess(start: ServerStart): Promise<ServerProcess> {
  const child = spawn(process.execPath, [CLI, 'start', '--data', start.folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C in the terminal is for whoever started the server, and ends it in good order.
    detached: process.platform !== 'win32',
    env: {
      ...process.env,
      MEADOWLARK_ADDRESS: '127.0.0.1',
      MEADOWLARK_PORT: String(start.port),
      MEADOWLARK_MAIL_URL: start.smtpUrl,
    },
  });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
  });
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const note = (line: string): void => {
      lines.push(line);
      start.onLog?.(line);
      if (line.includes('"msg":"listening"')) resolve();
    };
    for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', note);
    child.on('error', reject);
    child.on('close', () => reject(new Error(`the server did not start:\n${lines.join('\n')}`)));
  });
  return {
    pid: child.pid ?? 0,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** A port of loopback that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** Whether `port` of loopback can be listened on. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
