/**
 * Sends what waits in the queue, and tries again what did not go: a mail server that is down, slow
 * or full costs time, not e-mails. What it refuses for good, the safeguarding team is told of.
 */
import type { Db } from '../db/open.ts';
import type { House, Log } from '../http/route.ts';
import { dropUseless, type DueMail, dueMails, noteFailed, noteSent } from './queue-rows.ts';
import { giveUp } from './refused.ts';
import { MailProblem, type SendMail } from './sending.ts';

/** Mail servers of schools allow few connections at once (Exchange Online: 3). */
const AT_ONCE = 3;
const LONGEST_WAIT_MS = 5 * 60 * 1000;
/** A full mailbox is emptied in hours or days; mail servers themselves try for four to five days. */
const REFUSED_WAIT_MS = 60 * 60 * 1000;
const REFUSED_AT_MOST_MS = 4 * 24 * 60 * 60 * 1000;
/** `invite` and `import` queue from a process of their own and cannot wake this one. */
const LOOK_AGAIN_MS = 2_000;

/**
 * Milliseconds until try number `tries + 1`: 1 s doubling to 5 minutes, or an hour where the mail
 * server refused this e-mail itself; up to a fifth more.
 */
export function waitBefore(tries: number, random: number, of: 'way' | 'mail' = 'way'): number {
  const wait =
    of === 'mail'
      ? REFUSED_WAIT_MS
      : Math.min(1_000 * 2 ** Math.min(tries - 1, 20), LONGEST_WAIT_MS);
  return Math.round(wait * (1 + random * 0.2));
}

export class MailWorker {
  readonly #parts: MailParts;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | null = null;
  #isWoken = false;
  #isStopped = false;
  /** Taken by the mail server, and the database could not note it yet: never sent again. */
  readonly #taken = new Set<string>();

  constructor(parts: MailParts) {
    this.#parts = parts;
  }

  /** Looks into the queue at once; while it is looking, once more afterwards. */
  wake(): void {
    if (this.#isStopped) return;
    if (this.#round !== null) {
      this.#isWoken = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#isWoken = false;
    this.#round = this.#send().finally(() => {
      this.#round = null;
      if (this.#isWoken) this.wake();
      else this.#sleep();
    });
  }

  /** Lets what is being sent end (its time limits bound that) and starts nothing more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  #sleep(): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => this.wake(), LOOK_AGAIN_MS);
    this.#timer.unref();
  }

  /** One round: everything that is due, a few at once. A fault of the database ends it, not the worker. */
  async #send(): Promise<void> {
    const { db, log } = this.#parts;
    const { now } = this.#parts.house;
    try {
      await dropUseless(db, now().toISOString());
      for (;;) {
        if (this.#isStopped) return;
        const due = await dueMails(db, now().toISOString(), AT_ONCE);
        if (due.length === 0) return;
        const ended = await Promise.allSettled(due.map((mail) => this.#sendOne(mail)));
        const failed = ended.find(({ status }) => status === 'rejected');
        if (failed?.status === 'rejected') throw failed.reason;
      }
    } catch (error) {
      log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'mail queue failed');
    }
  }

  async #sendOne(mail: DueMail): Promise<void> {
    const { db, send, house, random, log } = this.#parts;
    const now = house.now();
    try {
      if (!this.#taken.has(mail.id)) await send(mail);
    } catch (error) {
      const { problem, of } =
        error instanceof MailProblem ? error : new MailProblem('unknown', 'way');
      log.error({ mailId: mail.id, problem, tries: mail.tries + 1 }, 'e-mail did not go');
      const isLate = now.getTime() - Date.parse(mail.queuedAt) > REFUSED_AT_MOST_MS;
      if (of === 'address' || (of === 'mail' && isLate)) {
        await giveUp(db, house, mail, problem);
        return;
      }
      const wait = waitBefore(mail.tries + 1, random(), of);
      await noteFailed(db, mail.id, new Date(now.getTime() + wait).toISOString(), problem);
      return;
    }
    // Straight after the mail server's 250: only a crash between the two sends it twice.
    this.#taken.add(mail.id);
    await noteSent(db, mail.id, house.now().toISOString());
    this.#taken.delete(mail.id);
  }
}

export interface MailParts {
  readonly db: Db;
  readonly send: SendMail;
  readonly house: Pick<House, 'now' | 'newId' | 'settings'>;
  /** Uniform in [0, 1): spreads the tries of many e-mails. */
  readonly random: () => number;
  readonly log: Log;
}
