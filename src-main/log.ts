/**
 * The client's log, through which no content can pass: fixed lines, with ids, codes and numbers
 * (R103). Whatever else is handed in is written as "[hidden]".
 */
import { basename, join } from 'node:path';
import electronLog from 'electron-log/node';

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  info(message: LogMessage, fields?: LogFields): void;
  error(message: LogMessage, fields?: LogFields, error?: unknown): void;
}

/** Every line that the log can hold. */
export type LogMessage =
  | 'started'
  | 'ended'
  | 'school found'
  | 'link changed'
  | 'message refused'
  | 'answer failed'
  | 'page gone'
  | 'preload failed'
  | 'not allowed to run'
  | 'policy wrong'
  | 'data folder is another'
  | 'data folder is not lasting'
  | 'vault opened'
  | 'vault refused'
  | 'vault ended'
  | 'keys refused'
  | 'not carried'
  | 'round not made'
  | 'person forgotten'
  | 'locked'
  | 'not remembered'
  | 'fault';

/** Ids, codes and versions; never two words, never a capital, so that no name fits. */
const ID_OR_CODE = /^(?:[0-9a-f-]{36}|[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*|[0-9]+(?:\.[0-9]+)*)$/;
/** Names of asks and keys of policy.json: letters only, as in the bridge's table and IT's file. */
const FIELDS_OF_OUR_WORDS: readonly string[] = ['ask', 'key'];

export function redacted(name: string, value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  if (FIELDS_OF_OUR_WORDS.includes(name) && /^[a-z][A-Za-z]{0,40}$/.test(value)) return value;
  return value.length <= 64 && ID_OR_CODE.test(value) ? value : '[hidden]';
}

/**
 * Where an error came from: its class, its code, and the places in our files. Never its message,
 * which may quote what a person typed; the stack repeats the message, so that part is cut off.
 */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'not an error';
  const kind = /^[A-Z][A-Za-z]{0,40}$/.test(error.name) ? error.name : 'Error';
  const code = 'code' in error ? ` ${redacted('code', String(error.code).toLowerCase())}` : '';
  const head = `${error.name}: ${error.message}`;
  const stack = error.stack ?? '';
  const tail = stack.startsWith(head) ? stack.slice(head.length) : '';
  const places = [...tail.matchAll(/^\s+at .*?([^\s(/\\]+:\d+:\d+)\)?$/gm)].slice(0, 8);
  return `${kind}${code} ${places.map((place) => basename(place[1] ?? '')).join(' < ')}`.trim();
}

/** Writes to `FOLDER/main.log`, kept to 1 MiB and one older file; `alsoConsole` is for the demo. */
export function openLog(folder: string, alsoConsole: boolean): Log {
  electronLog.transports.file.resolvePathFn = () => join(folder, 'main.log');
  electronLog.transports.file.level = 'info';
  electronLog.transports.console.level = alsoConsole ? 'warn' : false;
  const line = (message: LogMessage, fields: LogFields, error?: unknown): string => {
    const words = Object.entries(fields).map(([name, value]) => `${name}=${redacted(name, value)}`);
    return [message, ...words, ...(error === undefined ? [] : [placeOf(error)])].join(' ');
  };
  return {
    info: (message, fields = {}) => electronLog.info(line(message, fields)),
    error: (message, fields = {}, error?: unknown) =>
      electronLog.error(line(message, fields, error)),
  };
}
