/**
 * A client of the DevTools protocol over Chromium's debugging pipe: JSON messages, each ended by a
 * zero byte. Raw, because it starts 290 ms sooner than a driver library and sends shorter messages.
 */
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { CommandReplies, EventParameters } from './protocol.ts';

interface Message {
  id?: number;
  sessionId?: string;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

interface Waiting {
  method: string;
  resolve(value: unknown): void;
  reject(reason: Error): void;
}

/** One connection to the browser. Sessions of targets are told apart by their id (`flatten`). */
export class DevTools {
  #output: Writable;
  #lastId = 0;
  #waiting = new Map<number, Waiting>();
  #listeners = new EventEmitter().setMaxListeners(0);
  #pending: Buffer[] = [];
  #closed = false;

  constructor(input: Readable, output: Writable) {
    this.#output = output;
    input.on('data', (chunk: Buffer) => this.#read(chunk));
    input.on('close', () => this.#close());
    // The pipe is reset when the browser ends first; that is told by 'close'.
    input.on('error', () => this.#close());
    output.on('error', () => this.#close());
  }

  /** Sends a command; rejects with the protocol's message, or when the browser has gone. */
  send<Method extends keyof CommandReplies>(
    method: Method,
    parameters: object = {},
    sessionId?: string,
  ): Promise<CommandReplies[Method]> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(new Error(`${method}: the browser has gone`));
        return;
      }
      const id = ++this.#lastId;
      this.#waiting.set(id, { method, resolve: (value) => resolve(value as never), reject });
      const message = {
        id,
        method,
        params: parameters,
        ...(sessionId === undefined ? {} : { sessionId }),
      };
      this.#output.write(`${JSON.stringify(message)}\0`);
    });
  }

  /** Calls back for each event of that name, of the given session only (undefined: the browser's own). */
  on<Name extends keyof EventParameters>(
    name: Name,
    sessionId: string | undefined,
    listener: (parameters: EventParameters[Name]) => void,
  ): void {
    this.#listeners.on(`${sessionId ?? ''} ${name}`, listener);
  }

  /** Forgets every listener of a session that has ended. */
  forget(sessionId: string): void {
    for (const name of this.#listeners.eventNames()) {
      if (String(name).startsWith(`${sessionId} `)) this.#listeners.removeAllListeners(name);
    }
  }

  onClose(listener: () => void): void {
    this.#listeners.once('closed', listener);
  }

  #read(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      const text = Buffer.concat([...this.#pending, chunk.subarray(start, end)]).toString('utf8');
      this.#pending = [];
      start = end + 1;
      this.#receive(JSON.parse(text) as Message);
    }
    if (start < chunk.length) this.#pending.push(chunk.subarray(start));
  }

  #receive(message: Message): void {
    if (message.id === undefined) {
      this.#listeners.emit(`${message.sessionId ?? ''} ${message.method}`, message.params);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting?.resolve(message.result);
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const waiting of this.#waiting.values()) {
      waiting.reject(new Error(`${waiting.method}: the browser has gone`));
    }
    this.#waiting.clear();
    this.#listeners.emit('closed');
  }
}
