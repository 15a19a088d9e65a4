/**
 * What keeps the stand-in honest: whatever it lacks says so when it is touched, instead of being
 * undefined and passing for something that Electron does not have either.
 */
import { EventEmitter } from 'node:events';

/** Names that languages and tools look for on any object. */
const harmless = new Set([
  'then',
  'toJSON',
  'constructor',
  'inspect',
  'asymmetricMatch',
  'nodeType',
  '$$typeof',
  'domain',
]);

function refuse(owner: string, key: string | symbol): void {
  if (
    typeof key === 'string' &&
    !harmless.has(key) &&
    !key.startsWith('_') &&
    !key.startsWith('@@')
  ) {
    throw new Error(`not in the stand-in: ${owner}.${key}`);
  }
}

/** A plain object that throws for every property it does not have. */
export function honest<Value extends object>(name: string, value: Value): Value {
  return new Proxy(value, {
    get(target, key) {
      if (!(key in target)) refuse(name, key);
      return Reflect.get(target, key) as unknown;
    },
  });
}

/**
 * The base of everything that emits. A subclass names its events; listening to another one throws,
 * and so does reading a member that neither the subclass nor EventEmitter has.
 */
export class HonestEmitter extends EventEmitter {
  readonly #name: string;
  readonly #events: ReadonlySet<string> | null;

  /** `events` null: any name is an event (channels). */
  constructor(name: string, events: readonly string[] | null) {
    super();
    this.#name = name;
    this.#events = events && new Set([...events, 'newListener', 'removeListener', 'error']);
  }

  override on(event: string | symbol, listener: (...args: never[]) => void): this {
    if (this.#events && typeof event === 'string' && !this.#events.has(event)) {
      throw new Error(`not in the stand-in: ${this.#name} event '${event}'`);
    }
    return super.on(event, listener as (...args: unknown[]) => void);
  }

  override addListener(event: string | symbol, listener: (...args: never[]) => void): this {
    return this.on(event, listener);
  }
}

/** The base of a class that does not emit. */
// oxlint-disable-next-line typescript/no-extraneous-class -- its prototype is given a guard below
export class HonestObject {}

// Each chain ends in a guard: it is asked only for what no class before it has. A proxy around the
// object itself would keep its methods from their private fields.
for (const prototype of [HonestEmitter.prototype, HonestObject.prototype]) {
  const guard = new Proxy(Object.getPrototypeOf(prototype) as object, {
    get(target, key, receiver) {
      if (!(key in target)) {
        const { constructor } = receiver as { constructor?: { name: string } };
        refuse(constructor?.name ?? 'object', key);
      }
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  Object.setPrototypeOf(prototype, guard);
}

/** Makes every method and getter of a class throw once its object is destroyed, as Electron's do. */
export function guardDestroyed(
  prototype: { isDestroyed(): boolean },
  exceptions: readonly string[],
): void {
  for (const [key, described] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (key === 'constructor' || key === 'isDestroyed' || exceptions.includes(key)) continue;
    const kind = Object.hasOwn(described, 'get') ? 'get' : 'value';
    const original = Reflect.get(described, kind) as unknown;
    if (typeof original !== 'function') continue;
    const guarded = function (this: { isDestroyed(): boolean }, ...args: unknown[]): unknown {
      if (this.isDestroyed()) throw new TypeError('Object has been destroyed');
      return Reflect.apply(original, this, args) as unknown;
    };
    Object.defineProperty(prototype, key, { ...described, [kind]: guarded });
  }
}

/** An event object with `preventDefault`, and whatever else belongs to that event. */
export function makeEvent<Details extends object>(
  details: Details,
): Details & { preventDefault(): void; readonly defaultPrevented: boolean } {
  let prevented = false;
  const base = {
    preventDefault() {
      prevented = true;
    },
  };
  Object.defineProperty(base, 'defaultPrevented', { get: () => prevented, enumerable: true });
  // Descriptors, so that lazy getters stay lazy.
  Object.defineProperties(base, Object.getOwnPropertyDescriptors(details));
  return base as Details & { preventDefault(): void; readonly defaultPrevented: boolean };
}

/** A copy as Electron makes one at each wall, with its words where that fails. */
export function clone<Value>(value: Value): Value {
  try {
    return structuredClone(value);
  } catch {
    throw new Error('An object could not be cloned.');
  }
}
