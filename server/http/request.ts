/**
 * Puts together what an endpoint was asked: path parts, then the query (GET, DELETE) or the JSON
 * body (POST, PUT), as one object; and checks it against the endpoint's schema (R53).
 */
import type { FastifyRequest } from 'fastify';
import type { Endpoint } from '../../src-shared/contract/endpoint.ts';
import { Refusal } from './route.ts';

/** R53: how deep JSON may be nested. */
const DEEPEST = 20;

/** The checked request; throws `bad-request` for anything that the schema does not know. */
export function requestOf(endpoint: Endpoint, request: FastifyRequest): unknown {
  const hasBody = endpoint.method === 'POST' || endpoint.method === 'PUT';
  const given: unknown = hasBody ? request.body : request.query;
  // No body at all stands for an empty request; the body `null` does not.
  const rest = given === undefined ? {} : given;
  if (!isPlainObject(rest) || isDeeperThan(DEEPEST, rest)) throw new Refusal('bad-request');
  const params = request.params as Readonly<Record<string, string>>;
  // A name may be given once: a body cannot speak of another record than its address does.
  if (Object.keys(params).some((name) => Object.hasOwn(rest, name))) {
    throw new Refusal('bad-request');
  }
  const parsed = endpoint.request.safeParse({ ...rest, ...params });
  if (!parsed.success) throw new Refusal('bad-request');
  return parsed.data;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Level by level, not by recursion: the nesting it guards against must not exhaust the stack. */
function isDeeperThan(deepest: number, value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    level = level
      .filter((item) => typeof item === 'object' && item !== null)
      .flatMap((item) => Object.values(item));
  }
  return false;
}
