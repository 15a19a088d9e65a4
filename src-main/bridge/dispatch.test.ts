import { describe, expect, test } from 'vitest';
import { asks } from '../../src-shared/bridge.ts';
import type { AskName } from '../../src-shared/bridge.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import { dispatch } from './dispatch.ts';
import type { Answerers, Sender } from './dispatch.ts';

const NAMES = Object.keys(asks) as AskName[];
const OURS: Sender = { isMainFrameOfOurWindow: true, origin: 'app://meadowlark' };

/** Answerers that count how often they are called, all giving the same answer. */
function counting(answer: Answer<unknown> = { ok: true, value: {} }): {
  answerers: Answerers;
  called: () => number;
} {
  let calls = 0;
  const each = async (): Promise<Answer<unknown>> => {
    calls += 1;
    return answer;
  };
  const answerers = Object.fromEntries(NAMES.map((name) => [name, each])) as unknown as Answerers;
  return { answerers, called: () => calls };
}

function nested(depth: number): unknown {
  let value: unknown = {};
  for (let level = 0; level < depth; level += 1) value = { value };
  return value;
}

/** Fifty messages that fit no ask of the table. */
const MALFORMED: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1n,
  '',
  'text',
  'x'.repeat(2 * 1024 * 1024),
  [],
  [{}],
  [[[]]],
  Array(3),
  Array(1_000_000),
  Array.from({ length: 1_000_000 }, () => 0),
  { unknown: 1 },
  { '': 1 },
  { ' ': {} },
  { toString: 1 },
  { valueOf: () => 1 },
  { hasOwnProperty: 1 },
  { length: 3 },
  { constructor: 1 },
  { prototype: 1 },
  JSON.parse('{"__proto__":{}}'),
  JSON.parse('{"__proto__":{"email":"a@example.org","password":"x"}}'),
  JSON.parse('{"id":{"__proto__":null}}'),
  nested(50),
  nested(10_000),
  { a: nested(10_000) },
  { token: 'x' },
  { password: 'x'.repeat(2 * 1024 * 1024) },
  { email: null },
  { email: ['a@example.org'] },
  { email: { $ne: null }, password: { $ne: null } },
  { email: 'a@example.org', password: 1 },
  { email: 'a@example.org', password: 'x', extra: true },
  { alertId: '../../v1/session' },
  { alertId: "1' OR '1'='1" },
  { incidentId: '%2e%2e', openingId: '' },
  { by: 'shell' },
  { textSize: Number.NaN, spacing: 'usual', tint: 'none' },
  new Map([['email', 'x']]),
  new Set([1]),
  new Date(Number.NaN),
  new Uint8Array(8),
  new Error('text'),
];

describe('R12 malformed messages', () => {
  test('are fifty', () => {
    expect(MALFORMED).toHaveLength(50);
  });

  test.each(NAMES)(
    '%s refuses each of them, without an exception and without being called',
    async (name) => {
      const { answerers, called } = counting();
      const faults: unknown[] = [];
      const codes = new Set<string>();
      for (const message of MALFORMED) {
        const answer = await dispatch(name, message, OURS, answerers, (_name, why, error) => {
          if (error !== undefined) faults.push(why);
        });
        codes.add(answer.ok ? 'taken' : answer.code);
      }
      expect({ called: called(), faults, codes: [...codes].toSorted() }).toEqual({
        called: 0,
        faults: [],
        codes: ['bad-request', 'too-large'],
      });
    },
  );
});

describe('R13 senders', () => {
  const strangers: [string, Sender | null][] = [
    ['a frame that has gone', null],
    ['a frame inside our page', { isMainFrameOfOurWindow: false, origin: 'app://meadowlark' }],
    ['another site', { isMainFrameOfOurWindow: true, origin: 'https://example.org' }],
    [
      'a site that begins like ours',
      { isMainFrameOfOurWindow: true, origin: 'app://meadowlark.evil' },
    ],
    ['an opaque origin', { isMainFrameOfOurWindow: true, origin: 'null' }],
    ['a file', { isMainFrameOfOurWindow: true, origin: 'file://' }],
  ];

  test.each(strangers)('%s is refused by every ask', async (_who, sender) => {
    const { answerers, called } = counting();
    const answers = await Promise.all(
      NAMES.map((name) => dispatch(name, {}, sender, answerers, () => undefined)),
    );
    expect({ called: called(), answers }).toEqual({
      called: 0,
      answers: NAMES.map(() => ({ ok: false, code: 'not-allowed' })),
    });
  });
});

describe('answers', () => {
  const asked = (answer: Answer<unknown>): Promise<Answer<unknown>> =>
    dispatch('readLink', {}, OURS, counting(answer).answerers, () => undefined);

  test('that fit come through', async () => {
    expect(await asked({ ok: true, value: 'online' })).toEqual({ ok: true, value: 'online' });
  });

  test('R15 that carry more than the table says do not', async () => {
    const view = { token: 'x'.repeat(43) };
    const { answerers } = counting({ ok: true, value: view });
    expect(await dispatch('readSession', {}, OURS, answerers, () => undefined)).toEqual({
      ok: false,
      code: 'program-fault',
    });
  });

  test('of failure carry their code and the wait, and nothing else', async () => {
    const failure = { ok: false, code: 'too-many-tries', waitSeconds: 8, token: 'secret' } as const;
    expect(await asked(failure)).toEqual({ ok: false, code: 'too-many-tries', waitSeconds: 8 });
  });

  test('that throw become a code, and the page learns nothing of the error', async () => {
    const noted: unknown[] = [];
    const { answerers } = counting();
    const failing = {
      ...answerers,
      readLink: async () => {
        throw new Error('Amina said');
      },
    };
    const answer = await dispatch('readLink', {}, OURS, failing, (name, why) =>
      noted.push([name, why]),
    );
    expect({ answer, noted }).toEqual({
      answer: { ok: false, code: 'program-fault' },
      noted: [['readLink', 'fault']],
    });
  });
});
