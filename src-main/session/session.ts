/**
 * The session of the person at this computer. Its token lives here, in memory, and goes nowhere
 * but into the header of a request (R33). Endings are found here, whoever meets them first.
 */
import {
  readSession,
  renewSession,
  signIn,
  signOut,
  signOutEverywhere,
} from '../../src-shared/contract/session.ts';
import type { Computer, SessionView } from '../../src-shared/contract/session.ts';
import type { Endpoint, ReplyOf } from '../../src-shared/contract/endpoint.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import { listenForEvents } from '../link/events.ts';
import type { EventListeners, EventStream } from '../link/events.ts';
import type { ServerLink } from '../link/server-link.ts';
import type { LinkWatch } from '../link/link-watch.ts';
import { Renewal, type RenewalParts } from './renewal.ts';

interface Live {
  readonly token: string;
  readonly stream: EventStream;
  view: SessionView;
  /** When `view` was true, by `clock`. */
  viewedAt: number;
  readonly renewal: Renewal;
}

export interface SessionParts {
  readonly link: ServerLink;
  readonly watch: LinkWatch;
  readonly computer: Computer;
  /** Milliseconds that only go forward, as `performance.now`. */
  readonly clock: () => number;
  readonly tellChanged: () => void;
  readonly tellEnded: () => void;
  readonly listen?: (link: ServerLink, token: string, listeners: EventListeners) => EventStream;
  readonly after?: RenewalParts['after'];
}

export class Session {
  readonly #parts: SessionParts;
  #live: Live | null = null;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** The session as the page may know it, by the server's clock of now; null where there is none. */
  get view(): SessionView | null {
    const live = this.#live;
    if (live === null) return null;
    const passed = this.#parts.clock() - live.viewedAt;
    const serverTime = new Date(Date.parse(live.view.serverTime) + passed).toISOString();
    return { ...live.view, serverTime };
  }

  /** Signs in; an earlier session on this computer is ended first (R35: one for each computer). */
  async signIn(email: string, password: string): Promise<Answer<SessionView>> {
    const { link, computer } = this.#parts;
    const answer = await this.#note(link.ask(signIn, { email, password, computer }, null));
    if (!answer.ok) return answer;
    const before = this.#drop();
    if (before !== null) void link.ask(signOut, {}, before);
    this.#begin(answer.value.token, answer.value.session);
    return { ok: true, value: answer.value.session };
  }

  /**
   * Signs out here at once and tells the server without waiting for it: whoever leaves a shared
   * computer must not stand before an open page until a silent server's time is over. Without its
   * token nobody can go on; a session that the server did not hear of ends by its idle limit.
   */
  signOut(): void {
    const token = this.#drop();
    if (token !== null) void this.#note(this.#parts.link.ask(signOut, {}, token));
  }

  /** Ends all of the person's sessions; where the server cannot be told, this one goes on. */
  async signOutEverywhere(): Promise<Answer<Record<string, never>>> {
    const live = this.#live;
    const answer = await this.carry(signOutEverywhere, {});
    if (!answer.ok) return answer;
    if (this.#live === live) this.#drop();
    return { ok: true, value: {} };
  }

  /** Carries an ask of the page to the server, with the token where the endpoint needs one. */
  async carry<E extends Endpoint>(
    endpoint: E,
    request: Readonly<Record<string, unknown>>,
  ): Promise<Answer<ReplyOf<E>>> {
    const { link } = this.#parts;
    if (endpoint.access === 'anyone') return this.#note(link.ask(endpoint, request, null));
    const live = this.#live;
    if (live === null) return { ok: false, code: 'session-ended' };
    const answer = await this.#note(link.ask(endpoint, request, live.token));
    if (!answer.ok && answer.code === 'session-ended') this.#end(live);
    return answer;
  }

  /** Real input happened in the window: renews the session, at most once a minute (R34). */
  async noteInput(): Promise<void> {
    await this.#live?.renewal.noteInput();
  }

  /** Takes what has changed about the person, so that a reloaded page knows it too. */
  change(part: Partial<Pick<SessionView, 'preferences'>>): void {
    if (this.#live !== null) this.#live.view = { ...this.#live.view, ...part };
  }

  /** The session afresh from the server, for a page that starts anew; the held one where it is silent. */
  async read(): Promise<Answer<SessionView | null>> {
    const live = this.#live;
    if (live === null) return { ok: true, value: null };
    const answer = await this.carry(readSession, {});
    if (this.#live === live && answer.ok) {
      live.view = answer.value;
      live.viewedAt = this.#parts.clock();
    }
    return { ok: true, value: this.view };
  }

  /** Forgets the token and closes the stream, without telling anybody. For the end of the program. */
  close(): void {
    this.#drop();
  }

  #begin(token: string, view: SessionView): void {
    const { link, watch, clock, tellChanged } = this.#parts;
    const { listen = listenForEvents, after = afterMilliseconds } = this.#parts;
    const stream = listen(link, token, {
      heard: () => watch.note({ ok: true, value: null }),
      lost: (code) => watch.note({ ok: false, code }),
      changed: tellChanged,
      ended: () => {
        if (this.#live?.token === token) this.#end(this.#live);
      },
    });
    const renewal = new Renewal({
      clock,
      now: Date.now,
      after,
      renew: (inputAgoMs) => this.#renew(live, inputAgoMs),
    });
    const live: Live = { token, stream, view, viewedAt: clock(), renewal };
    this.#live = live;
  }

  async #renew(live: Live, inputAgoMs: number): Promise<boolean> {
    if (this.#live !== live) return true;
    const answer = await this.carry(renewSession, { inputAgoMs });
    if (answer.ok) live.view = { ...live.view, endsAt: answer.value.endsAt };
    return answer.ok;
  }

  /** The session was ended elsewhere or by time: tells it once, however many asks find out. */
  #end(live: Live): void {
    if (this.#live !== live) return;
    this.#drop();
    this.#parts.tellEnded();
  }

  #drop(): string | null {
    const live = this.#live;
    this.#live = null;
    live?.stream.close();
    live?.renewal.close();
    return live?.token ?? null;
  }

  async #note<T>(asked: Promise<Answer<T>>): Promise<Answer<T>> {
    const answer = await asked;
    this.#parts.watch.note(answer);
    return answer;
  }
}

function afterMilliseconds(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds).unref();
  return () => clearTimeout(timer);
}
