/**
 * The open event streams: who listens, who is told that something changed, and whose stream ends
 * with their session (R33). Events carry no content.
 */
import type { ServerResponse } from 'node:http';
import type { EventName } from '../../src-shared/contract/event.ts';

/** A stream that takes nothing more is cut: a client that sleeps must not fill the server's memory. */
const MOST_UNSENT_BYTES = 64 * 1024;
/** One is what a client needs; a second may stand while the first has not been missed yet. */
const MOST_OF_SESSION = 4;

interface Stream {
  readonly sessionId: string;
  readonly staffId: string;
  readonly response: ServerResponse;
}

export class EventHub {
  readonly #streams = new Set<Stream>();

  /**
   * Takes over an answered request as a stream until either side closes it. Of too many of one
   * session the oldest ends: nobody can fill the server with streams (R54).
   */
  open(who: { readonly sessionId: string; readonly staffId: string }, response: ServerResponse) {
    if (response.destroyed) return;
    const stream = { sessionId: who.sessionId, staffId: who.staffId, response };
    // A set keeps the order of coming.
    const earlier = [...this.#streams].filter(({ sessionId }) => sessionId === who.sessionId);
    const surplus = Math.max(0, earlier.length + 1 - MOST_OF_SESSION);
    for (const oldest of earlier.slice(0, surplus)) this.#end(oldest, '');
    this.#streams.add(stream);
    response.on('close', () => this.#streams.delete(stream));
    this.#write(stream, ': beat\n\n');
  }

  tellChanged(staffIds: Iterable<string>): void {
    const told = new Set(staffIds);
    for (const stream of this.#streams) {
      if (told.has(stream.staffId)) this.#write(stream, eventText('changed'));
    }
  }

  tellEnded(sessionIds: Iterable<string>): void {
    const ended = new Set(sessionIds);
    for (const stream of this.#streams) {
      if (ended.has(stream.sessionId)) this.#end(stream, eventText('ended'));
    }
  }

  /** The heartbeat; `livingAmong` says which of these sessions live still, the others end. */
  async beat(livingAmong: (sessionIds: readonly string[]) => Promise<Set<string>>): Promise<void> {
    const streams = [...this.#streams];
    if (streams.length === 0) return;
    const living = await livingAmong([...new Set(streams.map((stream) => stream.sessionId))]);
    for (const stream of streams) {
      if (living.has(stream.sessionId)) this.#write(stream, ': beat\n\n');
      else this.#end(stream, eventText('ended'));
    }
  }

  /** Closes every stream without a word: the server stops, the sessions go on. */
  closeAll(): void {
    for (const stream of this.#streams) this.#end(stream, '');
  }

  #write(stream: Stream, text: string): void {
    if (stream.response.destroyed) return;
    if (stream.response.writableLength > MOST_UNSENT_BYTES) {
      this.#streams.delete(stream);
      stream.response.destroy();
      return;
    }
    stream.response.write(text);
  }

  #end(stream: Stream, text: string): void {
    this.#streams.delete(stream);
    stream.response.end(text);
  }
}

function eventText(name: EventName): string {
  return `event: ${name}\ndata: \n\n`;
}
