/**
 * Keeps a vault running and speaks with it: every ask has a number, a schema on both ends and a
 * time limit. A vault that dies or no longer answers is begun again, ever more slowly, without keys.
 */
import { z } from 'zod';
import { VaultCode, vaultAsks } from '../../src-shared/vault.ts';
import type {
  VaultAnswer,
  VaultAskName,
  VaultReply,
  VaultRequest,
} from '../../src-shared/vault.ts';
import type { VaultProcess } from './process.ts';

/** Unwrapping costs seconds on an old computer, and a damaged store takes long to be read. */
const SLOW_MS = 90_000;
const USUAL_MS = 30_000;
const SLOW: readonly VaultAskName[] = [
  'open',
  'unlockOnline',
  'unlockWithOld',
  'unlockOffline',
  'finishRecovery',
  'beginAnew',
  'changePassword',
];

/** The waits before the second, third … beginning after a crash, in ms; the last one from then on. */
const RESTART_MS = [0, 1_000, 4_000, 15_000, 30_000] as const;
/** A vault that lived this long did not die of what made the one before die. */
const SETTLED_MS = 60_000;

const Reply = z.strictObject({
  number: z.int(),
  answer: z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value: z.unknown() }),
    z.strictObject({
      ok: z.literal(false),
      code: VaultCode,
      waitSeconds: z.number().optional(),
    }),
  ]),
});

/** The asks of a vault that is open: what the rest of main is given. */
export interface Vault {
  ask<N extends VaultAskName>(
    name: N,
    request: VaultRequest<N>,
  ): Promise<VaultAnswer<VaultReply<N>>>;
}

export interface VaultHostParts {
  readonly start: () => VaultProcess;
  /** Asked at every beginning, as the sealing key may have become another meanwhile. */
  readonly open: () => VaultRequest<'open'>;
  /** Milliseconds that only go forward. */
  readonly clock: () => number;
  /** How `open` was answered, each time. */
  readonly onOpened: (answer: VaultAnswer<VaultReply<'open'>>) => void;
  /** A vault ended that nobody had ended, and with it the keys. */
  readonly onCrashed: () => void;
  readonly limitMs?: (name: VaultAskName) => number;
}

interface Pending {
  readonly resolve: (answer: VaultAnswer<unknown>) => void;
  readonly timer: NodeJS.Timeout;
}

interface Running {
  readonly process: VaultProcess;
  readonly pending: Map<number, Pending>;
  readonly exited: Promise<void>;
  readonly startedAt: number;
  opened: Promise<VaultAnswer<VaultReply<'open'>>>;
  isMeantToEnd: boolean;
}

const GONE = { ok: false, code: 'gone' } as const;

export class VaultHost implements Vault {
  readonly #parts: VaultHostParts;
  #running: Running | null = null;
  #hasBegun = false;
  #restart: NodeJS.Timeout | undefined;
  #crashes = 0;
  #number = 0;

  constructor(parts: VaultHostParts) {
    this.#parts = parts;
  }

  /** Starts a vault, if none is running. What is asked before it is open waits. */
  begin(): void {
    this.#hasBegun = true;
    if (this.#running !== null) return;
    clearTimeout(this.#restart);
    const child = this.#parts.start();
    const ended = Promise.withResolvers<void>();
    const running: Running = {
      process: child,
      pending: new Map(),
      exited: ended.promise,
      startedAt: this.#parts.clock(),
      opened: Promise.resolve(GONE),
      isMeantToEnd: false,
    };
    this.#running = running;
    child.onMessage((message) => take(running, message));
    child.onExit(() => {
      this.#gone(running);
      ended.resolve();
    });
    running.opened = this.#open(running);
  }

  /** Resolves when the vault that runs has answered how it opened; at once where none runs. */
  async ready(): Promise<void> {
    await this.#running?.opened;
  }

  /**
   * Answers with a value or a code; never throws, and never later than the ask's time limit. The
   * first ask of all begins the vault, where nobody has.
   */
  async ask<N extends VaultAskName>(
    name: N,
    request: VaultRequest<N>,
  ): Promise<VaultAnswer<VaultReply<N>>> {
    if (!this.#hasBegun) this.begin();
    const running = this.#running;
    if (running === null || running.isMeantToEnd) return GONE;
    let opened = await running.opened;
    if (!opened.ok && opened.code !== 'gone') {
      // A disk that refused then may take it now.
      running.opened = this.#open(running);
      opened = await running.opened;
    }
    return opened.ok ? this.#send(running, name, request) : opened;
  }

  /** Ends the vault and waits until its process, and the keys with it, no longer exist. */
  async end(): Promise<void> {
    this.#hasBegun = true;
    clearTimeout(this.#restart);
    const running = this.#running;
    if (running === null) return;
    running.isMeantToEnd = true;
    running.process.kill();
    await running.exited;
  }

  /** Ends the vault and begins one without keys. */
  async renew(): Promise<void> {
    await this.end();
    this.begin();
  }

  async #open(running: Running): Promise<VaultAnswer<VaultReply<'open'>>> {
    const answer = await this.#send(running, 'open', this.#parts.open());
    this.#parts.onOpened(answer);
    return answer;
  }

  async #send<N extends VaultAskName>(
    running: Running,
    name: N,
    request: VaultRequest<N>,
  ): Promise<VaultAnswer<VaultReply<N>>> {
    if (running !== this.#running) return GONE;
    const { request: Request, reply: Reply } = vaultAsks[name];
    const asked = Request.safeParse(request);
    if (!asked.success) return { ok: false, code: 'fault' };
    this.#number += 1;
    const number = this.#number;
    const answer = await new Promise<VaultAnswer<unknown>>((resolve) => {
      const limit = this.#parts.limitMs?.(name) ?? (SLOW.includes(name) ? SLOW_MS : USUAL_MS);
      // One that does not answer is as good as dead, and may hold the store: it is ended.
      const timer = setTimeout(() => running.process.kill(), limit);
      running.pending.set(number, { resolve, timer });
      running.process.post({ number, ask: name, request: asked.data });
    });
    if (!answer.ok) return answer;
    const reply = Reply.safeParse(answer.value);
    return reply.success
      ? { ok: true, value: reply.data as VaultReply<N> }
      : { ok: false, code: 'fault' };
  }

  #gone(running: Running): void {
    for (const { resolve, timer } of running.pending.values()) {
      clearTimeout(timer);
      resolve(GONE);
    }
    running.pending.clear();
    this.#running = null;
    if (running.isMeantToEnd) {
      this.#crashes = 0;
      return;
    }
    const hadSettled = this.#parts.clock() - running.startedAt > SETTLED_MS;
    const wait = RESTART_MS[hadSettled ? 0 : Math.min(this.#crashes, RESTART_MS.length - 1)];
    this.#crashes = hadSettled ? 1 : this.#crashes + 1;
    this.#restart = setTimeout(() => this.begin(), wait);
    this.#parts.onCrashed();
  }
}

/** What does not fit, and what answers nothing that was asked, is as if it had not come. */
function take(running: Running, message: unknown): void {
  const reply = Reply.safeParse(message);
  const pending = reply.success ? running.pending.get(reply.data.number) : undefined;
  if (!reply.success || pending === undefined) return;
  clearTimeout(pending.timer);
  running.pending.delete(reply.data.number);
  pending.resolve(reply.data.answer);
}
