/** The server's log: one JSON object a line, with ids and codes, never words or names (R103). */
import { pino, type DestinationStream } from 'pino';
import type { Log } from './http/route.ts';

/** Writes to `destination`, or to standard output. */
export function makeLog(destination?: DestinationStream): Log {
  const options = {
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    // A second net: should a field of these names ever be logged, its value is not.
    redact: { paths: ['token', 'password', 'email', 'name', 'text', 'body'], censor: '[hidden]' },
  };
  const logger = destination === undefined ? pino(options) : pino(options, destination);
  return {
    info: (fields, message) => logger.info(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
}
