/** The harness's end of a process of clients: asks by number, and answers `null` for what died. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { AskName } from '../../src-shared/bridge.ts';
import type {
  VaultAnswer,
  VaultAskName,
  VaultReply,
  VaultRequest,
} from '../../src-shared/vault.ts';
import type { ClientParts } from './client.ts';

export interface ClientMessage {
  readonly number: number;
  readonly client: string;
  readonly name:
    AskName | 'open' | 'close' | 'vaultPid' | 'waiting' | 'link' | 'vault' | 'wokeUp' | 'round';
  readonly request: unknown;
}
export interface ClientReply {
  readonly number: number;
  readonly value: unknown;
}

/** As the bridge answers; what is asked of a process that has died is answered with `gone`. */
export type Asked =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly code: string };
const GONE = { ok: false, code: 'gone' } as const;

export class ClientProcess {
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, (value: unknown) => void>();
  #number = 0;

  /** `environment` is added to this process's own. */
  constructor(environment: Readonly<Record<string, string>> = {}) {
    this.#child = fork(join(import.meta.dirname, 'client-process.ts'), [], {
      env: { ...process.env, ...environment },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child.on('message', ({ number, value }: ClientReply) => {
      this.#pending.get(number)?.(value);
      this.#pending.delete(number);
    });
    this.#child.on('exit', () => {
      for (const resolve of this.#pending.values()) resolve(GONE);
      this.#pending.clear();
    });
    this.#child.on('error', () => undefined);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async send(client: string, name: ClientMessage['name'], request: unknown): Promise<unknown> {
    if (!this.#child.connected) return GONE;
    this.#number += 1;
    const number = this.#number;
    const answered = Promise.withResolvers<unknown>();
    this.#pending.set(number, answered.resolve);
    const message: ClientMessage = { number, client, name, request };
    this.#child.send(message);
    return await answered.promise;
  }

  async open(client: string, parts: ClientParts): Promise<ClientHandle> {
    await this.send(client, 'open', parts);
    return new ClientHandle(this, client);
  }

  /** As a crash: resolves once the process no longer exists. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}

export class ClientHandle {
  readonly #process: ClientProcess;
  readonly #client: string;

  constructor(process: ClientProcess, client: string) {
    this.#process = process;
    this.#client = client;
  }

  /** As the page asks it. */
  async ask(name: AskName, request: unknown = {}): Promise<Asked> {
    return (await this.#process.send(this.#client, name, request)) as Asked;
  }

  /** As the page asks it; throws where it is refused. */
  async must(name: AskName, request: unknown = {}): Promise<Readonly<Record<string, unknown>>> {
    const answer = await this.ask(name, request);
    if (!answer.ok) throw new Error(`${name} was refused: ${answer.code}`);
    return answer.value;
  }

  /** Signs in, and sees that the keys are open: only then is anything kept. */
  async signIn(person: { readonly email: string; readonly password: string }): Promise<void> {
    const { email, password } = person;
    const { keys } = await this.must('signIn', { email, password });
    const is = (keys as { readonly is?: string } | undefined)?.is;
    if (is !== 'open') throw new Error(`signed in, but the keys are ${is ?? 'unknown'}`);
  }

  /** The vault itself, past main's door. */
  async vault<N extends VaultAskName>(
    name: N,
    request: VaultRequest<N>,
  ): Promise<VaultAnswer<VaultReply<N>>> {
    const asked = await this.#process.send(this.#client, 'vault', [name, request]);
    return asked as VaultAnswer<VaultReply<N>>;
  }

  async vaultPid(): Promise<number> {
    return Number(await this.#process.send(this.#client, 'vaultPid', null));
  }

  async waiting(): Promise<{ readonly known: boolean; readonly count: number }> {
    const told = await this.#process.send(this.#client, 'waiting', null);
    return told as { known: boolean; count: number };
  }

  async link(): Promise<unknown> {
    return await this.#process.send(this.#client, 'link', null);
  }

  /** The computer came into another network. */
  async wokeUp(): Promise<void> {
    await this.#process.send(this.#client, 'wokeUp', null);
  }

  /** The hourly round, where it is due. */
  async round(): Promise<void> {
    await this.#process.send(this.#client, 'round', null);
  }

  async close(): Promise<void> {
    await this.#process.send(this.#client, 'close', null);
  }
}

/** Resolves when `isSo` answers true; false where that did not come in time. */
export async function until(isSo: () => Promise<boolean>, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    if (await isSo()) return true;
    await pause(100);
  }
  return false;
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
