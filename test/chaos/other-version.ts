/**
 * Stands before a real server and makes one of the version after or before it (R82), as far as a
 * client can tell: the later one says more in every object of its replies, the earlier one knows
 * neither the requests nor the headers that came since.
 */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as send, type Server } from 'node:https';
import { readKeys } from '../../server/certificate/folder.ts';
import { listForgotten, listLacking } from '../../src-shared/contract/computer.ts';
import { listDraftsElsewhere, tellDrafts } from '../../src-shared/contract/draft.ts';
import type { ChaosSchool } from './school.ts';

/** As if they had come since: what a computer does beside signing in, reading and carrying. */
const NEW_PATHS: readonly string[] = [
  listForgotten,
  listLacking,
  listDraftsElsewhere,
  tellDrafts,
].map(({ path }) => path);
const NEW_HEADERS = ['meadowlark-sent-at', 'meadowlark-receipt'];

export class OtherVersion {
  readonly #server: Server;
  readonly #school: ChaosSchool;
  readonly #is: 'later' | 'earlier';
  /** The paths whose replies or requests were other than this version's. */
  readonly changed = new Set<string>();

  private constructor(school: ChaosSchool, is: 'later' | 'earlier') {
    this.#school = school;
    this.#is = is;
    const { certificate: cert, key } = readKeys(school.folder).server;
    this.#server = createServer({ cert, key }, (request, response) => {
      this.#pass(request, response);
    });
  }

  static async start(school: ChaosSchool, is: 'later' | 'earlier'): Promise<OtherVersion> {
    const front = new OtherVersion(school, is);
    front.#server.listen(0, '127.0.0.1');
    await once(front.#server, 'listening');
    return front;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    const { method, url = '/' } = request;
    const [path = '/'] = url.split('?');
    const headers = { ...request.headers };
    let asked = url;
    if (this.#is === 'earlier') {
      if (NEW_PATHS.includes(path)) asked = '/v1/not-known-yet';
      const isNew = NEW_HEADERS.some((name) => headers[name] !== undefined);
      if (isNew || asked !== url) this.changed.add(path);
      for (const name of NEW_HEADERS) delete headers[name];
    }
    const { server, certificateAuthority } = this.#school.fileFor(this.#school.serverPort);
    const sending = send(
      new URL(asked, server),
      { method, headers, ca: certificateAuthority ?? undefined },
      (reply) => void this.#answer(path, reply, response),
    );
    sending.on('error', () => response.destroy());
    response.on('close', () => sending.destroy());
    request.pipe(sending);
  }

  async #answer(path: string, reply: IncomingMessage, response: ServerResponse): Promise<void> {
    const status = reply.statusCode ?? 502;
    const isJson = reply.headers['content-type']?.startsWith('application/json') === true;
    if (this.#is === 'earlier' || !isJson) {
      response.writeHead(status, reply.headers);
      reply.pipe(response);
      return;
    }
    const body = Buffer.concat(await reply.toArray()).toString();
    this.changed.add(path);
    const { 'content-length': _, ...headers } = reply.headers;
    response.writeHead(status, headers);
    response.end(JSON.stringify(sayingMore(JSON.parse(body))));
  }
}

/** The same, with a field of tomorrow in each object. */
function sayingMore(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(sayingMore);
  if (typeof json !== 'object' || json === null) return json;
  const more = Object.entries(json).map(([name, value]) => [name, sayingMore(value)]);
  return { ...Object.fromEntries(more), sinceTomorrow: { is: 'new' } };
}
