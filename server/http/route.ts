/**
 * A route: an endpoint of the contract, the right that it needs, and what it does. `rules.ts` of
 * a noun decides, `rows.ts` reads and writes, the route only joins them.
 */
import type { Endpoint, ReplyOf, RequestOf } from '../../src-shared/contract/endpoint.ts';
import type { ErrorCode } from '../../src-shared/contract/errors.ts';
import type { Db } from '../db/open.ts';
import type { Verb } from '../rights/can.ts';
import type { Seal } from '../seal/seal.ts';
import type { Settings } from '../settings.ts';

/** Who is asking: a live session of a member of staff. */
export interface Actor {
  readonly schoolId: string;
  readonly staffId: string;
  /** Of the safeguarding team at this moment, not at sign-in (R49). */
  readonly isKeyUser: boolean;
  readonly sessionId: string;
  readonly computerId: string;
}

/** What every noun's routes are made with. Time, randomness and the database come in from here. */
export interface House {
  readonly db: Db;
  readonly settings: Settings;
  readonly now: () => Date;
  /** A new random id (UUID version 7). */
  readonly newId: () => string;
  readonly randomBytes: (length: number) => Uint8Array;
  /** Tells the sessions of these people that something changed; called after the commit. */
  readonly tellChanged: (staffIds: Iterable<string>) => void;
  /** Ends the open event streams of these sessions at once (R33). */
  readonly tellEnded: (sessionIds: Iterable<string>) => void;
  /** Signs with the school's Ed25519 key; base64. */
  readonly sign: (bytes: Uint8Array) => string;
  readonly seal: Seal;
  /** Wakes the mail worker; called after the commit. */
  readonly mailWaits: () => void;
  readonly log: Log;
}

/** Log lines carry ids and codes, never text or names of people (R103). */
export interface Log {
  info(fields: Readonly<Record<string, string | number | boolean | null>>, message: string): void;
  error(fields: Readonly<Record<string, string | number | boolean | null>>, message: string): void;
}

export interface Call {
  /** The caller's network (`networkOf`), for throttling. */
  readonly address: string;
  readonly correlationId: string;
}

export interface SignedInCall extends Call {
  readonly actor: Actor;
}

/** Refuses a request with a code of the table; thrown inside, an answer outside. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly waitSeconds: number | undefined;
  constructor(code: ErrorCode, waitSeconds?: number) {
    super(code);
    this.code = code;
    this.waitSeconds = waitSeconds;
  }
}

export interface Route {
  readonly endpoint: Endpoint;
  readonly verb: Verb;
  readonly handle: (request: unknown, call: Call | SignedInCall) => Promise<unknown>;
}

/** A route that needs a session. */
export function route<E extends Endpoint>(
  endpoint: E,
  verb: Verb,
  handle: (request: RequestOf<E>, call: SignedInCall) => Promise<ReplyOf<E>>,
): Route {
  if (endpoint.access !== 'signed-in') throw new Error(`${endpoint.path} is open to anyone`);
  return { endpoint, verb, handle: handle as Route['handle'] };
}

/** A route that is open before signing in. */
export function openRoute<E extends Endpoint>(
  endpoint: E,
  verb: Verb,
  handle: (request: RequestOf<E>, call: Call) => Promise<ReplyOf<E>>,
): Route {
  if (endpoint.access !== 'anyone') throw new Error(`${endpoint.path} needs a session`);
  return { endpoint, verb, handle: handle as Route['handle'] };
}
