/** A display of one's own, for machines without one and for test workers side by side. */
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

export interface VirtualDisplay {
  /** As the environment variable DISPLAY wants it, `:7`. */
  display: string;
  stop(): Promise<void>;
  /** For the end of this process, where nothing can be awaited any more. */
  kill(): void;
}

export interface DisplayOptions {
  /** WIDTHxHEIGHTxDEPTH */
  size?: string;
  /** So that it does not outlive a process that was killed outright. */
  endWithLastClient?: boolean;
}

/** Starts Xvfb on the first free number. */
export function startXvfb({
  size = '1366x768x24',
  endWithLastClient = false,
}: DisplayOptions = {}): Promise<VirtualDisplay> {
  // -noreset: monitors made by xrandr are forgotten when the last client leaves otherwise.
  const child = spawn(
    'Xvfb',
    [
      '-displayfd',
      '3',
      '-screen',
      '0',
      size,
      endWithLastClient ? '-terminate' : '-noreset',
      '-nolisten',
      'tcp',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return new Promise((resolve, reject) => {
    child.once('error', () =>
      reject(new Error('Xvfb cannot be started: install the package xvfb, or set DISPLAY.')),
    );
    child.once('exit', (code) =>
      reject(new Error(`Xvfb ended with code ${code} before it had a display.`)),
    );
    let text = '';
    const numbers = child.stdio[3] as Readable;
    numbers.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (!text.includes('\n')) return;
      numbers.destroy();
      resolve({
        display: `:${text.trim()}`,
        kill: () => void child.kill('SIGTERM'),
        async stop() {
          child.kill('SIGTERM');
          await gone;
        },
      });
    });
  });
}
