/**
 * One end of the passage between the page's world and the preload's. Both ends run this function
 * on the same detached node: `CustomEvent.detail` is copied by real structured clone, dispatch is
 * synchronous, and the page finds no name of it on `window`. Self-contained: its text is injected.
 */
export interface BridgeEnd {
  /** Describes a value so that it may cross: functions and promises as numbers. */
  wrap(value: unknown): unknown;
  unwrap(described: unknown): unknown;
  send(message: object): void;
  onMessage(listener: (message: Record<string, unknown>) => void): void;
}

/** `receive` and `send` are the names of the events that come to this end and go to the other. */
export function makeBridgeEnd(node: EventTarget, receive: string, send: string): BridgeEnd {
  // Kept from the start, as a page may replace what hangs on its globals.
  const { CustomEvent, Promise, Error, TypeError, Array, Object, Map, Blob } = globalThis;
  const listen = node.addEventListener.bind(node);
  const dispatch = node.dispatchEvent.bind(node);

  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const settlers = new Map<
    number,
    { resolve(value: unknown): void; reject(reason: unknown): void }
  >();
  let lastNumber = 0;
  let answer: Record<string, unknown> | null = null;
  let listener: (message: Record<string, unknown>) => void = () => {};

  function post(message: object): void {
    dispatch(new CustomEvent(send, { detail: message }));
  }

  function isPlain(value: object): boolean {
    return Object.prototype.toString.call(value) === '[object Object]' && !(value instanceof Blob);
  }

  function wrap(value: unknown): unknown {
    const seen = new Map<object, number>();

    function walk(item: unknown, depth: number): unknown {
      if (depth >= 1000) {
        throw new TypeError(
          'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.',
        );
      }
      if (typeof item === 'symbol') throw new Error('An object could not be cloned.');
      if (item === null || (typeof item !== 'object' && typeof item !== 'function'))
        return { kind: 'value', value: item };
      const known = seen.get(item);
      if (known !== undefined) return { kind: 'again', place: known };
      seen.set(item, seen.size);
      if (typeof item === 'function') {
        const id = ++lastNumber;
        functions.set(id, item as (...args: unknown[]) => unknown);
        return { kind: 'function', id };
      }
      if (item instanceof Promise) {
        const id = ++lastNumber;
        item.then(
          (result) => post({ kind: 'settle', id, result: wrap(result) }),
          (reason) => post({ kind: 'settle', id, reason: wrap(reason) }),
        );
        return { kind: 'promise', id };
      }
      if (item instanceof Error) return { kind: 'error', message: item.message };
      if (Array.isArray(item))
        return { kind: 'array', items: Array.from(item, (entry) => walk(entry, depth + 1)) };
      if (!isPlain(item)) return { kind: 'value', value: item };
      const entries: unknown[] = [];
      for (const key of Object.keys(item)) entries.push([key, walk(item[key as never], depth + 1)]);
      return { kind: 'object', entries };
    }

    return walk(value, 0);
  }

  function unwrap(described: unknown): unknown {
    const made: unknown[] = [];

    function build(item: unknown): unknown {
      const part = item as {
        kind: string;
        value?: unknown;
        id: number;
        place: number;
        message: string;
        items: unknown[];
        entries: [string, unknown][];
      };
      switch (part.kind) {
        case 'again':
          return made[part.place];
        case 'function': {
          const { id } = part;
          const proxy = (...args: unknown[]): unknown => call(id, args);
          made.push(proxy);
          return proxy;
        }
        case 'promise': {
          const { id } = part;
          const promise = new Promise<unknown>((resolve, reject) =>
            settlers.set(id, { resolve, reject }),
          );
          made.push(promise);
          return promise;
        }
        case 'error': {
          const error = new Error(part.message);
          made.push(error);
          return error;
        }
        case 'array': {
          const list: unknown[] = [];
          made.push(list);
          for (const entry of part.items) list.push(build(entry));
          return list;
        }
        case 'object': {
          const object = {};
          made.push(object);
          for (const [key, entry] of part.entries) {
            Object.defineProperty(object, key, {
              value: build(entry),
              writable: true,
              enumerable: true,
              configurable: true,
            });
          }
          return object;
        }
        default:
          if (typeof part.value === 'object' && part.value !== null) made.push(part.value);
          return part.value;
      }
    }

    return build(described);
  }

  /** Calls a function of the other end; it runs before this returns. */
  function call(id: number, args: unknown[]): unknown {
    const described = wrap(args);
    answer = null;
    post({ kind: 'call', id, args: described });
    // What cannot be cloned arrives as null, and so it does on the way back.
    const received = answer as Record<string, unknown> | null;
    answer = null;
    if (!received) throw new Error('An object could not be cloned.');
    if ('thrown' in received) throw new Error(received['thrown'] as string);
    return unwrap(received['result']);
  }

  function run(id: number, args: unknown): void {
    try {
      const result = functions.get(id)?.(...(unwrap(args) as unknown[]));
      post({ kind: 'answer', result: wrap(result) });
    } catch (error) {
      const message =
        error !== null && typeof error === 'object' && 'message' in error
          ? error.message
          : undefined;
      const thrown =
        typeof message === 'string'
          ? message
          : 'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.';
      post({ kind: 'answer', thrown });
    }
  }

  listen(receive, (event) => {
    const message = (event as CustomEvent<Record<string, unknown> | null>).detail;
    if (message === null) return;
    if (message['kind'] === 'call') run(message['id'] as number, message['args']);
    else if (message['kind'] === 'answer') answer = message;
    else if (message['kind'] === 'settle') {
      const id = message['id'] as number;
      const settler = settlers.get(id);
      settlers.delete(id);
      if ('reason' in message) settler?.reject(unwrap(message['reason']));
      else settler?.resolve(unwrap(message['result']));
    } else listener(message);
  });

  return {
    wrap,
    unwrap,
    send: post,
    onMessage(callback) {
      listener = callback;
    },
  };
}
