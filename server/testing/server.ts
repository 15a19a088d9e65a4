/**
 * A whole school for tests: the real server over real HTTPS on an ephemeral port, a real database
 * in a temporary folder, a real SMTP inbox. Only the clock is a double, and hashing is cheap.
 */
import { createServer } from 'node:net';
import { Agent, request as httpsRequest } from 'node:https';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import {
  address,
  type Endpoint,
  type ReplyOf,
  type RequestOf,
} from '../../src-shared/contract/endpoint.ts';
import { ErrorReply } from '../../src-shared/contract/errors.ts';
import { signIn } from '../../src-shared/contract/session.ts';
import { readKeys } from '../certificate/folder.ts';
import { makeKeys } from '../certificate/make.ts';
import { makeLog } from '../log.ts';
import { type RunningServer, type ServerParts, startServer } from '../main.ts';
import type { Settings } from '../settings.ts';
import { type Clock, makeClock } from './clock.ts';
import { type Inbox, startInbox } from './inbox.ts';
import type { TestStaff } from './people.ts';

/** The least that Argon2 takes: tests that are not about hashing spend no time on it. */
export const CHEAP_COST = { memoryKib: 8, passes: 1 } as const;

export type TestAnswer<T> =
  | { readonly ok: true; readonly status: number; readonly value: T }
  | { readonly ok: false; readonly status: number; readonly error: ErrorReply };

export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface TestServer extends RunningServer {
  readonly folder: string;
  readonly settings: Settings;
  readonly clock: Clock;
  /** Another one may take its place, on the same port. */
  inbox: Inbox;
  /** Everything that was logged, a line each. */
  readonly logLines: readonly string[];
  readonly origin: string;
  /** Asks an endpoint as the client would. */
  call<E extends Endpoint>(
    endpoint: E,
    request: RequestOf<E>,
    token?: string,
  ): Promise<TestAnswer<ReplyOf<E>>>;
  /** Sends any bytes to any path, without the client's good manners. */
  raw(asked: {
    method?: string;
    path: string;
    headers?: Record<string, string>;
    body?: string | Uint8Array;
  }): Promise<RawReply>;
  /** Signs in and returns the token; throws where that is refused. */
  signInAs(person: Pick<TestStaff, 'email' | 'password'>, computerId?: string): Promise<string>;
  /** For own connections: verifies the server by the school's authority. */
  readonly agent: Agent;
  /** Ends the server and deletes its folder. */
  readonly close: () => Promise<void>;
}

export interface TestServerParts extends Partial<Omit<ServerParts, 'folder' | 'settings' | 'log'>> {
  /** Changes the settings before the server starts. */
  readonly change?: (settings: Settings) => Settings;
  readonly clockAt?: string;
  /** A school's folder, as a backup has it, in the place of a new one. */
  readonly restoreFrom?: string;
}

/** Starts one; give `close` to `afterAll`. */
export async function startTestServer(parts: TestServerParts = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'meadowlark-test-'));
  const clock = makeClock(parts.clockAt);
  const inbox = await startInbox();
  const plain = testSettings({ port: await freePort(), mailUrl: inbox.url });
  const settings = parts.change?.(plain) ?? plain;
  const { name } = settings.school;
  // Node checks certificates by the real clock.
  if (parts.restoreFrom === undefined) {
    await makeKeys(folder, { name, domain: settings.listen.domain }, new Date(), null);
  } else {
    cpSync(parts.restoreFrom, folder, { recursive: true });
  }
  const logLines: string[] = [];
  const running = await startServer({
    now: clock.now,
    hashCost: CHEAP_COST,
    laterMs: () => 0,
    openRequestsPerMinute: 1_000_000,
    carriesPerMinute: 1_000_000,
    ...parts,
    folder,
    settings,
    log: makeLog({ write: (line) => void logLines.push(line) }),
  });
  const agent = new Agent({ ca: readKeys(folder).authority ?? undefined, keepAlive: true });
  const origin = `https://localhost:${settings.listen.port}`;

  const raw: TestServer['raw'] = (asked) =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(origin);
      const sending = httpsRequest(
        {
          hostname,
          port,
          agent,
          method: asked.method ?? 'GET',
          path: asked.path,
          headers: asked.headers ?? {},
        },
        (reply) => {
          const chunks: Buffer[] = [];
          reply.on('data', (chunk: Buffer) => chunks.push(chunk));
          reply.on('error', reject);
          reply.on('end', () =>
            resolve({
              status: reply.statusCode ?? 0,
              headers: reply.headers,
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      sending.on('error', reject);
      sending.end(asked.body);
    });

  const call: TestServer['call'] = async (endpoint, request, token) => {
    const { url, body } = address(endpoint, request as Readonly<Record<string, unknown>>);
    const reply = await raw({
      method: endpoint.method,
      path: url,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json: unknown = JSON.parse(reply.text);
    if (reply.status === 200) {
      const value = endpoint.reply.parse(json) as ReplyOf<typeof endpoint>;
      return { ok: true, status: reply.status, value };
    }
    return { ok: false, status: reply.status, error: ErrorReply.parse(json) };
  };

  const school: TestServer = {
    ...running,
    folder,
    settings,
    clock,
    inbox,
    logLines,
    origin,
    agent,
    raw,
    call,
    signInAs: async ({ email, password }, computerId = randomUUID()) => {
      const computer = { id: computerId, name: 'Staff room 1' };
      const answer = await call(signIn, { email, password, computer });
      if (!answer.ok) throw new Error(`sign-in was refused: ${answer.error.code}`);
      return answer.value.token;
    },
    close: async () => {
      await running.close();
      agent.destroy();
      await school.inbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return school;
}

export function testSettings(parts: { port: number; mailUrl: string }): Settings {
  return {
    school: {
      id: randomUUID(),
      name: 'Larkfield School',
      timeZone: 'Europe/London',
      safeguardingContact: { name: 'Ruth Adeyemi', number: '01632 960 001' },
      support: { email: 'it@larkfield.example', link: null },
      userGuide: [{ heading: 'Signing in', text: 'Use your school e-mail address.' }],
      frequentQuestions: [{ heading: 'Who sees this?', text: 'The people you alert.' }],
      sentences: {
        aboutAdults: 'About an adult working here? Do not record it here: tell the head teacher.',
        familyWords: null,
      },
      showsOpenedByTeam: true,
      escrow: true,
      categoryInEmail: true,
    },
    listen: { domain: 'localhost', address: '127.0.0.1', port: parts.port },
    mail: { url: parts.mailUrl, from: 'meadowlark@larkfield.example' },
  };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const found = server.address();
  server.close();
  await once(server, 'close');
  if (found === null || typeof found === 'string') throw new Error('no port');
  return found.port;
}
