import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weigh } from './weigh.ts';

function nested(depth: number, make: (inner: unknown) => unknown): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = make(value);
  return value;
}

describe('R16 a message of more than 1 MiB is refused before it is parsed', () => {
  test.each([
    ['one long text', 'x'.repeat(1024 * 1024 + 1)],
    ['a text that is long only in UTF-8', '€'.repeat(400_000)],
    ['many texts', Array.from({ length: 2_000 }, () => 'x'.repeat(1_000))],
    ['a long name of a field', { ['k'.repeat(1024 * 1024 + 1)]: 1 }],
    ['very many numbers', Array.from({ length: 600_000 }, () => 1)],
    ['an array that says it is long', Array(4_000_000_000)],
  ])('%s', (_what, message) => {
    expect(weigh(message)).toBe('too-large');
  });

  test('while the longest incident fits, whatever it is written in', () => {
    expect(weigh({ text: '𠜎'.repeat(25_000), ids: Array(50).fill('x'.repeat(36)) })).toBe('fits');
  });
});

describe('R12 a message is plain data', () => {
  test.each([
    ['a deep array', nested(10_000, (inner) => [inner])],
    ['a deep object', nested(10_000, (inner) => ({ inner }))],
    [
      'a circle',
      (() => {
        const circle: Record<string, unknown> = {};
        circle['itself'] = circle;
        return circle;
      })(),
    ],
    ['a Map', new Map([[1, 2]])],
    ['a Date', new Date(0)],
    ['bytes', new Uint8Array(3)],
    ['an Error', new Error('x')],
    ['a RegExp', /x/],
    ['an object of another making', Object.create({ inherited: 1 })],
    ['a function', () => 1],
    ['__proto__ as a field', JSON.parse('{"a":{"__proto__":{"isKeyUser":true}}}')],
    ['constructor as a field', { constructor: { prototype: {} } }],
  ])('%s is not', (_what, message) => {
    expect(weigh(message)).toBe('not-plain');
  });

  test.each([[undefined], [null], [Number.NaN], ['text'], [{}], [{ a: [1, { b: null }] }]])(
    '%j is',
    (message) => {
      expect(weigh(message)).toBe('fits');
    },
  );
});

test('no text of a message is left out of its weight', () => {
  const texts = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => [
      ...(Array.isArray(value) ? [] : [key]),
      ...texts(inner),
    ]);
  };
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (message) => {
      const bytes = texts(message).reduce((sum, text) => sum + text.length, 0);
      expect(weigh(message, bytes - 1)).not.toBe('fits');
    }),
  );
});
