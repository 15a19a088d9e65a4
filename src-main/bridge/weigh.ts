/**
 * Weighs a message before anybody parses it (R12, R16): plain data, not too large, not too deep.
 * Walks without recursion and stops at the first excess, so that no message can make it slow.
 */
import { BRIDGE_LARGEST_BYTES } from '../../src-shared/bridge.ts';

export type Weight = 'fits' | 'too-large' | 'not-plain';

/** As deep as a body may be on the server (R53). */
const DEEPEST = 20;
/** What a value costs besides its text, in bytes: about what JSON spends on it. */
const EACH = 2;

/** `largest` in bytes of UTF-8, reckoned at the least that a text can take until it is near the limit. */
export function weigh(message: unknown, largest: number = BRIDGE_LARGEST_BYTES): Weight {
  const waiting: { value: unknown; depth: number }[] = [{ value: message, depth: 1 }];
  let bytes = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, depth } = next;
    bytes += EACH;
    if (typeof value === 'string') bytes += bytesOf(value, largest);
    else if (typeof value === 'object' && value !== null) {
      if (depth > DEEPEST || !isPlain(value)) return 'not-plain';
      // An array's length may be a lie (holes): it is weighed before it is walked.
      if (Array.isArray(value)) {
        if (bytes + value.length * EACH > largest) return 'too-large';
        for (const item of value) waiting.push({ value: item, depth: depth + 1 });
      } else {
        for (const key of Object.keys(value)) {
          if (key === '__proto__' || key === 'constructor' || key === 'prototype') {
            return 'not-plain';
          }
          bytes += key.length + EACH;
          if (bytes > largest) return 'too-large';
          waiting.push({ value: (value as Record<string, unknown>)[key], depth: depth + 1 });
        }
      }
    } else if (typeof value === 'function' || typeof value === 'symbol') return 'not-plain';
    if (bytes > largest) return 'too-large';
  }
  return 'fits';
}

/** UTF-8 bytes of a text; of one that is too long anyway only its length. */
function bytesOf(text: string, largest: number): number {
  return text.length > largest ? text.length : Buffer.byteLength(text);
}

/** Maps, dates, buffers and the like have no business on the bridge, though structured clone passes them. */
function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
