import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settleDataFolder } from './data-folder.ts';
import type { DataFolder } from './data-folder.ts';
import { readPolicy } from './policy.ts';

let root: string;
let usual: string;
let theirs: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'meadowlark-folder-'));
  usual = join(root, 'profile', 'Meadowlark');
  theirs = join(root, 'disk', 'Meadowlark');
});
afterEach(() => rmSync(root, { recursive: true }));

/** One start of the program with this text as policy.json; null: without the file. */
function start(text: string | null): DataFolder {
  const path = join(root, 'policy.json');
  if (text === null) rmSync(path, { force: true });
  else writeFileSync(path, text);
  return settleDataFolder(readPolicy({ path, mustBeRoots: false }), usual);
}
const naming = (folder: string | null) => JSON.stringify({ dataFolder: folder });

test('without a policy, data lies in the profile', () => {
  expect(start(null)).toEqual({ folder: usual, isAway: false, faults: [] });
});

test('a policy that names a folder is followed, and the folder made', () => {
  expect(start(naming(theirs))).toEqual({ folder: theirs, isAway: false, faults: [] });
});

describe('a folder that a policy has named is kept', () => {
  beforeEach(() => void start(naming(theirs)));

  test.each([
    ['whose file is damaged', '{"dataFolder":', { key: 'policy.json', why: 'not-json' }],
    ['whose path is wrong', naming('data'), { key: 'dataFolder', why: 'not-an-absolute-path' }],
    ['that leaves it out', '{"idleMinutes": 5}', { key: 'dataFolder', why: 'left-out' }],
    ['that is gone', null, { key: 'dataFolder', why: 'left-out' }],
  ])('under a policy %s, and it is said', (_what, text, fault) => {
    expect(start(text)).toEqual({ folder: theirs, isAway: false, faults: [fault] });
    expect(start(text).folder).toBe(theirs);
  });

  test('until a policy says outright that there is none, or another', () => {
    const other = join(root, 'other');
    expect(start(naming(other))).toEqual({ folder: other, isAway: false, faults: [] });
    expect(start(null).folder).toBe(other);
    expect(start(naming(null))).toEqual({ folder: usual, isAway: false, faults: [] });
    expect(start(null)).toEqual({ folder: usual, isAway: false, faults: [] });
  });

  test('where its drive is missing, work goes on elsewhere, and that is said', () => {
    rmSync(join(root, 'disk'), { recursive: true });
    const away = {
      folder: usual,
      isAway: true,
      faults: [{ key: 'dataFolder', why: 'not-usable' }],
    };
    expect(start(naming(theirs))).toEqual(away);
    mkdirSync(theirs, { recursive: true });
    expect(start(naming(theirs))).toEqual({ folder: theirs, isAway: false, faults: [] });
  });

  test('where the new one cannot be used', () => {
    writeFileSync(join(root, 'file'), '');
    expect(start(naming(join(root, 'file', 'data')))).toEqual({
      folder: theirs,
      isAway: true,
      faults: [{ key: 'dataFolder', why: 'not-usable' }],
    });
  });
});

describe.skipIf(process.platform === 'win32')('a folder that others can write to', () => {
  const refused = {
    isAway: true,
    faults: [{ key: 'dataFolder', why: 'open-to-others' }],
  };

  test('is not made: nobody else can look into what is', () => {
    start(naming(theirs));
    expect(statSync(theirs).mode & 0o777).toBe(0o700);
  });

  test.each([0o777, 0o770, 0o702])('is refused, with the fault named: mode %o', (mode) => {
    mkdirSync(theirs, { recursive: true });
    chmodSync(theirs, mode);
    expect(start(naming(theirs))).toEqual({ folder: usual, ...refused });
    chmodSync(theirs, 0o755);
    expect(start(naming(theirs))).toEqual({ folder: theirs, isAway: false, faults: [] });
    // Also where it was in use before.
    chmodSync(theirs, mode);
    expect(start(naming(theirs))).toEqual({ folder: usual, ...refused });
  });

  test('is refused where another account owns it', (context) => {
    if (process.getuid?.() !== 0) context.skip('only root can give a folder away');
    mkdirSync(theirs, { recursive: true, mode: 0o700 });
    chownSync(theirs, 65_534, 65_534);
    expect(start(naming(theirs))).toEqual({ folder: usual, ...refused });
  });
});

test('a damaged policy on a computer that remembers no folder: what was saved may be elsewhere', () => {
  expect(start('{')).toMatchObject({ folder: usual, isAway: true });
  expect(start('{"startHidden": 1}')).toMatchObject({ folder: usual, isAway: false });
});
