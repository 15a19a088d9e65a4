import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitPlace } from './window-place.ts';
import type { WindowPlace } from './window-place.ts';

const SMALL = { x: 0, y: 0, width: 1366, height: 728 };
const SECOND = { x: 1366, y: 0, width: 1920, height: 1040 };

function left(x: number, y: number, width = 1000, height = 600): WindowPlace {
  return { x, y, width, height, isMaximized: false };
}

describe('the window opens', () => {
  test('as large as a 1366×768 screen lets it, at first', () => {
    expect(fitPlace(null, [SMALL])).toEqual(SMALL);
  });

  test('in the middle of a larger one', () => {
    expect(fitPlace(null, [SECOND])).toEqual({ x: 1366 + 277, y: 136, width: 1366, height: 768 });
  });

  test('where it was left', () => {
    expect(fitPlace(left(1500, 100), [SMALL, SECOND])).toEqual({
      x: 1500,
      y: 100,
      width: 1000,
      height: 600,
    });
  });

  test('on the first display, where the one it was left on is gone', () => {
    expect(fitPlace(left(1500, 100), [SMALL])).toEqual(SMALL);
  });

  test('smaller, where the display has become smaller', () => {
    expect(fitPlace(left(10, 10, 3000, 2000), [SMALL])).toEqual(SMALL);
  });
});

test('wherever it was left, it is within one display, whole', () => {
  const area = fc.record({
    x: fc.integer({ min: -5000, max: 5000 }),
    y: fc.integer({ min: -5000, max: 5000 }),
    width: fc.integer({ min: 320, max: 5000 }),
    height: fc.integer({ min: 240, max: 3000 }),
  });
  const place = fc.record({
    x: fc.integer({ min: -9000, max: 9000 }),
    y: fc.integer({ min: -9000, max: 9000 }),
    width: fc.integer({ min: 1, max: 9000 }),
    height: fc.integer({ min: 1, max: 9000 }),
    isMaximized: fc.boolean(),
  });
  fc.assert(
    fc.property(area, fc.array(area, { maxLength: 3 }), fc.option(place), (first, more, was) => {
      const at = fitPlace(was, [first, ...more]);
      const holder = [first, ...more].find(
        (each) =>
          at.x >= each.x &&
          at.y >= each.y &&
          at.x + at.width <= each.x + each.width &&
          at.y + at.height <= each.y + each.height,
      );
      expect(holder).toBeDefined();
    }),
  );
});
