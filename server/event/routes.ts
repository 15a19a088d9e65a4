/** GET /v1/events: "something changed", pushed to whoever has signed in. */
import type { FastifyInstance } from 'fastify';
import { EVENTS_PATH } from '../../src-shared/contract/event.ts';
import { type AppParts, requireActor } from '../http/app.ts';
import type { EventHub } from './hub.ts';

export function eventRoutes(
  app: FastifyInstance,
  hub: EventHub,
  actorOf: AppParts['actorOf'],
): void {
  app.get(EVENTS_PATH, async (request, reply) => {
    const actor = await requireActor(request, actorOf);
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      // Nothing follows a stream: the connection ends with it, and a server that stops can stop.
      connection: 'close',
    });
    hub.open(actor, reply.raw);
  });
}
