/**
 * The HTTPS server: every route of the API from its endpoint value, the errors in one form, the
 * limits and headers that hold for all of it. There is no plain port (R55, R57).
 */
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { Socket } from 'node:net';
import { z } from 'zod';
import { can, type RightsActor } from '../rights/can.ts';
import { errorReply, failureOf, logFault } from './failure.ts';
import { networkOf } from './network.ts';
import { requestOf } from './request.ts';
import { Refusal, type Actor, type House, type Route } from './route.ts';
import { refuseUnknown } from './unknown.ts';

export const HTTP_LIMITS = {
  /** R53: a JSON body, in bytes. */
  bodyBytes: 256 * 1024,
  /** R55. */
  headerBytes: 16 * 1024,
  headersMs: 10_000,
  requestMs: 30_000,
  /**
   * Requests a minute to what is open before signing in, from one network (R59). A computer that the
   * school knows is counted by itself: nobody whose neighbour asks too much is kept from signing in.
   */
  openRequestsPerMinute: 600,
  /** Sealed items a minute from one computer of the school (R59). */
  carriesPerMinute: 60,
  /** At one time; a school's computers keep one each open for what changes. */
  connections: 4_000,
} as const;

export interface AppParts {
  readonly house: House;
  readonly routes: readonly Route[];
  readonly certificate: { readonly certificate: string; readonly key: string };
  /** Who holds this session token now; null where nobody does any more. */
  readonly actorOf: (token: string) => Promise<Actor | null>;
  /** Registers what is not an endpoint of the contract: the event stream and the web pages. */
  readonly more: readonly ((app: FastifyInstance) => void)[];
  /** Runs first when the server closes, to end what would never end by itself. */
  readonly beforeClose: () => void;
  readonly openRequestsPerMinute: number;
  /** Whether the school knows a computer of this id, and has not revoked it. */
  readonly isOurComputer: (id: string) => Promise<boolean>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before the handler of a signed-in route runs. */
    actor: Actor | null;
  }
}

/** Builds the server; `listen` starts it, `close` lets requests in flight finish. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const { house } = parts;
  let isClosing = false;
  const app = fastify({
    https: {
      cert: parts.certificate.certificate,
      key: parts.certificate.key,
      minVersion: 'TLSv1.2',
      handshakeTimeout: HTTP_LIMITS.headersMs,
      maxHeaderSize: HTTP_LIMITS.headerBytes,
      headersTimeout: HTTP_LIMITS.headersMs,
      // Node looks for slow connections only every 30 s unless told otherwise.
      connectionsCheckingInterval: 1_000,
    },
    bodyLimit: HTTP_LIMITS.bodyBytes,
    requestTimeout: HTTP_LIMITS.requestMs,
    exposeHeadRoutes: false,
    // What still comes on an open connection while closing is answered; the answer closes it.
    return503OnClosing: false,
    genReqId: () => house.newId(),
    frameworkErrors: (error, request, reply) => {
      const failed = failureOf(error);
      void (reply as FastifyReply).code(failed.status).send(errorReply(failed, request.id));
    },
    clientErrorHandler: answerUnreadable,
  });

  await app.register(helmet, {
    global: true,
    strictTransportSecurity: { maxAge: 63_072_000, includeSubDomains: false },
    referrerPolicy: { policy: 'no-referrer' },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
  });
  await app.register(rateLimit, {
    global: false,
    keyGenerator: (request) => networkOf(request.ip),
    errorResponseBuilder: (_request, context) =>
      new Refusal('too-many-tries', Math.ceil(context.ttl / 1000)),
  });

  app.server.maxConnections = HTTP_LIMITS.connections;

  app.decorateRequest('actor', null);
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  refuseUnknown(app);
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    // The route's pattern, not the address: a link's token is in the address (R103).
    const path = request.routeOptions.url ?? 'unknown';
    const ms = Math.round(reply.elapsedTime);
    const { method } = request;
    house.log.info(
      { correlationId: request.id, method, path, status: reply.statusCode, ms },
      'request',
    );
  });
  app.addHook('preClose', async () => {
    isClosing = true;
    parts.beforeClose();
  });

  app.setErrorHandler((error, request, reply) => {
    const failed = failureOf(error);
    if (failed.status >= 500) logFault(house.log, error, request.id);
    if (failed.waitSeconds !== undefined) reply.header('retry-after', String(failed.waitSeconds));
    return reply.code(failed.status).send(errorReply(failed, request.id));
  });
  for (const route of parts.routes) addRoute(app, parts, route);
  for (const register of parts.more) register(app);
  app.get('/health', () => ({ ok: true }));
  await app.after();
  return app;
}

/** Finds out who asks, before the body is read; throws `session-ended` where nobody does. */
export async function requireActor(
  request: FastifyRequest,
  actorOf: AppParts['actorOf'],
): Promise<Actor> {
  const token = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(request.headers.authorization ?? '')?.[1];
  const actor = token === undefined ? null : await actorOf(token);
  if (actor === null) throw new Refusal('session-ended');
  return actor;
}

function addRoute(app: FastifyInstance, parts: AppParts, route: Route): void {
  const { endpoint, verb, handle } = route;
  const isOpen = endpoint.access === 'anyone';
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    config: isOpen
      ? {
          rateLimit: {
            max: parts.openRequestsPerMinute,
            timeWindow: 60_000,
            // Once the body is read: it names the computer.
            hook: 'preHandler',
            keyGenerator: (request) => asking(request, parts.isOurComputer),
          },
        }
      : {},
    onRequest: async (request) => {
      if (isOpen) return;
      request.actor = await requireActor(request, parts.actorOf);
    },
    handler: async (request, reply) => {
      const { actor } = request;
      if (!mayTry(actor, verb)) throw new Refusal(actor === null ? 'session-ended' : 'not-allowed');
      const asked = requestOf(endpoint, request);
      const call = { address: networkOf(request.ip), correlationId: request.id };
      const answer = await handle(asked, actor === null ? call : { ...call, actor });
      // The reply's schema is the list of what may leave: a column more is a fault, not a leak (R48).
      const body = JSON.stringify(endpoint.reply.parse(answer));
      return reply.header('content-type', 'application/json; charset=utf-8').send(body);
    },
  });
}

/** The network alone, or one computer of the school there: its id is known to nobody elsewhere. */
async function asking(
  request: FastifyRequest,
  isOurComputer: AppParts['isOurComputer'],
): Promise<string> {
  const network = networkOf(request.ip);
  const named = NamingComputer.safeParse(request.body);
  if (!named.success) return network;
  const { computer, computerId, id } = named.data;
  const claimed = computer?.id ?? computerId ?? id;
  return claimed !== undefined && (await isOurComputer(claimed))
    ? `${network} ${claimed}`
    : network;
}

/** A sign-in, a computer that asks for itself, one that enrols itself. */
const NamingComputer = z.object({
  computer: z.object({ id: z.uuid() }).optional(),
  computerId: z.uuid().optional(),
  id: z.uuid().optional(),
});

/** Verbs that only the facts about one record decide: its noun asks `can` once it has them. */
const DECIDED_BY_FACTS: ReadonlySet<Route['verb']> = new Set([
  'acknowledge own alert',
  'read incident',
  'read action',
  'add action',
]);

function mayTry(actor: Actor | null, verb: Route['verb']): boolean {
  // `actorOf` gives nobody who is not active.
  const asks: RightsActor = actor === null ? null : { ...actor, isActive: true };
  if (DECIDED_BY_FACTS.has(verb)) return asks !== null;
  return can(asks, verb, { kind: 'nothing' });
}

/** Answers what is not HTTP, has headers too large, or comes too slowly, on the bare socket. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const [status, code] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', 'too-large']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', 'request-too-slow']
        : ['400 Bad Request', 'bad-request'];
  const body = JSON.stringify({ code, correlationId: 'unread' });
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Strict-Transport-Security: max-age=63072000\r\nX-Content-Type-Options: nosniff\r\n` +
      `Cache-Control: no-store\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
}
