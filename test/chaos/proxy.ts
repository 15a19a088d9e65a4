/**
 * Our own TCP proxy between the client and the server (R74), with faults chosen by a seed. What it
 * passes on is TLS, so it counts by turns: whatever a client sends before the server next answers
 * is one attempt, as HTTP/1.1 asks one thing at a time over a connection.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Random } from './random.ts';

/** How often each happens: of 100 connections `refused`, of 100 attempts on open ones the others. */
export const FAULTS = {
  refused: 20,
  /** Reset as soon as it arrives; the server never hears of it. */
  'reset before forwarding': 12,
  /** The first half reaches the server, then both ends are cut. */
  'half a request': 9,
  /** It reaches the server, which acts on it, and the client is cut off before any answer. */
  'reset after forwarding': 12,
  /** The server's answer is thrown away, and the connection ended in good order. */
  'reply dropped': 11,
  /** Nothing goes through and nothing is said: the client's own time limit ends it. */
  stalled: 1,
  slow: 10,
  /** Goes through in pieces of a few bytes. */
  sliced: 13,
} as const;
export type FaultName = keyof typeof FAULTS;
export type FaultShares = Readonly<Partial<Record<FaultName, number>>>;

/** A client's last flight of the TLS handshake is shorter than this; any request is longer. */
const SHORTEST_REQUEST_BYTES = 150;
/** A reply has ended, for throwing it away, once nothing came for this long. */
const QUIET_MS = 40;

export interface Counts {
  readonly attempts: number;
  readonly faulted: number;
  readonly by: Readonly<Record<string, number>>;
}

export class Proxy {
  readonly #server: Server;
  readonly #serverPort: number;
  readonly #random: Random;
  readonly #faults: FaultShares;
  readonly #sockets = new Set<Socket>();
  readonly #by = new Map<FaultName, number>();
  #attempts = 0;
  #isFaulty = false;

  private constructor(serverPort: number, random: Random, faults: FaultShares) {
    this.#faults = faults;
    this.#serverPort = serverPort;
    this.#random = random;
    this.#server = createServer((client) => this.#take(client));
  }

  /** Listens on `port` of loopback (0: any); begins without faults. */
  static async start(
    to: { readonly port?: number; readonly serverPort: number },
    random: Random,
    faults: FaultShares = FAULTS,
  ): Promise<Proxy> {
    const proxy = new Proxy(to.serverPort, random, faults);
    proxy.#server.listen(to.port ?? 0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  }

  get counts(): Counts {
    const by = Object.fromEntries(this.#by);
    const faulted = [...this.#by.values()].reduce((sum, count) => sum + count, 0);
    return { attempts: this.#attempts, faulted, by };
  }

  /** From now on attempts meet faults. */
  hurt(): void {
    this.#isFaulty = true;
  }

  /** From now on nothing new is hurt; what was stalled stays so until its client gives up. */
  heal(): void {
    this.#isFaulty = false;
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    if (this.#server.listening) await once(this.#server, 'close');
  }

  #take(client: Socket): void {
    this.#watch(client);
    if (this.#isFaulty && this.#random.chance((this.#faults.refused ?? 0) / 100)) {
      this.#attempts += 1;
      this.#count('refused');
      client.resetAndDestroy();
      return;
    }
    const server = connect(this.#serverPort, '127.0.0.1');
    this.#watch(server);
    new Passage(client, server, () => this.#draw(), this.#random);
  }

  #watch(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
  }

  /** Called once for each attempt on an open connection. */
  #draw(): FaultName | null {
    this.#attempts += 1;
    if (!this.#isFaulty) return null;
    const { refused: _, ...faults } = this.#faults;
    let at = this.#random.next() * 100;
    for (const [name, share] of Object.entries(faults)) {
      at -= share;
      if (at >= 0) continue;
      this.#count(name as FaultName);
      return name as FaultName;
    }
    return null;
  }

  #count(name: FaultName): void {
    this.#by.set(name, (this.#by.get(name) ?? 0) + 1);
  }
}

/** One connection of a client, and the one to the server that was opened for it. */
class Passage {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #draw: () => FaultName | null;
  readonly #random: Random;
  #isClientsTurn = false;
  #turns = 0;
  /** Of this turn of the client. */
  #bytes = 0;
  #isDrawn = false;
  #fault: FaultName | null = null;
  #quiet: NodeJS.Timeout | undefined;
  /** What is slow or sliced goes one after the other. */
  #up: Promise<void> = Promise.resolve();
  #down: Promise<void> = Promise.resolve();

  constructor(client: Socket, server: Socket, draw: () => FaultName | null, random: Random) {
    this.#client = client;
    this.#server = server;
    this.#draw = draw;
    this.#random = random;
    client.on('data', (bytes: Buffer) => this.#fromClient(bytes));
    server.on('data', (bytes: Buffer) => this.#fromServer(bytes));
    // In order: what is still on its way goes before the end of it.
    client.on('end', () => void this.#up.then(() => server.end()));
    server.on('end', () => void this.#down.then(() => this.#ended()));
    client.on('close', () => this.#closed(server));
    server.on('close', () => void this.#down.then(() => this.#closed(client)));
  }

  #fromClient(bytes: Buffer): void {
    if (!this.#isClientsTurn) {
      this.#isClientsTurn = true;
      this.#turns += 1;
      this.#bytes = 0;
      this.#isDrawn = false;
      this.#fault = null;
    }
    this.#bytes += bytes.length;
    if (!this.#isDrawn && this.#turns > 1 && this.#bytes >= SHORTEST_REQUEST_BYTES) {
      this.#isDrawn = true;
      this.#fault = this.#draw();
      if (this.#fault === 'reset after forwarding') {
        // Soon enough that the answer is rarely under way, late enough that all of it has arrived.
        setTimeout(() => this.#cut(), this.#random.between(3, 40));
      }
    }
    switch (this.#fault) {
      case 'stalled':
        return;
      case 'reset before forwarding':
        this.#cut();
        return;
      case 'half a request':
        this.#server.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => this.#cut());
        return;
      default:
        this.#up = this.#up.then(() => this.#pass(bytes, this.#server));
    }
  }

  #fromServer(bytes: Buffer): void {
    this.#isClientsTurn = false;
    switch (this.#fault) {
      case 'stalled':
      case 'reset after forwarding':
        return;
      case 'reply dropped':
        clearTimeout(this.#quiet);
        this.#quiet = setTimeout(() => this.#client.end(), QUIET_MS);
        return;
      default:
        this.#down = this.#down.then(() => this.#pass(bytes, this.#client));
    }
  }

  async #pass(bytes: Buffer, to: Socket): Promise<void> {
    if (this.#fault === 'slow') await wait(this.#random.between(20, 400));
    const step = this.#fault === 'sliced' ? this.#random.between(1, 300) : bytes.length;
    for (let at = 0; at < bytes.length; at += step) {
      if (to.destroyed) return;
      to.write(bytes.subarray(at, at + step));
      if (this.#fault === 'sliced') await wait(0);
    }
  }

  /** The client sees a reset; the server an end, so that what has arrived is not thrown away there. */
  #cut(): void {
    this.#client.resetAndDestroy();
    this.#server.end();
  }

  #ended(): void {
    if (this.#fault !== 'stalled') this.#client.end();
  }

  /** A server that dies is not heard of through a stall. */
  #closed(other: Socket): void {
    if (other === this.#client && this.#fault === 'stalled') return;
    other.destroy();
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
