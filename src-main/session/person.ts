/**
 * The person at this computer: their session with the server, and their keys in the vault. With
 * the server there it decides who signs in; without it the keys do (R27), and the session is offline.
 */
import type { Keys, SessionHere } from '../../src-shared/bridge.ts';
import type { Endpoint, ReplyOf } from '../../src-shared/contract/endpoint.ts';
import type { Answer, ErrorCode } from '../../src-shared/contract/errors.ts';
import { recoverDraftKey, registerKey } from '../../src-shared/contract/key.ts';
import { changePassword } from '../../src-shared/contract/password.ts';
import { SESSION_LONGEST_SECONDS, SessionView } from '../../src-shared/contract/session.ts';
import type { Computer } from '../../src-shared/contract/session.ts';
import type { VaultAnswer, VaultCode, VaultReply } from '../../src-shared/vault.ts';
import { answerFromVault } from '../vault/failure.ts';
import type { VaultHost } from '../vault/host.ts';
import { keepList, nameOfList, readKeptList } from './lists.ts';
import type { Session } from './session.ts';

/** How long the password that the server took is held for the old one to be given. */
export const PENDING_MS = 5 * 60_000;

/** Nobody of the school answered: the only answers after which the keys may decide. */
const NOT_HEARD: readonly ErrorCode[] = [
  'server-unreachable',
  'server-not-trusted',
  'reply-not-understood',
];

interface Here {
  readonly email: string;
  /** As it was at the last contact; the live session's own word is newer. */
  readonly view: SessionView;
  readonly offlineSince: number | null;
  keys: Keys;
}

interface Pending {
  readonly password: string;
  readonly until: number;
}

export interface PersonParts {
  readonly session: Session;
  readonly vault: Pick<VaultHost, 'ask' | 'renew' | 'ready'>;
  readonly computer: Pick<Computer, 'id'>;
  /** Milliseconds that only go forward. */
  readonly clock: () => number;
  readonly now: () => Date;
  /** Resolves when the server knows this computer, or could not be told. */
  readonly enrolled: () => Promise<unknown>;
  readonly note: (code: VaultCode | ErrorCode) => void;
}

type Unlocked = VaultReply<'unlockWithOld'>;

export class Person {
  readonly #parts: PersonParts;
  #here: Here | null = null;
  #pending: Pending | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  /** How often somebody has left. */
  #left = 0;

  constructor(parts: PersonParts) {
    this.#parts = parts;
  }

  /** The session as the page may know it; null where nobody is signed in, here or at the server. */
  get view(): SessionHere | null {
    const here = this.#here;
    if (here === null) return null;
    const { session, now } = this.#parts;
    if (here.offlineSince === null) {
      const live = session.view;
      return live === null ? null : { ...live, offline: false, keys: here.keys };
    }
    const endsAt = new Date(here.offlineSince + SESSION_LONGEST_SECONDS * 1000).toISOString();
    const times = { serverTime: now().toISOString(), endsAt };
    return { ...here.view, ...times, offline: true, keys: here.keys };
  }

  /** Whose keys are, or were, here, also after the server has ended their session. */
  get who(): { readonly staffId: string; readonly email: string; readonly name: string } | null {
    const here = this.#here;
    return here && { staffId: here.view.staff.id, email: here.email, name: here.view.staff.name };
  }

  get isOpen(): boolean {
    return this.#here?.keys.is === 'open';
  }

  signIn(email: string, password: string): Promise<Answer<SessionHere>> {
    return this.#inTurn(async () => {
      const before = this.#left;
      // The session is this computer's: the vault knows which one that is.
      await this.#parts.vault.ready();
      const online = await this.#parts.session.signIn(email, password);
      // Left (locked, signed out) while the server was being asked.
      if (before !== this.#left) {
        this.#parts.session.signOut();
        return { ok: false, code: 'session-ended' };
      }
      if (online.ok) return this.#begin(online.value, email, password);
      if (!NOT_HEARD.includes(online.code)) return online;
      const offline = await this.#beginOffline(email, password);
      // Whoever has no keys here needs the server: why it is not there says more than that.
      const needsServer = !offline.ok && offline.code === 'never-here';
      return needsServer && online.code !== 'server-unreachable' ? online : offline;
    });
  }

  giveOldPassword(old: string): Promise<Answer<SessionHere>> {
    return this.#goOn(async (staffId, email, password) => {
      const request = { staffId, email, old, password };
      const answer = await this.#parts.vault.ask('unlockWithOld', request);
      return !answer.ok && answer.code === 'wrong-password'
        ? { ok: false, code: 'old-password-wrong' }
        : answerFromVault(answer);
    });
  }

  /** R27: the school gives the key of the drafts back, sealed to the vault. */
  recoverDrafts(): Promise<Answer<SessionHere>> {
    return this.#goOn(async (staffId, email, password) => {
      const { vault } = this.#parts;
      const begun = await vault.ask('beginRecovery', { staffId });
      if (!begun.ok) return answerFromVault(begun);
      const given = await this.carry(recoverDraftKey, begun.value);
      if (!given.ok) return given;
      const { sealed } = given.value;
      return answerFromVault(
        await vault.ask('finishRecovery', { staffId, email, password, sealed }),
      );
    });
  }

  beginAnew(): Promise<Answer<SessionHere>> {
    return this.#goOn(async (staffId, email, password, hasEscrow) => {
      // Their keys are open: there is nothing to begin anew for.
      if (password === null) return { ok: false, code: 'not-allowed' };
      return answerFromVault(
        await this.#parts.vault.ask('beginAnew', { staffId, email, password, hasEscrow }),
      );
    });
  }

  /** The session afresh, for a page that starts anew. */
  async read(): Promise<Answer<SessionHere | null>> {
    if (this.#here?.offlineSince === null) await this.#parts.session.read();
    return { ok: true, value: this.view };
  }

  /** Carries an ask to the server; a list that forms need comes from the vault where it is not heard. */
  async carry<E extends Endpoint>(
    endpoint: E,
    request: Readonly<Record<string, unknown>>,
  ): Promise<Answer<ReplyOf<E>>> {
    const { session, vault } = this.#parts;
    const isOffline = this.#here !== null && this.#here.offlineSince !== null;
    const answer: Answer<ReplyOf<E>> =
      isOffline && endpoint.access === 'signed-in'
        ? { ok: false, code: 'working-offline' }
        : await session.carry(endpoint, request);
    const name = this.isOpen ? nameOfList(endpoint, request) : null;
    if (name === null) return answer;
    if (answer.ok) {
      void keepList(vault, name, answer.value);
      return answer;
    }
    if (!isOffline && !NOT_HEARD.includes(answer.code)) return answer;
    const kept = await readKeptList(vault, name, endpoint);
    return kept === null ? answer : { ok: true, value: kept };
  }

  /** The server first; then the keys are wrapped under the new password. */
  async changePassword(request: {
    readonly current: string;
    readonly password: string;
  }): Promise<Answer<Record<string, never>>> {
    const answer = await this.carry(changePassword, request);
    if (!answer.ok) return answer;
    const { password } = request;
    const wrapped = await this.#parts.vault.ask('changePassword', { password });
    // The password is changed; the old one is asked for once at the next sign-in here.
    if (!wrapped.ok) this.#parts.note(wrapped.code);
    return { ok: true, value: {} };
  }

  /** The vault is another one now, or none: its keys are gone. */
  keysGone(): void {
    if (this.#here !== null) this.#here.keys = { is: 'locked' };
  }

  /** Forgets the person here at once and ends their session; the keys end with the vault. */
  leave(): void {
    this.#here = null;
    this.#pending = null;
    this.#left += 1;
    this.#parts.session.signOut();
  }

  /** The person's sessions elsewhere and this one; where the server is not heard, all goes on. */
  async leaveEverywhere(): Promise<Answer<Record<string, never>>> {
    if (this.view?.offline === true) return { ok: false, code: 'working-offline' };
    const answer = await this.#parts.session.signOutEverywhere();
    if (answer.ok) this.#here = null;
    return answer;
  }

  async #begin(view: SessionView, email: string, password: string): Promise<Answer<SessionHere>> {
    await this.#makeRoom(view.staff.id);
    const here: Here = { email, view, offlineSince: null, keys: { is: 'locked' } };
    this.#here = here;
    const staffId = view.staff.id;
    const { vault, note } = this.#parts;
    const hasEscrow = view.school.escrow;
    const answer = await vault.ask('unlockOnline', { staffId, email, password, hasEscrow });
    if (!answer.ok) {
      // Reading works without the keys; the page learns by `locked` that typing does not.
      note(answer.code);
    } else if (answer.value.is === 'unlocked') {
      await this.#open(here, answer.value);
    } else {
      const { mayUseOld, mayRecover } = answer.value;
      here.keys = { is: 'needs-old-password', mayUseOld, mayRecover };
      this.#pending = { password, until: this.#parts.clock() + PENDING_MS };
    }
    return this.#answer();
  }

  async #beginOffline(email: string, password: string): Promise<Answer<SessionHere>> {
    const { vault, session, now } = this.#parts;
    const unlocked = await vault.ask('unlockOffline', { email, password });
    if (!unlocked.ok) return answerFromVault(unlocked);
    const view = profileOf(unlocked);
    if (view === null) return { ok: false, code: 'never-here' };
    // An earlier token, if there is one, is another person's or useless: the server was not heard.
    session.signOut();
    this.#pending = null;
    this.#here = { email, view, offlineSince: now().getTime(), keys: { is: 'open' } };
    return this.#answer();
  }

  /** R35: another person's keys and session end before this one's begin. */
  async #makeRoom(staffId: string): Promise<void> {
    this.#pending = null;
    const before = this.#here;
    this.#here = null;
    if (before !== null && before.view.staff.id !== staffId) await this.#parts.vault.renew();
  }

  /**
   * One of the three ways on from `needs-old-password`, with the password that the server took; or,
   * with null, a way back to the drafts that an earlier `beginAnew` left closed.
   */
  #goOn(
    way: (
      staffId: SessionView['staff']['id'],
      email: string,
      password: string | null,
      hasEscrow: boolean,
    ) => Promise<Answer<Unlocked>>,
  ): Promise<Answer<SessionHere>> {
    return this.#inTurn(async () => {
      const here = this.#here;
      const pending = this.#pending;
      if (here?.keys.is === 'open') {
        const { staff, school } = here.view;
        const answer = await way(staff.id, here.email, null, school.escrow);
        return answer.ok ? this.#answer() : answer;
      }
      if (here === null || pending === null || this.#parts.clock() > pending.until) {
        this.#pending = null;
        return { ok: false, code: 'session-ended' };
      }
      const { staff, school } = here.view;
      const answer = await way(staff.id, here.email, pending.password, school.escrow);
      if (!answer.ok) return answer;
      this.#pending = null;
      await this.#open(here, answer.value);
      return this.#answer();
    });
  }

  /** The keys are open: what the server has to know of them, and what is kept for the next time. */
  async #open(here: Here, unlocked: Unlocked): Promise<void> {
    const { vault, note } = this.#parts;
    here.keys = { is: 'open' };
    const { registrationProof: proof, signingKey } = unlocked;
    if (proof !== null) await this.#register(signingKey, proof);
    const kept = await vault.ask('keepProfile', { profile: JSON.stringify(here.view) });
    if (!kept.ok) note(kept.code);
  }

  /** Without a certificate what is submitted is held until the school knows the key: tried at each sign-in. */
  async #register(signingKey: string, proof: string): Promise<void> {
    const { session, vault, computer, enrolled, note } = this.#parts;
    await enrolled();
    const answer = await session.carry(registerKey, {
      computerId: computer.id,
      signingKey,
      proof,
    });
    if (!answer.ok) return note(answer.code);
    const kept = await vault.ask('keepCertificate', { certificate: answer.value });
    if (!kept.ok) note(kept.code);
  }

  #answer(): Answer<SessionHere> {
    const { view } = this;
    return view === null ? { ok: false, code: 'session-ended' } : { ok: true, value: view };
  }

  /** Two sign-ins at once would leave one person's session with the other's keys. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work, work);
    this.#turn = next.catch(() => undefined);
    return next;
  }
}

function profileOf(unlocked: VaultAnswer<VaultReply<'unlockOffline'>>): SessionView | null {
  if (!unlocked.ok) return null;
  try {
    // Kept by an earlier version, it may have another shape.
    const profile = SessionView.safeParse(JSON.parse(unlocked.value.profile));
    return profile.success ? profile.data : null;
  } catch {
    return null;
  }
}
