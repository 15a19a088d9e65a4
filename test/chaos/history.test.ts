import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge, type Moment } from './history.ts';

const NOTHING = { lost: [], duplicated: [], phantoms: [] };

/** An invented history in which all is well, and what is there at its end. */
const goodHistory = fc
  .array(
    fc.record({
      answer: fc.constantFrom('ok', 'fail', 'info', 'none'),
      // Only where nobody knows whether it was done.
      isThere: fc.boolean(),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((operations) => {
    const moments: Moment[] = [];
    const found: string[] = [];
    for (const [index, { answer, isThere }] of operations.entries()) {
      const element = `#${index}`;
      moments.push({ is: 'invoke', element });
      if (answer !== 'none') moments.push({ is: answer, element });
      if (answer === 'ok' || (answer !== 'fail' && isThere)) found.push(element);
    }
    return { moments, found };
  });
const pickFrom = fc.nat({ max: 1_000_000 });

describe('R75 the checker of histories', () => {
  test('finds nothing where all is well, in whatever order it is read', () => {
    fc.assert(
      fc.property(goodHistory, fc.boolean(), ({ moments, found }, isTurned) => {
        const read = isTurned ? found.toReversed() : found;
        expect(judge(moments, read)).toMatchObject(NOTHING);
      }),
    );
  });

  test('finds every loss that was planted', () => {
    fc.assert(
      fc.property(goodHistory, pickFrom, ({ moments, found }, pick) => {
        const acknowledged = moments.filter(({ is }) => is === 'ok');
        fc.pre(acknowledged.length > 0);
        const planted = acknowledged[pick % acknowledged.length]?.element;
        const rest = found.filter((one) => one !== planted);
        expect(judge(moments, rest)).toMatchObject({ ...NOTHING, lost: [planted] });
      }),
    );
  });

  test('finds every duplicate that was planted, acknowledged or not', () => {
    fc.assert(
      fc.property(goodHistory, pickFrom, ({ moments, found }, pick) => {
        fc.pre(found.length > 0);
        const planted = found[pick % found.length] ?? '';
        expect(judge(moments, [planted, ...found])).toMatchObject({
          ...NOTHING,
          duplicated: [planted],
        });
      }),
    );
  });

  test('finds what nobody asked for, and what was there though it was refused', () => {
    fc.assert(
      fc.property(goodHistory, ({ moments, found }) => {
        const refused = moments.filter(({ is }) => is === 'fail').map(({ element }) => element);
        const planted = ['of nobody', ...refused];
        expect(judge(moments, [...found, ...planted])).toMatchObject({
          ...NOTHING,
          phantoms: planted,
        });
      }),
    );
  });

  test('says of what nobody knows', () => {
    const moments: Moment[] = [
      { is: 'invoke', element: 'a' },
      { is: 'invoke', element: 'b' },
      { is: 'info', element: 'b' },
    ];
    expect(judge(moments, ['b'])).toEqual({ ...NOTHING, unknown: ['a', 'b'] });
  });

  test('takes no history that contradicts itself', () => {
    const invoke = { is: 'invoke', element: 'a' } as const;
    const ok = { is: 'ok', element: 'a' } as const;
    expect(() => judge([ok], [])).toThrow('no history');
    expect(() => judge([invoke, invoke], [])).toThrow('no history');
    expect(() => judge([invoke, ok, ok], [])).toThrow('no history');
  });
});
