import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isLasting } from './lasting.ts';
import type { Surroundings } from './lasting.ts';
import { USUAL_POLICY, policyPlace, readPolicy } from './policy.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meadowlark-policy-'));
  path = join(folder, 'policy.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

function readText(text: string): ReturnType<typeof readPolicy> {
  writeFileSync(path, text);
  return readPolicy({ path, mustBeRoots: false });
}

describe('IT’s policy', () => {
  test('is the usual one where there is no file', () => {
    expect(readPolicy({ path, mustBeRoots: false })).toEqual({ policy: USUAL_POLICY, faults: [] });
    expect(USUAL_POLICY).toEqual({ dataFolder: undefined, startHidden: true, idleMinutes: 15 });
  });

  test('changes what it names, also with a byte order mark in front', () => {
    expect(readText('\uFEFF{"idleMinutes": 5, "dataFolder": "/srv/meadowlark"}')).toEqual({
      policy: { dataFolder: '/srv/meadowlark', startHidden: true, idleMinutes: 5 },
      faults: [],
    });
  });

  test('of which a value is wrong keeps the others, and the wrong one is named', () => {
    expect(readText('{"dataFolder": "/srv/meadowlark", "idleMinutes": 0}')).toEqual({
      policy: { dataFolder: '/srv/meadowlark', startHidden: true, idleMinutes: 15 },
      faults: [{ key: 'idleMinutes', why: 'not-1-to-15' }],
    });
    expect(readText('{"dataFolder": "data", "startHidden": "no", "idleMinutes": 16}')).toEqual({
      policy: USUAL_POLICY,
      faults: [
        { key: 'dataFolder', why: 'not-an-absolute-path' },
        { key: 'startHidden', why: 'not-true-or-false' },
        { key: 'idleMinutes', why: 'not-1-to-15' },
      ],
    });
    expect(readText('{"idleMinutes": 5, "idleMinute": 6}')).toEqual({
      policy: { ...USUAL_POLICY, idleMinutes: 5 },
      faults: [{ key: 'idleMinute', why: 'unknown-key' }],
    });
  });

  test.each([
    ['is not JSON', '{', 'not-json'],
    ['is not an object', '[]', 'not-json'],
    ['is too large', JSON.stringify({ startHidden: false }).padEnd(20_000), 'too-large'],
  ])('that %s counts for nothing, and says so', (_why, text, why) => {
    expect(readText(text)).toEqual({
      policy: USUAL_POLICY,
      faults: [{ key: 'policy.json', why }],
    });
  });

  test('that cannot be read is wrong, not absent', () => {
    const found = readPolicy({ path: folder, mustBeRoots: false });
    expect(found.faults).toEqual([{ key: 'policy.json', why: 'not-readable' }]);
  });

  test('that somebody else may write counts for nothing where it must be root’s', () => {
    writeFileSync(path, '{"idleMinutes": 5}');
    chmodSync(path, 0o666);
    expect(readPolicy({ path, mustBeRoots: true })).toEqual({
      policy: USUAL_POLICY,
      faults: [{ key: 'policy.json', why: 'not-roots' }],
    });
  });

  test('lies in a fixed place, and the demo build may name another', () => {
    expect(policyPlace('win32', null)).toEqual({
      path: 'C:\\Program Files\\Meadowlark-Config\\policy.json',
      mustBeRoots: false,
    });
    expect(policyPlace('linux', null).mustBeRoots).toBe(true);
    expect(policyPlace('linux', '/tmp/p.json')).toEqual({
      path: '/tmp/p.json',
      mustBeRoots: false,
    });
  });

  test('has every key of it in docs/policy.md, with what holds without it', () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/policy.md'), 'utf8');
    const rows = [...text.matchAll(/^\| `(\w+)` +\| `([^`]+)` +\|/gm)];
    expect(
      Object.fromEntries(rows.map(([, key, usual]) => [key, JSON.parse(usual ?? '')])),
    ).toEqual({ ...USUAL_POLICY, dataFolder: null });
  });
});

describe('a folder that the system empties', () => {
  const around = (than: Partial<Surroundings>): Surroundings => ({
    platform: 'win32',
    home: 'C:\\Users\\reception',
    exists: () => false,
    fileSystemOf: () => null,
    ...than,
  });
  const roaming = (home: string): string => `${home}\\AppData\\Roaming\\Meadowlark`;

  test.each([
    ['an ordinary profile of Windows', roaming('C:\\Users\\reception'), around({}), true],
    [
      'a temporary profile',
      roaming('C:\\Users\\TEMP.LARKFIELD.000'),
      around({ home: 'C:\\Users\\TEMP.LARKFIELD.000' }),
      false,
    ],
    [
      'a mandatory profile',
      roaming('C:\\Users\\reception'),
      around({ exists: (file) => file === 'C:\\Users\\reception\\NTUSER.MAN' }),
      false,
    ],
    [
      'a folder of the policy, outside a mandatory profile',
      'D:\\Meadowlark',
      around({ exists: () => true }),
      true,
    ],
    [
      'the guest user of macOS',
      '/Users/Guest/Library/Application Support/Meadowlark',
      around({ platform: 'darwin', home: '/Users/Guest' }),
      false,
    ],
    [
      'a home in memory',
      '/home/live/.config/Meadowlark',
      around({ platform: 'linux', fileSystemOf: () => 0x01021994 }),
      false,
    ],
    [
      'a home on a disk',
      '/home/ada/.config/Meadowlark',
      around({ platform: 'linux', fileSystemOf: () => 0xef53 }),
      true,
    ],
  ])('%s', (_what, data, where, lasts) => {
    expect(isLasting(data, where)).toBe(lasts);
  });
});
