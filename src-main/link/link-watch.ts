/**
 * Knows whether the school's server is reached. While somebody is signed in the event stream says
 * so; without one, and while it is not reached, the server is asked for a sign of life.
 */
import type { LinkState } from '../../src-shared/bridge.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import { retryDelay } from './events.ts';
import type { EventPace } from './events.ts';

const USUAL_PACE: EventPace = { silenceMs: 5_000, firstRetryMs: 1_000, longestRetryMs: 5_000 };

export class LinkWatch {
  readonly #reach: () => Promise<Answer<unknown>>;
  readonly #tell: (state: LinkState) => void;
  readonly #random: () => number;
  readonly #pace: EventPace;
  readonly #isWatched: () => boolean;
  #state: LinkState = 'connecting';
  #attempt = 0;
  #retry: NodeJS.Timeout | undefined;
  #silence: NodeJS.Timeout | undefined;
  #isClosed = false;

  /**
   * `isWatched` answers whether anybody sees the state: where nobody does the server is not asked,
   * and what was true last stays until something is asked of it.
   */
  constructor(
    reach: () => Promise<Answer<unknown>>,
    tell: (state: LinkState) => void,
    random: () => number = Math.random,
    pace: EventPace = USUAL_PACE,
    isWatched: () => boolean = () => true,
  ) {
    this.#reach = reach;
    this.#tell = tell;
    this.#random = random;
    this.#pace = pace;
    this.#isWatched = isWatched;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Asks for a sign of life now; where there is none, again until there is. */
  async look(): Promise<void> {
    clearTimeout(this.#retry);
    this.note(await this.#reach());
  }

  /** Takes what any answer of the server, or its absence, says about the way to it. */
  note(answer: Answer<unknown>): void {
    if (this.#isClosed) return;
    if (!answer.ok && answer.code === 'server-not-trusted') this.#become('not-trusted');
    else if (!answer.ok && ['server-unreachable', 'reply-not-understood'].includes(answer.code)) {
      this.#become('offline');
    } else this.#become('online');
  }

  close(): void {
    this.#isClosed = true;
    this.#endTimers();
  }

  #become(state: LinkState): void {
    this.#endTimers();
    if (state === 'online') {
      this.#attempt = 0;
      this.#expectMore();
    } else {
      this.#retry = setTimeout(
        () => void this.look(),
        retryDelay(this.#attempt, this.#pace, this.#random),
      );
      this.#attempt += 1;
    }
    if (state === this.#state) return;
    this.#state = state;
    this.#tell(state);
  }

  /** Half of the silence is for the stream's own heartbeats, half for the answer to a question. */
  #expectMore(): void {
    const { silenceMs } = this.#pace;
    this.#retry = setTimeout(() => {
      if (this.#isWatched()) void this.look();
      else this.#endTimers();
    }, silenceMs / 2);
    this.#silence = setTimeout(() => this.#become('offline'), silenceMs);
  }

  #endTimers(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
  }
}
