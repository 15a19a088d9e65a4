/**
 * Listens to "something changed" while somebody is signed in. Every beat of the server says that
 * it is there; 5 s without one is *offline*. Connects again by itself, ever more slowly, until closed.
 */
import { request } from 'node:https';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { EVENTS_PATH, SILENCE_MS } from '../../src-shared/contract/event.ts';
import { eventReader } from './event-text.ts';
import { wayFailure } from './failures.ts';
import type { WayFailure } from './failures.ts';
import type { ServerLink } from './server-link.ts';

export interface EventListeners {
  /** The server was heard from. Called for every beat. */
  readonly heard: () => void;
  /** The stream broke, or nothing was heard for too long. */
  readonly lost: (why: WayFailure) => void;
  /** Something that this person may see has changed; also after each gap, as events may have been missed. */
  readonly changed: () => void;
  /** The session is over; the stream is closed by then. */
  readonly ended: () => void;
}

export interface EventPace {
  readonly silenceMs: number;
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
}

const USUAL_PACE: EventPace = { silenceMs: SILENCE_MS, firstRetryMs: 500, longestRetryMs: 10_000 };

export interface EventStream {
  close(): void;
}

/**
 * How long to wait before the `attempt`th try (from 0): twice as long each time, and half of it by
 * chance, so that a school's computers do not all come back in the same instant.
 */
export function retryDelay(attempt: number, pace: EventPace, random: () => number): number {
  const full = Math.min(pace.longestRetryMs, pace.firstRetryMs * 2 ** Math.min(attempt, 20));
  return full / 2 + (full / 2) * random();
}

export function listenForEvents(
  link: Pick<ServerLink, 'agent' | 'server'>,
  token: string,
  listeners: EventListeners,
  random: () => number = Math.random,
  pace: EventPace = USUAL_PACE,
): EventStream {
  let isClosed = false;
  let attempt = 0;
  let hadGap = false;
  let current: ClientRequest | null = null;
  let silence: NodeJS.Timeout | undefined;
  let retry: NodeJS.Timeout | undefined;

  function stop(): void {
    isClosed = true;
    clearTimeout(silence);
    clearTimeout(retry);
    current?.destroy();
  }

  function heard(): void {
    clearTimeout(silence);
    silence = setTimeout(() => current?.destroy(new Error('silence')), pace.silenceMs);
    listeners.heard();
  }

  function lost(connection: ClientRequest, why: WayFailure): void {
    // A connection ends by error, by end and by close; only the first of them counts.
    if (isClosed || current !== connection) return;
    current = null;
    hadGap = true;
    clearTimeout(silence);
    connection.destroy();
    listeners.lost(why);
    if (isClosed) return;
    retry = setTimeout(connect, retryDelay(attempt, pace, random));
    attempt += 1;
  }

  function follow(connection: ClientRequest, reply: IncomingMessage): void {
    const type = reply.headers['content-type'] ?? '';
    if (reply.statusCode === 401) {
      reply.resume();
      stop();
      listeners.ended();
      return;
    }
    if (reply.statusCode !== 200 || !type.startsWith('text/event-stream')) {
      lost(connection, 'server-unreachable');
      return;
    }
    attempt = 0;
    heard();
    if (hadGap) listeners.changed();
    hadGap = false;
    const reader = eventReader((name) => {
      if (isClosed) return;
      if (name === 'changed') listeners.changed();
      if (name === 'ended') {
        stop();
        listeners.ended();
      }
    });
    reply.setEncoding('utf8');
    reply.on('data', (piece: string) => {
      if (isClosed || current !== connection) return;
      heard();
      if (!reader.read(piece)) lost(connection, 'server-unreachable');
    });
    reply.on('error', () => lost(connection, 'server-unreachable'));
    reply.on('close', () => lost(connection, 'server-unreachable'));
  }

  function connect(): void {
    if (isClosed) return;
    const connection = request(new URL(EVENTS_PATH, link.server), {
      agent: link.agent,
      headers: { Accept: 'text/event-stream', Authorization: `Bearer ${token}` },
    });
    current = connection;
    // Covers the connecting too: a server that accepts and says nothing is silent.
    clearTimeout(silence);
    silence = setTimeout(() => connection.destroy(new Error('silence')), pace.silenceMs);
    connection.on('response', (reply) => follow(connection, reply));
    connection.on('error', (error) => lost(connection, wayFailure(error)));
    connection.on('close', () => lost(connection, 'server-unreachable'));
    connection.end();
  }

  connect();
  return { close: stop };
}
