/**
 * The courier: carries sealed items to the school, whoever is signed in or nobody (R84, R85). It
 * cannot read what it carries, and only a receipt that the vault finds genuine ends the waiting.
 */
import type { Waiting } from '../../src-shared/bridge.ts';
import type { Answer, ErrorCode } from '../../src-shared/contract/errors.ts';
import type { Receipt, SubmissionId } from '../../src-shared/contract/submission.ts';
import { isDamaged, type WaitingItem } from '../../src-shared/vault.ts';
import type { SealedItem } from '../link/carry.ts';
import { answerFromVault } from '../vault/failure.ts';
import type { Vault } from '../vault/host.ts';
import { Blame } from './blame.ts';
import { MAY_BE_THE_ITEM, SLOW_MS, nextUp, outcomeOf, waitAfter } from './next-up.ts';
import { Ages } from './waiting.ts';

export interface CourierParts {
  readonly vault: Vault;
  readonly carry: (item: SealedItem) => Promise<Answer<Receipt>>;
  /** Whatever an answer says about the way to the server. */
  readonly noteWay: (answer: Answer<unknown>) => void;
  /** Milliseconds that only go forward. */
  readonly clock: () => number;
  readonly now: () => Date;
  readonly random: () => number;
  /** Called whenever what is said of the things that wait has become another. */
  readonly onWaiting: (waiting: Waiting) => void;
  /** An item has its receipt, or was found to differ. */
  readonly onDone: (id: SubmissionId) => void;
  readonly note: (code: ErrorCode) => void;
}

const NOTHING_WAITS: Waiting = { count: 0, oldestMinutes: 0, nobodyAlertedYet: false, damaged: 0 };
const SAY_AGAIN_MS = 20_000;
const ASK_AGAIN_MS = 2_000;

export class Courier {
  readonly #parts: CourierParts;
  readonly #ages = new Ages();
  readonly #blame: Blame;
  /** Since when they are on their way, by `clock`. */
  readonly #carrying = new Map<SubmissionId, number>();
  #items: WaitingItem[] = [];
  #isKnown = false;
  #misses = 0;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  /** Whether the server itself asked to wait, so that nothing shortens that. */
  #isPauseAsked = false;
  #waiting = NOTHING_WAITS;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> | null = null;
  #mustRead = false;
  #isHurried = false;
  #isClosed = false;
  readonly #saying: NodeJS.Timeout;

  constructor(parts: CourierParts) {
    this.#parts = parts;
    this.#blame = new Blame(parts.clock, parts.random);
    this.#saying = setInterval(() => this.#say(), SAY_AGAIN_MS);
    this.#saying.unref();
  }

  get waiting(): Waiting {
    return this.#waiting;
  }

  /** Whether the list was read at least once: before that, nothing waiting means nothing. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** Something was queued, or the vault is another one: reads the list anew and sets out. */
  async wake(): Promise<void> {
    this.#mustRead = true;
    this.#reading ??= this.#read();
    await this.#reading;
  }

  /** The way may be open again (another network, awake again, the server was heard): tries now. */
  async hurry(): Promise<void> {
    this.#pausedUntil = Number.NEGATIVE_INFINITY;
    this.#isHurried = true;
    await this.wake();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    clearInterval(this.#saying);
  }

  async #read(): Promise<void> {
    while (this.#mustRead && !this.#isClosed) {
      this.#mustRead = false;
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      const answer = await this.#parts.vault.ask('listWaiting', {});
      if (answer.ok) {
        this.#items = this.#merged(answer.value.items);
        this.#isHurried = false;
        this.#isKnown = true;
      } else this.#later(ASK_AGAIN_MS);
    }
    this.#reading = null;
    if (!this.#isKnown) return;
    this.#say();
    this.#setOut();
  }

  /**
   * What the vault could not note (a full disk, its end) is remembered here, or an item would be
   * tried in a circle. What was answered by something that is not the school may go again in a hurry.
   */
  #merged(items: readonly WaitingItem[]): WaitingItem[] {
    const before = new Map(this.#items.map((item) => [item.id, item]));
    return items.map((item) => {
      if (isDamaged(item)) return item;
      const own = before.get(item.id);
      const newer = own !== undefined && own.tries > item.tries ? own : item;
      return this.#isHurried && newer.problem === 'reply-not-understood'
        ? { ...newer, nextTryAt: this.#parts.now().toISOString() }
        : newer;
    });
  }

  /** Starts what there is a place for; called again whenever one has come back. */
  #setOut(): void {
    if (this.#isClosed) return;
    const { clock, now } = this.#parts;
    const { carry, lookAgainMs } = nextUp(
      {
        items: this.#items.map((item) => this.#blame.delayed(item, now().getTime())),
        carrying: new Set(this.#carrying.keys()),
        slow: [...this.#carrying.values()].filter((since) => this.#isSlow(since)).length,
        misses: this.#misses,
        pauseMs: this.#pausedUntil - clock(),
      },
      now().getTime(),
    );
    for (const id of carry) void this.#carry(id);
    if (lookAgainMs !== null) this.#later(lookAgainMs);
  }

  /** The list is read again then too: another vault may have been at work meanwhile. */
  #later(milliseconds: number): void {
    clearTimeout(this.#timer);
    if (!this.#isClosed) this.#timer = setTimeout(() => void this.wake(), milliseconds);
  }

  async #carry(id: SubmissionId): Promise<void> {
    this.#carrying.set(id, this.#parts.clock());
    this.#blame.begins(id);
    try {
      await this.#carryOne(id);
    } catch {
      // Whatever went wrong concerns one item, and must not stop the others.
      this.#postpone(id, 'program-fault', waitAfter(this.#triesOf(id), this.#parts.random));
    } finally {
      this.#carrying.delete(id);
      this.#blame.ends(id);
    }
    this.#say();
    this.#setOut();
  }

  async #carryOne(id: SubmissionId): Promise<void> {
    const { vault, carry, noteWay, random, clock } = this.#parts;
    const read = await vault.ask('readSealed', { id });
    if (!read.ok) return this.#unreadable(id, answerFromVault(read));
    const answer = await carry({ ...read.value, id });
    const tries = this.#triesOf(id);
    const outcome = outcomeOf(answer, { tries, misses: this.#misses }, random);
    const isOfTheWay = outcome.is === 'again' && outcome.pauseMs !== null;
    if (!isOfTheWay && isOfTheSchool(answer)) this.#cameThrough(id);
    if (isOfTheWay && MAY_BE_THE_ITEM.includes(outcome.problem) && this.#blame.failed(id)) {
      // Others came through meanwhile: the way is open, and nobody is to be told otherwise.
      await this.#again(id, outcome.problem, outcome.itemMs);
      return;
    }
    // What else is on its way will tell whether the way is closed; the last of them does.
    if (!isOfTheWay || this.#isLastUnderway(id)) noteWay(answer);
    if (outcome.is === 'again') {
      if (outcome.pauseMs !== null) {
        this.#misses += 1;
        this.#pausedUntil = clock() + outcome.pauseMs;
        this.#isPauseAsked = !MAY_BE_THE_ITEM.includes(outcome.problem);
      }
      await this.#again(id, outcome.problem, outcome.itemMs);
      return;
    }
    const noted =
      outcome.is === 'receipt'
        ? await vault.ask('noteReceipt', { receipt: outcome.receipt })
        : await vault.ask('noteDiffers', { id });
    if (noted.ok) this.#done(id);
    else if (noted.code === 'not-found') this.#done(id);
    else if (noted.code === 'not-genuine') {
      await this.#again(id, 'receipt-not-genuine', waitAfter(tries, random));
    }
    // The disk refused, or the vault has gone: it is carried again, and gets the same receipt.
    else this.#postpone(id, codeOf(answerFromVault(noted)), waitAfter(tries, random));
  }

  /** Whether nothing else is on its way, but for what is slow and may never be answered. */
  #isLastUnderway(id: SubmissionId): boolean {
    return ![...this.#carrying].some(([other, since]) => other !== id && !this.#isSlow(since));
  }

  #isSlow(since: number): boolean {
    return this.#parts.clock() - since >= SLOW_MS;
  }

  /** The school itself has answered for this item: the way is open. */
  #cameThrough(id: SubmissionId): void {
    this.#blame.cameThrough(id);
    this.#misses = 0;
    if (!this.#isPauseAsked) this.#pausedUntil = Number.NEGATIVE_INFINITY;
  }

  /** Gone meanwhile, damaged, or a vault that is ending: none of them may be tried in a circle. */
  #unreadable(id: SubmissionId, answer: Answer<unknown>): void {
    const code = codeOf(answer);
    if (code === 'not-found') this.#items = this.#items.filter((item) => item.id !== id);
    else this.#postpone(id, code, waitAfter(this.#triesOf(id), this.#parts.random));
  }

  async #again(id: SubmissionId, problem: ErrorCode, milliseconds: number): Promise<void> {
    this.#parts.note(problem);
    this.#postpone(id, problem, milliseconds);
    const nextTryAt = this.#items.find((item) => item.id === id)?.nextTryAt;
    if (nextTryAt !== undefined) await this.#parts.vault.ask('noteTry', { id, problem, nextTryAt });
  }

  #postpone(id: SubmissionId, problem: ErrorCode, milliseconds: number): void {
    const nextTryAt = new Date(this.#parts.now().getTime() + milliseconds).toISOString();
    this.#items = this.#items.map((item) =>
      item.id === id ? { ...item, tries: item.tries + 1, problem, nextTryAt } : item,
    );
  }

  #done(id: SubmissionId): void {
    this.#items = this.#items.filter((item) => item.id !== id);
    this.#parts.onDone(id);
  }

  #triesOf(id: SubmissionId): number {
    return this.#items.find((item) => item.id === id)?.tries ?? 0;
  }

  #say(): void {
    const { clock, now, onWaiting } = this.#parts;
    const waiting = this.#ages.waitingOf(this.#items, clock(), now().getTime());
    if (JSON.stringify(waiting) === JSON.stringify(this.#waiting)) return;
    this.#waiting = waiting;
    onWaiting(waiting);
  }
}

/** What this computer said itself, without asking the school, tells nothing of the way. */
const OWN: readonly ErrorCode[] = ['program-fault', 'too-large', 'vault-gone'];

function isOfTheSchool(answer: Answer<unknown>): boolean {
  return answer.ok || !OWN.includes(answer.code);
}

function codeOf(answer: Answer<unknown>): ErrorCode {
  return answer.ok ? 'program-fault' : answer.code;
}
