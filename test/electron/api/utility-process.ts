/**
 * `utilityProcess`: a real process with a `process.parentPort`, as Electron starts one. What
 * crosses is copied at each wall; killing before `spawn` does nothing; an end by signal is code 0.
 */
import { fork, type ChildProcess, type Serializable } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app } from './app.ts';
import { clone, honest, HonestEmitter, makeEvent } from './honest.ts';

const BOOT = fileURLToPath(new URL('utility-process-boot.ts', import.meta.url));

type ProcessApi = Pick<
  Electron.UtilityProcess,
  'kill' | 'postMessage' | 'pid' | 'stdout' | 'stderr'
>;

export class UtilityProcess extends HonestEmitter implements ProcessApi {
  #child: ChildProcess | null = null;
  #isSpawned = false;
  #hasExited = false;
  /** Posted before `spawn`; Electron keeps them too. */
  #queue: unknown[] = [];

  constructor(path: string, args: string[], options: Electron.ForkOptions) {
    super('UtilityProcess', ['spawn', 'exit', 'message', 'error']);
    // Nothing of it has happened when `fork` returns.
    setImmediate(() => this.#start(path, args, options));
  }

  get pid(): number | undefined {
    return this.#isSpawned && !this.#hasExited ? this.#child?.pid : undefined;
  }

  get stdout(): Electron.UtilityProcess['stdout'] {
    return this.#child?.stdout ?? null;
  }

  get stderr(): Electron.UtilityProcess['stderr'] {
    return this.#child?.stderr ?? null;
  }

  postMessage(message: unknown): void {
    const copy: unknown = clone(message);
    if (this.#isSpawned) this.#send(copy);
    else this.#queue.push(copy);
  }

  /** False before `spawn` and after the end, and nothing happens then. */
  kill(): boolean {
    if (this.pid === undefined) return false;
    const child = this.#child;
    child?.kill('SIGTERM');
    // Chromium's way on Linux: two seconds for a handler, then without mercy.
    setTimeout(() => child?.kill('SIGKILL'), 2_000).unref();
    return true;
  }

  /** For the end of the program, which its helpers do not outlive. */
  end(): void {
    this.#child?.kill('SIGKILL');
  }

  #start(path: string, args: string[], options: Electron.ForkOptions): void {
    const { stdio = 'inherit', env = {}, execArgv = [], serviceName } = options;
    const own = Object.keys(env).length > 0 ? env : process.env;
    const child = fork(path, args, {
      execPath: process.execPath,
      execArgv: [...execArgv, '--import', BOOT],
      serialization: 'advanced',
      // stdin is always closed.
      stdio: ['ignore', ...streamsOf(stdio), 'ipc'],
      env: own as NodeJS.ProcessEnv,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    this.#child = child;
    living.add(this);
    child.once('spawn', () => {
      this.#isSpawned = true;
      this.emit('spawn');
      for (const message of this.#queue.splice(0)) this.#send(message);
    });
    child.on('message', (message) => this.emit('message', clone(message)));
    child.on('error', () => {});
    child.once('exit', (code) => {
      this.#hasExited = true;
      living.delete(this);
      // Killed or crashed: Electron maps SIGTERM and SIGKILL to 0, Node says null.
      const exitCode = code ?? 0;
      this.emit('exit', exitCode);
      const reason = code === null ? 'killed' : code === 0 ? 'clean-exit' : 'abnormal-exit';
      app.emit('child-process-gone', makeEvent({}), {
        type: 'Utility',
        reason,
        exitCode,
        serviceName: 'node.mojom.NodeService',
        name: serviceName ?? 'Node Utility Process',
      });
    });
  }

  #send(message: unknown): void {
    // Dropped silently after the end.
    if (this.#child?.connected === true) this.#child.send(message as Serializable, () => {});
  }
}

function streamsOf(
  stdio: Exclude<Electron.ForkOptions['stdio'], undefined>,
): ('ignore' | 'inherit' | 'pipe')[] {
  if (typeof stdio === 'string') {
    if (stdio !== 'ignore' && stdio !== 'inherit' && stdio !== 'pipe') {
      throw new TypeError('stdio must be of the following values: pipe, inherit, ignore');
    }
    return [stdio, stdio];
  }
  const [input, output, errors] = stdio;
  if (input !== 'ignore') throw new Error('stdin value other than ignore is not supported.');
  return [output ?? 'inherit', errors ?? 'inherit'];
}

const living = new Set<UtilityProcess>();
app.on('quit', () => {
  for (const one of living) one.end();
});

export const utilityProcess = honest('utilityProcess', {
  fork(
    path: string,
    args: string[] | Electron.ForkOptions = [],
    options: Electron.ForkOptions = Array.isArray(args) ? {} : args,
  ): UtilityProcess {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.');
    if (!isAbsolute(path) && !existsSync(path))
      throw new Error('Missing UtilityProcess entry script.');
    return new UtilityProcess(path, Array.isArray(args) ? args : [], options);
  },
});
