import { describe, expect, test } from 'vitest';
import { USUAL_PREFERENCES } from '../src-shared/contract/preference.ts';
import { openPreferences } from './preferences.ts';
import type { Kept } from './preferences.ts';

const ID = '01936f00-0000-4000-8000-000000000001';
const OTHER_ID = '01936f00-0000-4000-8000-000000000002';
const PLACE = { x: 10, y: 20, width: 900, height: 700, isMaximized: false };
const CONTACT = { name: 'Ines Duarte', number: '01632 960001' };
const NO_SPACE = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });

/** A disk: `full` refuses every write, as a full one does even of what stands there already. */
function disk() {
  const at = { isFull: false, isGone: false };
  const kept: Partial<Kept> = {};
  const writes: string[] = [];
  const noted: unknown[] = [];
  const open = (newId = ID) =>
    openPreferences(
      () => {
        if (at.isGone) throw NO_SPACE;
        return {
          get: (key) => {
            if (at.isGone) throw NO_SPACE;
            return kept[key];
          },
          set: (key, value) => {
            if (at.isFull) throw NO_SPACE;
            writes.push(key);
            kept[key] = value;
          },
        };
      },
      () => newId,
      (error) => noted.push(error),
    );
  return { at, kept, writes, noted, open };
}

describe('on a full disk what this computer remembers', () => {
  test('keeps nobody from starting, locking, closing or signing in, and holds until the program ends', () => {
    const { at, open, noted, kept } = disk();
    at.isFull = true;
    const preferences = open();
    expect(preferences.computerId).toBe(ID);
    preferences.rememberWindowPlace(PLACE);
    preferences.rememberReading({ ...USUAL_PREFERENCES, textSize: 150 });
    expect(preferences.reading().textSize).toBe(150);
    expect(preferences.windowPlace()).toEqual(PLACE);
    expect(preferences.rememberContact(ID, CONTACT)).toBe(true);
    expect(preferences.rememberContact(ID, CONTACT)).toBe(false);
    expect(noted.length).toBeGreaterThan(0);
    expect(kept).toEqual({});
  });

  test('is written again where there is room again', () => {
    const { at, open, kept } = disk();
    const preferences = open();
    at.isFull = true;
    preferences.rememberWindowPlace(PLACE);
    at.isFull = false;
    preferences.rememberWindowPlace({ ...PLACE, x: 30 });
    expect(kept.windowPlace).toEqual({ ...PLACE, x: 30 });
    expect(preferences.windowPlace()).toEqual({ ...PLACE, x: 30 });
  });
});

test('a folder that cannot even be read is no reason not to start', () => {
  const { at, open } = disk();
  at.isGone = true;
  const preferences = open();
  preferences.rememberWindowPlace(PLACE);
  expect(preferences.windowPlace()).toEqual(PLACE);
  expect(preferences.reading()).toEqual(USUAL_PREFERENCES);
});

test('what stands in the file is not written again, and the id stays the same', () => {
  const { open, writes } = disk();
  const first = open();
  first.rememberWindowPlace(PLACE);
  first.rememberReading(USUAL_PREFERENCES);
  expect(writes).toEqual(['computerId', 'windowPlace', 'preferences']);
  const again = open(OTHER_ID);
  again.rememberWindowPlace({ ...PLACE });
  again.rememberReading({ ...USUAL_PREFERENCES });
  expect(again.computerId).toBe(ID);
  expect(writes).toHaveLength(3);
});
