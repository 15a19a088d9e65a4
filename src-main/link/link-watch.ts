/**
 * Knows whether the school's server is reached. While somebody is signed in the event stream says
 * so; before that, and while it is not reached, the server is asked for a sign of life.
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
  #state: LinkState = 'connecting';
  #attempt = 0;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(
    reach: () => Promise<Answer<unknown>>,
    tell: (state: LinkState) => void,
    random: () => number = Math.random,
    pace: EventPace = USUAL_PACE,
  ) {
    this.#reach = reach;
    this.#tell = tell;
    this.#random = random;
    this.#pace = pace;
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
    clearTimeout(this.#retry);
  }

  #become(state: LinkState): void {
    clearTimeout(this.#retry);
    if (state === 'online') this.#attempt = 0;
    else {
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
}
