/**
 * The one way to the school's server: HTTPS to the address of the school file, trusting its
 * authority alone, with limits on everything (R57, R58). Answers with a value or a code; never throws.
 */
import { Agent } from 'node:https';
import axios from 'axios';
import { z } from 'zod';
import { BRIDGE_LARGEST_BYTES } from '../../src-shared/bridge.ts';
import { address } from '../../src-shared/contract/endpoint.ts';
import type { Endpoint, ReplyOf } from '../../src-shared/contract/endpoint.ts';
import { ErrorReply } from '../../src-shared/contract/errors.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import type { SchoolFile } from '../../src-shared/school-file.ts';
import { wayFailure } from './failures.ts';
import { understood } from './understood.ts';

export interface LinkLimits {
  /** From asking to the last byte of the reply. */
  readonly totalMs: number;
  /** Bytes of a request's or a reply's body. */
  readonly largestBytes: number;
}

const USUAL_LIMITS: LinkLimits = { totalMs: 20_000, largestBytes: BRIDGE_LARGEST_BYTES };

export interface ServerLink {
  /** Asks the endpoint; `token` is the session's, null before signing in. */
  ask<E extends Endpoint>(
    endpoint: E,
    request: Readonly<Record<string, unknown>>,
    token: string | null,
  ): Promise<Answer<ReplyOf<E>>>;
  /** Posts raw bytes, and answers with the JSON of a 200; any other status is the server's refusal. */
  post(
    path: `/v1/${string}`,
    bytes: Uint8Array,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer<unknown>>;
  /** Whether the school's server answers at all, by `/health`. */
  reach(): Promise<Answer<null>>;
  /** For the event stream: the same trust, the same address. */
  readonly agent: Agent;
  readonly server: string;
  /** Ends its connections. */
  close(): void;
}

/** The agent that trusts what the school file says: its authority, or public ones where it names none. */
export function agentFor(school: Pick<SchoolFile, 'certificateAuthority'>): Agent {
  return new Agent({
    keepAlive: true,
    maxSockets: 8,
    minVersion: 'TLSv1.2',
    // Said outright: unless it is, an environment variable can switch the check off.
    rejectUnauthorized: true,
    ...(school.certificateAuthority === null ? {} : { ca: school.certificateAuthority }),
  });
}

export function linkTo(
  school: Pick<SchoolFile, 'server' | 'certificateAuthority'>,
  limits: LinkLimits = USUAL_LIMITS,
): ServerLink {
  const agent = agentFor(school);
  const http = axios.create({
    baseURL: school.server,
    // A reply's path could otherwise be an address of its own choosing (R58).
    allowAbsoluteUrls: false,
    // The bundle could choose axios' fetch adapter, which knows neither agent nor authority.
    adapter: 'http',
    httpsAgent: agent,
    maxRedirects: 0,
    proxy: false,
    decompress: false,
    maxContentLength: limits.largestBytes,
    maxBodyLength: limits.largestBytes,
    timeout: limits.totalMs,
    responseType: 'text',
    transformRequest: [(body: unknown) => body],
    transformResponse: [(body: unknown) => body],
    validateStatus: () => true,
    headers: { common: { Accept: 'application/json', 'Accept-Encoding': 'identity' } },
  });

  /** Sends, and answers with the status and the JSON of the reply. */
  async function send(
    method: Endpoint['method'],
    url: string,
    body: string | Uint8Array | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer<{ status: number; json: unknown }>> {
    // Held by the type already; a request's part must never turn the path into another host's.
    if (!url.startsWith('/') || url.startsWith('//')) return { ok: false, code: 'program-fault' };
    if (body !== undefined && Buffer.byteLength(body) > limits.largestBytes) {
      return { ok: false, code: 'too-large' };
    }
    const late = AbortSignal.timeout(limits.totalMs);
    try {
      const reply = await http.request<string>({
        method,
        url,
        data: body,
        signal: late,
        headers,
      });
      const type = String(reply.headers['content-type'] ?? '');
      if (!/^application\/json\s*(;|$)/i.test(type)) {
        return { ok: false, code: 'reply-not-understood' };
      }
      return { ok: true, value: { status: reply.status, json: JSON.parse(reply.data) } };
    } catch (error) {
      // Too much of it, or not JSON: something answered that does not speak as the server does.
      const understood = !(error instanceof SyntaxError) && !isOversized(error);
      return { ok: false, code: understood ? wayFailure(error) : 'reply-not-understood' };
    }
  }

  return {
    async ask(endpoint, request, token) {
      const { url, body } = address(endpoint, request);
      const text = body === undefined ? undefined : JSON.stringify(body);
      const sent = await send(endpoint.method, url, text, {
        ...(text === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      });
      if (!sent.ok) return sent;
      const { status, json } = sent.value;
      if (status < 200 || status > 299) return refusal(status, json);
      const reply = understood(endpoint.reply, json);
      return reply === null
        ? { ok: false, code: 'reply-not-understood' }
        : { ok: true, value: reply as ReplyOf<typeof endpoint> };
    },
    async post(path, bytes, headers) {
      const sent = await send('POST', path, bytes, headers);
      if (!sent.ok) return sent;
      const { status, json } = sent.value;
      return status === 200 ? { ok: true, value: json } : refusal(status, json);
    },
    async reach() {
      const sent = await send('GET', '/health', undefined, {});
      return sent.ok ? { ok: true, value: null } : sent;
    },
    agent,
    server: school.server,
    close: () => agent.destroy(),
  };
}

/** A refusal by a code that only a later server has. */
const LaterRefusal = z.object({ code: z.string(), correlationId: z.string() });

/** The server's own refusal, where it is one. */
function refusal(status: number, json: unknown): Answer<never> {
  const reply = understood(ErrorReply, json);
  if (reply !== null) {
    const { code, waitSeconds } = reply;
    return waitSeconds === undefined ? { ok: false, code } : { ok: false, code, waitSeconds };
  }
  if (!LaterRefusal.safeParse(json).success) return { ok: false, code: 'reply-not-understood' };
  return { ok: false, code: status >= 500 ? 'server-failed' : 'bad-request' };
}

/** A reply larger than `maxContentLength`; axios gives it the code of a broken one, so its text decides. */
function isOversized(error: unknown): boolean {
  return axios.isAxiosError(error) && error.message.startsWith('maxContentLength');
}
