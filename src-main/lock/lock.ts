/**
 * Locking and signing out: what was typed is saved, then the session, the process that knew the
 * keys and the page that showed them all end, and only then is anything else shown (R24). A lock
 * never throws away what could not be saved: that page goes out of sight and on trying (covered.ts),
 * and until it has ended its keys are there too.
 */
import type { LeftConcern, Locked, SessionHere, Whereabouts } from '../../src-shared/bridge.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import { CONCERN_LEFT_ALONE_MS } from '../../src-shared/vault.ts';
import type { Person } from '../session/person.ts';
import type { VaultHost } from '../vault/host.ts';
import type { DraftsTold } from '../courier/tell-drafts.ts';
import type { Arrival } from '../windows/page-address.ts';
import { CoveredPages, type CoveredOf, type CoveredPage, type Stand } from './covered.ts';
import type { Saving } from './saving.ts';

/** A server that is slow to hear of the end must not keep the keys here. */
const TELL_SERVER_MS = 1_000;
/** Who logs out is still at the screen: a file that something holds for seconds is waited for (R80). */
const SAVE_AT_LOGOUT_MS = 8_000;

/** The one window's page, as leaving needs it. */
export interface Pages {
  /** Ends the page; resolves when it has gone. Answers how the window stood, null without one. */
  readonly end: () => Promise<Stand | null>;
  /** Opens a fresh page where the earlier one stood. */
  readonly begin: (arrival: Arrival, stand: Stand) => void;
  /** Takes the page off the screen and keeps it; null without one. */
  readonly cover: () => CoveredPage | null;
}

const UNKNOWN_STAND: Stand = { isMinimized: false, isFocused: false };

export interface LockParts {
  readonly person: Pick<Person, 'who' | 'signIn' | 'leave'>;
  readonly vault: Pick<VaultHost, 'begin' | 'end'>;
  readonly drafts: Pick<DraftsTold, 'finish'>;
  readonly saving: Pick<Saving, 'ask'>;
  readonly pages: Pages;
  /** Calls back after so many milliseconds; the answer ends that. */
  readonly after: (milliseconds: number, run: () => void) => () => void;
  /** What `locked` or `leftConcern` answers has become another. */
  readonly tellChanged: () => void;
  /** Must not throw. */
  readonly note: (error: unknown) => void;
}

interface LockedHere extends Locked {
  readonly email: string;
  readonly whereabouts: Whereabouts | null;
}

/** What became of the page's text: all on the disk, still being tried, or not known to be there. */
type Kept = Locked['kept'];

export class Lock {
  readonly #parts: LockParts;
  readonly #covered: CoveredPages;
  #whereabouts: Whereabouts | null = null;
  #locked: LockedHere | null = null;
  #leftConcern: LeftConcern | null = null;
  #isConcernShown = false;
  #endConcernTimer = (): void => undefined;
  #leaving: Promise<void> | null = null;

  constructor(parts: LockParts) {
    this.#parts = parts;
    this.#covered = new CoveredPages({
      after: parts.after,
      onEnded: (of, isSaved) => this.#coveredEnded(of, isSaved),
    });
  }

  get locked(): Locked | null {
    return this.#locked && { name: this.#locked.name, kept: this.#locked.kept };
  }

  /** What became of a concern whose page was closed because it was left; null where none was. */
  get leftConcern(): LeftConcern | null {
    return this.#leftConcern;
  }

  /** Something that was typed is in this program's memory alone: ending it would lose that. */
  get holdsText(): boolean {
    return this.#covered.isAny;
  }

  /** The keys of the person who is locked out are still here, for their covered page alone. */
  get holdsKeys(): boolean {
    return this.#covered.ofPerson !== null;
  }

  noteWhereabouts(whereabouts: Whereabouts): void {
    if (this.#parts.person.who !== null) this.#whereabouts = whereabouts;
  }

  /** The page shows the form for a concern without signing in, or no longer does. */
  noteConcern(isShown: boolean): void {
    this.#isConcernShown = isShown;
    this.#endConcernTimer();
  }

  /** A concern was saved: left alone for ten minutes it is sent, and its form must not stay. */
  noteConcernSaved(): void {
    this.#endConcernTimer();
    if (!this.#isConcernShown) return;
    this.#endConcernTimer = this.#parts.after(CONCERN_LEFT_ALONE_MS, () => void this.lock());
  }

  /** With nobody signed in only a concern's form is closed: all else on the screen is for everybody. */
  lock(): Promise<void> {
    if (this.#leaving !== null) return this.#leaving;
    const { who } = this.#parts.person;
    if (who !== null) {
      return this.#leave('person', (kept) => {
        const { email, name } = who;
        this.#locked = { email, name, whereabouts: this.#whereabouts, kept };
        return 'locked';
      });
    }
    if (!this.#isConcernShown) return Promise.resolve();
    return this.#leave('concern', (kept) => {
      this.#leftConcern = kept;
      return this.#locked === null ? 'first' : 'locked';
    });
  }

  signOut(arrival: Arrival = 'first'): Promise<void> {
    return this.#leave(null, () => arrival);
  }

  /** The window is closed, or the program ends: nothing is shown afterwards. `begins`: a fresh vault. */
  async end(begins: boolean): Promise<void> {
    const { drafts, vault } = this.#parts;
    await this.#leaving;
    this.#forget();
    await this.#covered.end();
    await inTime(drafts.finish(), TELL_SERVER_MS);
    await this.#endKeys();
    if (begins) vault.begin();
  }

  /** The password of whoever is locked out; they come back to where they were. */
  async unlock(
    password: string,
  ): Promise<Answer<{ session: SessionHere; whereabouts: Whereabouts | null }>> {
    const locked = this.#locked;
    if (locked === null) return { ok: false, code: 'session-ended' };
    const answer = await this.#covered.holding(() =>
      this.#parts.person.signIn(locked.email, password),
    );
    if (!answer.ok) return answer;
    this.#forget();
    const page = this.#covered.ofPerson;
    if (page !== null) await this.#covered.bringBack(page, answer.value);
    return { ok: true, value: { session: answer.value, whereabouts: locked.whereabouts } };
  }

  /** Somebody else signs in, or wants to: what the one before could not save ends with their keys. */
  async leaveLocked(): Promise<void> {
    this.#forget();
    const page = this.#covered.ofPerson;
    if (page === null) return;
    await this.#covered.end(page);
    await this.#renewVault();
  }

  #forget(): void {
    this.#locked = null;
    this.#leftConcern = null;
    this.#whereabouts = null;
    this.noteConcern(false);
  }

  /** One at a time: a lock that comes while another is under way is the same one. */
  #leave(covers: CoveredOf | null, arriving: (kept: Kept) => Arrival): Promise<void> {
    this.#leaving ??= this.#go(covers, arriving).finally(() => (this.#leaving = null));
    return this.#leaving;
  }

  /** `covers`: whose text goes out of sight where it could not be saved; null: it ends with its page. */
  async #go(covers: CoveredOf | null, arriving: (kept: Kept) => Arrival): Promise<void> {
    const { saving, drafts, person, pages } = this.#parts;
    if (covers === null) await this.leaveLocked();
    const said = await saving.ask(covers === null ? SAVE_AT_LOGOUT_MS : undefined);
    const covered = said === 'saved' || covers === null ? null : this.#cover(covers);
    await inTime(drafts.finish(), TELL_SERVER_MS);
    let stand: Stand | null;
    if (covered === null) stand = await this.#endPageAndKeys();
    else {
      person.leave();
      ({ stand } = covered);
    }
    const arrival = arriving(said === 'saved' ? 'all' : covered === null ? 'not-all' : 'trying');
    this.#whereabouts = null;
    this.noteConcern(false);
    if (stand !== null) pages.begin(arrival, stand);
  }

  #cover(of: CoveredOf): CoveredPage | null {
    try {
      const page = this.#parts.pages.cover();
      if (page !== null) this.#covered.add(page, of);
      return page;
    } catch (error) {
      this.#parts.note(error);
      return null;
    }
  }

  /** Whatever fails here, nobody's page and keys stay, and something is shown afterwards. */
  async #endPageAndKeys(): Promise<Stand | null> {
    const { pages, vault, note } = this.#parts;
    // A covered page needs its keys for as long as it tries.
    const endsKeys = !this.holdsKeys;
    const [ended, keys] = await Promise.allSettled([
      pages.end(),
      endsKeys ? this.#endKeys() : undefined,
    ]);
    for (const part of [ended, keys]) if (part.status === 'rejected') note(part.reason);
    if (endsKeys) vault.begin();
    return ended.status === 'fulfilled' ? ended.value : UNKNOWN_STAND;
  }

  async #coveredEnded(of: CoveredOf, isSaved: boolean): Promise<void> {
    const kept = isSaved ? 'all' : 'not-all';
    if (of === 'person') {
      // Their password came meanwhile: the keys are theirs to use again.
      if (this.#locked === null) return;
      this.#locked = { ...this.#locked, kept };
      await this.#renewVault();
    } else if (this.#leftConcern !== null) this.#leftConcern = kept;
    this.#parts.tellChanged();
  }

  async #endKeys(): Promise<void> {
    this.#parts.person.leave();
    await this.#parts.vault.end();
  }

  async #renewVault(): Promise<void> {
    await this.#parts.vault.end();
    this.#parts.vault.begin();
  }
}

async function inTime(work: Promise<unknown>, milliseconds: number): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, milliseconds);
  await Promise.race([work.catch(() => undefined), late.promise]);
  clearTimeout(timer);
}
