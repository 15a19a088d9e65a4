/**
 * Carries a structured-cloned value as text, because between page and Node only text passes.
 * The same function runs on both sides, so it must not use anything outside itself.
 */
export interface Codec {
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/** `toBase64` and `fromBase64` come in by parameter: Node and pages do them differently. */
export function makeCodec(
  toBase64: (bytes: Uint8Array) => string,
  fromBase64: (text: string) => Uint8Array,
): Codec {
  type Packed = null | boolean | number | string | { [tag: string]: Packed } | Packed[];

  function encode(value: unknown): string {
    const places = new Map<object, number>();
    const table: Packed[] = [];

    function pack(item: unknown): Packed {
      if (item === null || typeof item === 'boolean' || typeof item === 'string') return item;
      if (typeof item === 'number') {
        return Number.isFinite(item) && !Object.is(item, -0)
          ? item
          : { n: Object.is(item, -0) ? '-0' : String(item) };
      }
      if (typeof item === 'bigint') return { b: String(item) };
      if (typeof item !== 'object') return { u: 1 };
      const known = places.get(item);
      if (known !== undefined) return { r: known };
      const place = table.push(null) - 1;
      places.set(item, place);
      table[place] = packObject(item);
      return { r: place };
    }

    function packObject(item: object): Packed {
      if (Array.isArray(item))
        return [
          'Array',
          item.length,
          Object.keys(item).map((key) => [key, pack(item[key as never])]),
        ];
      if (item instanceof Date) return ['Date', pack(item.getTime())];
      if (item instanceof RegExp) return ['RegExp', item.source, item.flags];
      if (item instanceof Map)
        return ['Map', [...item].map(([key, entry]) => [pack(key), pack(entry)])];
      if (item instanceof Set) return ['Set', [...item].map(pack)];
      if (item instanceof ArrayBuffer) return ['ArrayBuffer', toBase64(new Uint8Array(item))];
      if (ArrayBuffer.isView(item)) {
        const length = 'length' in item ? (item.length as number) : item.byteLength;
        return [
          'View',
          Object.prototype.toString.call(item).slice('[object '.length, -1),
          pack(item.buffer),
          item.byteOffset,
          length,
        ];
      }
      if (item instanceof Error) {
        return [
          'Error',
          item.name,
          item.message,
          item.stack ?? '',
          'cause' in item ? [pack(item.cause)] : [],
        ];
      }
      if (
        item instanceof Boolean ||
        item instanceof Number ||
        item instanceof String ||
        item instanceof BigInt
      ) {
        return ['Boxed', pack(item.valueOf())];
      }
      // A Blob, File or ImageData cannot be read outside the page: it arrives as null.
      if (Object.prototype.toString.call(item) !== '[object Object]') return ['Unreadable'];
      return ['Object', Object.entries(item).map(([key, entry]) => [key, pack(entry)])];
    }

    const root = pack(value);
    return JSON.stringify([root, table]);
  }

  function decode(text: string): unknown {
    const [root, table] = JSON.parse(text) as [Packed, Packed[]];
    const made = new Map<number, unknown>();

    function unpack(item: Packed | undefined): unknown {
      if (item === null || typeof item !== 'object') return item;
      const tagged = item as { n?: string; b?: string; r?: number };
      if (tagged.n !== undefined) return Number(tagged.n);
      if (tagged.b !== undefined) return BigInt(tagged.b);
      if (tagged.r === undefined) return undefined;
      if (!made.has(tagged.r)) unpackObject(tagged.r, table[tagged.r] as Packed[]);
      return made.get(tagged.r);
    }

    function keep<Made>(place: number, value: Made): Made {
      made.set(place, value);
      return value;
    }

    function define(target: object, key: string, value: unknown): void {
      // Not by assignment: a key `__proto__` must stay a key.
      Object.defineProperty(target, key, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }

    function unpackObject(place: number, [kind, first, second, third, fourth]: Packed[]): void {
      switch (kind) {
        case 'Array': {
          const list = keep(place, new Array<unknown>(first as number));
          for (const [key, entry] of second as [string, Packed][]) define(list, key, unpack(entry));
          break;
        }
        case 'Object': {
          const object = keep(place, {});
          for (const [key, entry] of first as [string, Packed][])
            define(object, key, unpack(entry));
          break;
        }
        case 'Date':
          keep(place, new Date(unpack(first) as number));
          break;
        case 'RegExp':
          keep(place, new RegExp(first as string, second as string));
          break;
        case 'Map': {
          const map = keep(place, new Map());
          for (const [key, entry] of first as [Packed, Packed][])
            map.set(unpack(key), unpack(entry));
          break;
        }
        case 'Set': {
          const set = keep(place, new Set());
          for (const entry of first as Packed[]) set.add(unpack(entry));
          break;
        }
        case 'ArrayBuffer': {
          // A copy of exactly that size: a decoder may hand out a piece of a shared pool.
          keep(place, new Uint8Array(fromBase64(first as string)).buffer);
          break;
        }
        case 'View': {
          const View = globalThis[first as 'Uint8Array'];
          keep(place, new View(unpack(second) as ArrayBuffer, third as number, fourth as number));
          break;
        }
        case 'Error': {
          const names = [
            'EvalError',
            'RangeError',
            'ReferenceError',
            'SyntaxError',
            'TypeError',
            'URIError',
          ];
          const Kind = names.includes(first as string) ? globalThis[first as 'TypeError'] : Error;
          const error = keep(place, new Kind(second as string));
          error.stack = third as string;
          const cause = fourth as Packed[];
          if (cause.length > 0)
            Object.defineProperty(error, 'cause', {
              value: unpack(cause[0]),
              writable: true,
              configurable: true,
            });
          break;
        }
        case 'Boxed':
          keep(place, Object(unpack(first)));
          break;
        default:
          keep(place, null);
      }
    }

    return unpack(root);
  }

  return { encode, decode };
}
