/**
 * Turns whatever was thrown into the answer a client may see: a code of the table and the id that
 * finds the line in the log. Nothing of the error itself leaves the server (R56).
 */
import { ERRORS, type ErrorCode, type ErrorReply } from '../../src-shared/contract/errors.ts';
import { Refusal, type Log } from './route.ts';

export interface Failure {
  readonly status: number;
  readonly code: ErrorCode;
  readonly waitSeconds: number | undefined;
}

/** What fastify says of a request that it cannot read, as a code of the table. */
const FASTIFY_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_NOT_FOUND: 'not-found',
};

/** `server-failed` (500) for everything that the program did not foresee. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Refusal) return failure(error.code, error.waitSeconds);
  const { code, statusCode } = fieldsOf(error);
  if (code === 'SQLITE_BUSY') return failure('server-busy', 5);
  const known = FASTIFY_CODES[code];
  if (known !== undefined) return failure(known);
  if (statusCode >= 400 && statusCode < 500) return failure('bad-request');
  return failure('server-failed');
}

/** The body of a failed answer. */
export function errorReply(failed: Failure, correlationId: string): ErrorReply {
  return failed.waitSeconds === undefined
    ? { code: failed.code, correlationId }
    : { code: failed.code, correlationId, waitSeconds: failed.waitSeconds };
}

/**
 * Logs a failure of the program by its kind and place. Its message is left out: it may quote what
 * a person wrote (R103).
 */
export function logFault(log: Log, error: unknown, correlationId: string): void {
  const { name, code, stack } = fieldsOf(error);
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  log.error(
    { correlationId, error: name, code, at: frames.slice(0, 8).join(' < ').replace(/\s+/g, ' ') },
    'a request failed',
  );
}

function failure(code: ErrorCode, waitSeconds?: number): Failure {
  return { status: ERRORS[code].status ?? 500, code, waitSeconds };
}

function fieldsOf(error: unknown): {
  name: string;
  code: string;
  statusCode: number;
  stack: string;
} {
  if (!(error instanceof Error)) return { name: typeof error, code: '', statusCode: 0, stack: '' };
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  return {
    name: error.name,
    code: typeof code === 'string' ? code : '',
    statusCode: typeof statusCode === 'number' ? statusCode : 0,
    stack: error.stack ?? '',
  };
}
