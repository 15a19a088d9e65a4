/**
 * What an endpoint of the server is: its method, path, request and reply.
 * Everything else follows from that value: the server's route, the client's call, the tests' list.
 */
import type { z } from 'zod';

/** Who may call: `anyone` before signing in, `signed-in` only with a live session's token. */
export type Access = 'anyone' | 'signed-in';

export interface Endpoint<
  Request extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `:name` for each part that is taken from the request. */
  readonly path: `/v1/${string}`;
  readonly access: Access;
  /** Path parts, then the query (GET, DELETE) or the JSON body (POST, PUT), as one object. */
  readonly request: Request;
  readonly reply: Reply;
}

export function endpoint<Request extends z.ZodType, Reply extends z.ZodType>(
  value: Endpoint<Request, Reply>,
): Endpoint<Request, Reply> {
  return value;
}

export type RequestOf<E extends Endpoint> = z.output<E['request']>;
export type ReplyOf<E extends Endpoint> = z.output<E['reply']>;

/** Where a request goes: its address, and what is left of it for the body. */
export interface Addressed {
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** Fills the path's `:name` parts from the request; the rest becomes the query or the body. */
export function address(e: Endpoint, request: Readonly<Record<string, unknown>>): Addressed {
  const rest = { ...request };
  const path = e.path.replace(/:([A-Za-z]+)/g, (_whole, name: string) => {
    const part = String(rest[name]);
    delete rest[name];
    return encodeURIComponent(part);
  });
  if (e.method === 'POST' || e.method === 'PUT') return { url: path, body: rest };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) {
    if (value !== undefined)
      query.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  const text = query.toString();
  return { url: text === '' ? path : `${path}?${text}`, body: undefined };
}
