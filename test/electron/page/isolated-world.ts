/**
 * The preload's world: gives the preload the modules that Electron gives a sandboxed one, runs it
 * as one function, and carries its messages to Node and back. Self-contained: its text is injected.
 */
import type { BridgeEnd } from './bridge.ts';
import type { Codec } from './codec.ts';

export interface IsolatedWorldSettings {
  ask: string;
  hand: string;
  /** Name of the function by which text reaches Node; it exists in this world only. */
  binding: string;
  /** Name under which Node finds the function that takes its messages. */
  receiver: string;
  platform: string;
  versions: Record<string, string>;
  preloadPath: string | null;
  /** Why there is a path and no preload. */
  preloadError: string | null;
}

type Preload = (
  require: (name: string) => unknown,
  process: unknown,
  exports: object,
  module: object,
  global: unknown,
  setImmediate: unknown,
  clearImmediate: unknown,
) => void;

export function enterIsolatedWorld(
  makeBridgeEnd: (node: EventTarget, receive: string, send: string) => BridgeEnd,
  makeCodec: (
    toBase64: (bytes: Uint8Array) => string,
    fromBase64: (text: string) => Uint8Array,
  ) => Codec,
  settings: IsolatedWorldSettings,
  preload: Preload | null,
): void {
  if (window.top !== window) return;
  const scope = globalThis as unknown as Record<string, unknown>;
  const toNode = scope[settings.binding] as (text: string) => void;
  delete scope[settings.binding];

  type Base64 = { toBase64(): string };
  type FromBase64 = { fromBase64(text: string): Uint8Array };
  const codec = makeCodec(
    (bytes) => (bytes as unknown as Base64).toBase64(),
    (text) => (Uint8Array as unknown as FromBase64).fromBase64(text),
  );

  let node: EventTarget | null = null;
  const handed = (event: Event): void => {
    node = (event as MouseEvent).relatedTarget;
    event.stopImmediatePropagation();
  };
  window.addEventListener(settings.hand, handed, true);
  window.dispatchEvent(new Event(settings.ask));
  window.removeEventListener(settings.hand, handed, true);
  if (!node) throw new Error('The stand-in found no bridge to the page.');
  const bridge = makeBridgeEnd(node, 'to-isolated', 'to-main');
  let said: Record<string, unknown> = {};
  bridge.onMessage((message) => {
    if (message['kind'] === 'permission') toNode(JSON.stringify(message));
    else said = message;
  });

  class Emitter {
    #listeners = new Map<string, { listener: (...args: unknown[]) => void; once: boolean }[]>();

    on(name: string, listener: (...args: unknown[]) => void): this {
      return this.#add(name, listener, false);
    }
    addListener(name: string, listener: (...args: unknown[]) => void): this {
      return this.#add(name, listener, false);
    }
    once(name: string, listener: (...args: unknown[]) => void): this {
      return this.#add(name, listener, true);
    }
    off(name: string, listener: (...args: unknown[]) => void): this {
      const kept = (this.#listeners.get(name) ?? []).filter((entry) => entry.listener !== listener);
      this.#listeners.set(name, kept);
      return this;
    }
    removeListener(name: string, listener: (...args: unknown[]) => void): this {
      return this.off(name, listener);
    }
    removeAllListeners(name?: string): this {
      if (name === undefined) this.#listeners.clear();
      else this.#listeners.delete(name);
      return this;
    }
    listenerCount(name: string): number {
      return this.#listeners.get(name)?.length ?? 0;
    }
    emit(name: string, ...args: unknown[]): boolean {
      const entries = [...(this.#listeners.get(name) ?? [])];
      for (const { listener, once } of entries) {
        if (once) this.off(name, listener);
        Reflect.apply(listener, this, args);
      }
      return entries.length > 0;
    }
    #add(name: string, listener: (...args: unknown[]) => void, once: boolean): this {
      this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), { listener, once }]);
      return this;
    }
  }

  /** The clone that every message goes through, with Electron's words when it fails. */
  function clone(values: unknown[]): unknown[] {
    try {
      return structuredClone(values);
    } catch {
      throw new Error('An object could not be cloned.');
    }
  }

  let lastInvoke = 0;
  const invoked = new Map<
    number,
    { channel: string; resolve(value: unknown): void; reject(reason: Error): void }
  >();

  class IpcRenderer extends Emitter {
    send(channel: string, ...args: unknown[]): void {
      toNode(JSON.stringify({ kind: 'send', channel, args: codec.encode(clone(args)) }));
    }
    invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      return new Promise((resolve, reject) => {
        const text = codec.encode(clone(args));
        const id = ++lastInvoke;
        invoked.set(id, { channel, resolve, reject });
        toNode(JSON.stringify({ kind: 'invoke', id, channel, args: text }));
      });
    }
  }
  const ipcRenderer = new IpcRenderer();

  scope[settings.receiver] = (text: string): void => {
    const message = JSON.parse(text) as {
      kind: string;
      channel: string;
      id: number;
      error?: string;
      args: string;
    };
    if (message.kind === 'permitted') {
      bridge.send(message);
      return;
    }
    if (message.kind === 'send') {
      const event = { sender: ipcRenderer, ports: [] };
      ipcRenderer.emit(message.channel, event, ...(codec.decode(message.args) as unknown[]));
      return;
    }
    const waiting = invoked.get(message.id);
    invoked.delete(message.id);
    if (!waiting) return;
    if (message.error !== undefined) {
      waiting.reject(
        new Error(`Error invoking remote method '${waiting.channel}': ${message.error}`),
      );
    } else {
      waiting.resolve(codec.decode(message.args));
    }
  };

  const contextBridge = {
    exposeInMainWorld(key: string, api: unknown): void {
      bridge.send({ kind: 'has', key });
      if (said['result'] === true) {
        throw new Error('Cannot bind an API on top of an existing property on the window object');
      }
      said = {};
      bridge.send({ kind: 'expose', key, api: bridge.wrap(api) });
      if (said['kind'] !== 'exposed') throw new Error('An object could not be cloned.');
    },
  };

  /** Throws for what Electron has and the stand-in has not, instead of giving undefined. */
  function only<Value extends object>(name: string, value: Value): Value {
    return new Proxy(value, {
      get(target, key) {
        if (typeof key === 'string' && !(key in target) && key !== 'then' && key !== 'toJSON') {
          throw new Error(`not in the stand-in: ${name}.${key}`);
        }
        const found = Reflect.get(target, key) as unknown;
        return typeof found === 'function' ? (found.bind(target) as unknown) : found;
      },
    });
  }

  const setImmediate = (callback: (...args: unknown[]) => void, ...args: unknown[]): number =>
    window.setTimeout(callback, 0, ...args);
  const clearImmediate = (id: number): void => window.clearTimeout(id);
  const process = Object.assign(new Emitter(), {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    platform: settings.platform,
    versions: settings.versions,
    env: {},
  });
  const modules: Record<string, unknown> = {
    electron: only('electron', {
      contextBridge: only('contextBridge', contextBridge),
      ipcRenderer: only('ipcRenderer', ipcRenderer),
    }),
    events: Object.assign(Emitter, { EventEmitter: Emitter }),
    timers: { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate },
    url: { URL, URLSearchParams },
  };
  modules['electron/common'] = modules['electron'];
  modules['electron/renderer'] = modules['electron'];

  function require(name: string): unknown {
    const known = name.startsWith('node:') ? name.slice('node:'.length) : name;
    if (!Object.hasOwn(modules, known)) throw new Error(`module not found: ${name}`);
    return modules[known];
  }

  document.addEventListener('DOMContentLoaded', () => {
    if (document.title !== '') toNode(JSON.stringify({ kind: 'title', title: document.title }));
  });

  if (settings.preloadPath === null) return;
  try {
    if (settings.preloadError !== null) throw new Error(settings.preloadError);
    const exports = {};
    preload?.(
      require,
      only('process', process),
      exports,
      { exports },
      globalThis,
      setImmediate,
      clearImmediate,
    );
  } catch (error) {
    console.error(`Unable to load preload script: ${settings.preloadPath}`);
    console.error(error);
    const told = error instanceof Error ? error : new Error(String(error));
    toNode(
      JSON.stringify({ kind: 'preload-error', message: told.message, stack: told.stack ?? '' }),
    );
  }
}
