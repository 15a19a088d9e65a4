/**
 * Locking and signing out: what was typed is saved, then the session, the process that knew the
 * keys and the page that showed them all end, and only then is anything else shown (R24).
 */
import type { SessionHere, Whereabouts } from '../../src-shared/bridge.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import type { Person } from '../session/person.ts';
import type { VaultHost } from '../vault/host.ts';
import type { DraftsTold } from '../courier/tell-drafts.ts';
import type { Arrival } from '../windows/page-address.ts';
import type { Saving } from './saving.ts';

/** A server that is slow to hear of the end must not keep the keys here. */
const TELL_SERVER_MS = 1_000;

/** The one window's page, as leaving needs it. */
export interface Pages {
  /** Ends the page; resolves when it has gone. Answers how the window stood, null without one. */
  readonly end: () => Promise<Stand | null>;
  /** Opens a fresh page where the earlier one stood. */
  readonly begin: (arrival: Arrival, stand: Stand) => void;
}

export interface Stand {
  readonly isMinimized: boolean;
  /** A window that comes up over another program would catch what is typed there. */
  readonly isFocused: boolean;
}

const UNKNOWN_STAND: Stand = { isMinimized: false, isFocused: false };

export interface LockParts {
  readonly person: Pick<Person, 'who' | 'signIn' | 'leave'>;
  readonly vault: Pick<VaultHost, 'begin' | 'end'>;
  readonly drafts: Pick<DraftsTold, 'finish'>;
  readonly saving: Pick<Saving, 'ask'>;
  readonly pages: Pages;
  /** Must not throw. */
  readonly note: (error: unknown) => void;
}

interface Locked {
  readonly email: string;
  readonly name: string;
  readonly whereabouts: Whereabouts | null;
}

export class Lock {
  readonly #parts: LockParts;
  #whereabouts: Whereabouts | null = null;
  #locked: Locked | null = null;
  #leaving: Promise<void> | null = null;

  constructor(parts: LockParts) {
    this.#parts = parts;
  }

  get locked(): { readonly name: string } | null {
    return this.#locked && { name: this.#locked.name };
  }

  noteWhereabouts(whereabouts: Whereabouts): void {
    if (this.#parts.person.who !== null) this.#whereabouts = whereabouts;
  }

  /** Does nothing where nobody's keys are here: what is on the screen then is for everybody. */
  lock(): Promise<void> {
    const { who } = this.#parts.person;
    if (who === null) return this.#leaving ?? Promise.resolve();
    return this.#leave(() => {
      this.#locked = { email: who.email, name: who.name, whereabouts: this.#whereabouts };
      return 'locked';
    });
  }

  signOut(arrival: Arrival = 'first'): Promise<void> {
    return this.#leave(() => arrival);
  }

  /** The window is closed, or the program ends: nothing is shown afterwards. `begins`: a fresh vault. */
  async end(begins: boolean): Promise<void> {
    await this.#leaving;
    this.#locked = null;
    this.#whereabouts = null;
    await inTime(this.#parts.drafts.finish(), TELL_SERVER_MS);
    await this.#endKeys();
    if (begins) this.#parts.vault.begin();
  }

  /** The password of whoever is locked out; they come back to where they were. */
  async unlock(
    password: string,
  ): Promise<Answer<{ session: SessionHere; whereabouts: Whereabouts | null }>> {
    const locked = this.#locked;
    if (locked === null) return { ok: false, code: 'session-ended' };
    const answer = await this.#parts.person.signIn(locked.email, password);
    if (!answer.ok) return answer;
    this.leaveLocked();
    return { ok: true, value: { session: answer.value, whereabouts: locked.whereabouts } };
  }

  /** Somebody else signs in, or wants to. */
  leaveLocked(): void {
    this.#locked = null;
    this.#whereabouts = null;
  }

  /** One at a time: a lock that comes while another is under way is the same one. */
  #leave(arriving: () => Arrival): Promise<void> {
    this.#leaving ??= this.#go(arriving).finally(() => (this.#leaving = null));
    return this.#leaving;
  }

  async #go(arriving: () => Arrival): Promise<void> {
    const { saving, drafts, vault, pages, note } = this.#parts;
    await saving.ask();
    await inTime(drafts.finish(), TELL_SERVER_MS);
    // Whatever fails here, nobody's page and keys stay, and something is shown afterwards.
    const [ended, keys] = await Promise.allSettled([pages.end(), this.#endKeys()]);
    for (const { reason } of [ended, keys].filter((part) => part.status === 'rejected'))
      note(reason);
    this.#locked = null;
    const arrival = arriving();
    this.#whereabouts = null;
    vault.begin();
    const stand = ended.status === 'fulfilled' ? ended.value : UNKNOWN_STAND;
    if (stand !== null) pages.begin(arrival, stand);
  }

  async #endKeys(): Promise<void> {
    const { person, vault } = this.#parts;
    person.leave();
    await vault.end();
  }
}

async function inTime(work: Promise<unknown>, milliseconds: number): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, milliseconds);
  await Promise.race([work.catch(() => undefined), late.promise]);
  clearTimeout(timer);
}
