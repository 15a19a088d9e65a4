/** Asks the school's server directly, past the client: what it refuses, it has to refuse to anybody. */
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { v4 as randomId } from 'uuid';
import { address, type Endpoint, type ReplyOf } from '../../src-shared/contract/endpoint.ts';
import { ErrorReply, type ErrorCode } from '../../src-shared/contract/errors.ts';
import { signIn } from '../../src-shared/contract/session.ts';
import { SchoolFile } from '../../src-shared/school-file.ts';

/** A school's server: its address, and the authority to trust (PEM). */
export interface ServerAt {
  readonly origin: string;
  readonly authority: string | null;
}

/** The server that a school file leads to. */
export function serverOf(schoolFile: string): ServerAt {
  const school = SchoolFile.parse(JSON.parse(readFileSync(schoolFile, 'utf8')));
  return { origin: school.server, authority: school.certificateAuthority };
}

export type ServerAnswer<E extends Endpoint> =
  | { readonly status: number; readonly value: ReplyOf<E> }
  | { readonly status: number; readonly code: ErrorCode };

/** Sends what an endpoint takes and answers with what it gives, or the code it was refused with. */
export async function askServer<E extends Endpoint>(
  server: ServerAt,
  endpoint: E,
  asked: Readonly<Record<string, unknown>>,
  token: string | null,
): Promise<ServerAnswer<E>> {
  const { url, body } = address(endpoint, asked);
  const { status, text } = await sendToServer(server, {
    method: endpoint.method,
    path: url,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const json: unknown = JSON.parse(text);
  if (status !== 200) return { status, code: ErrorReply.parse(json).code };
  return { status, value: endpoint.reply.parse(json) as ReplyOf<E> };
}

/** Signs in as another computer would; answers with the session's token. */
export async function signInToServer(
  server: ServerAt,
  who: { readonly email: string; readonly password: string },
): Promise<string> {
  const { email, password } = who;
  const computer = { id: randomId(), name: 'direct request' };
  const answer = await askServer(server, signIn, { email, password, computer }, null);
  if (!('value' in answer)) throw new Error(`sign-in was refused: ${answer.code}`);
  return answer.value.token;
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
}

/** Sends anything anywhere at the school's server; what has no contract is asked for so. */
export function sendToServer(
  server: ServerAt,
  sent: Sent,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      new URL(sent.path, server.origin),
      {
        method: sent.method,
        ca: server.authority ?? undefined,
        headers: sent.headers,
      },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk: string) => {
          text += chunk;
        });
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text }));
        incoming.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(sent.body ?? undefined);
  });
}
