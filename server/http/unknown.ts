/**
 * Refuses what nothing answers, before a body is read: a known address asked by a method that it
 * does not have (405, with those it has), and every other one (404). Whatever is registered is
 * known by that alone, an endpoint of the contract or not (R55).
 */
import type { FastifyInstance } from 'fastify';
import { Refusal } from './route.ts';

/** Methods that some address of an HTTP server may have; any other is refused wherever it is sent. */
const COMMON_METHODS: readonly string[] = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'TRACE',
];

interface Known {
  readonly parts: readonly string[];
  readonly methods: readonly string[];
}

/**
 * Call it before the first route. It tells nothing but which addresses there are, which the program
 * itself tells to anybody: `:id` stands for every word, whether there is such a record or not (R47).
 */
export function refuseUnknown(app: FastifyInstance): void {
  const known: Known[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    known.push({ parts: url.split('/'), methods: [method].flat() });
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    const asked = (request.url.split('?', 1)[0] ?? '').split('/');
    const allowed = known.flatMap(({ parts, methods }) => (fits(parts, asked) ? methods : []));
    if (allowed.length > 0) reply.header('allow', [...new Set(allowed)].join(', '));
    const isRefusedByMethod = allowed.length > 0 || !COMMON_METHODS.includes(request.method);
    throw new Refusal(isRefusedByMethod ? 'method-not-allowed' : 'not-found');
  });
}

/** Whether an address is one of the router's, in which `:name` stands for one part of any kind. */
function fits(parts: readonly string[], asked: readonly string[]): boolean {
  return (
    parts.length === asked.length &&
    parts.every((part, at) => (part.startsWith(':') ? asked[at] !== '' : part === asked[at]))
  );
}
