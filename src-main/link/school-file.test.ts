import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SchoolFile } from '../../src-shared/school-file.ts';
import { findSchool, openSchool, schoolPlaces } from './school-file.ts';
import type { SchoolPlaces } from './school-file.ts';

const LARKFIELD: SchoolFile = {
  meadowlark: 'school file',
  version: 1,
  schoolId: '01936f00-0000-7000-8000-000000000001',
  schoolName: 'Larkfield School',
  server: 'https://meadowlark.larkfield.example:8443',
  certificateAuthority: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
  signingKey: Buffer.alloc(32, 1).toString('base64'),
  sealingKey: Buffer.alloc(32, 2).toString('base64'),
  enrolmentCode: 'K7QM-2FXD-9PAT-H3WN-6RBE',
};
const OTHER: SchoolFile = {
  ...LARKFIELD,
  schoolId: '01936f00-0000-7000-8000-000000000002',
  schoolName: 'Another School',
};

let folder: string;
let places: SchoolPlaces;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meadowlark-school-'));
  places = {
    everybody: join(folder, 'everybody', 'school.json'),
    mustBeRoots: false,
    own: join(folder, 'own', 'school.json'),
  };
  mkdirSync(join(folder, 'everybody'));
  mkdirSync(join(folder, 'own'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: unknown): string {
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('the school of this computer', () => {
  test('is none, until there is a file', () => {
    expect(findSchool(places)).toEqual({ is: 'none' });
  });

  test('is the one that IT put in place, before a copy that a person opened', () => {
    write(places.everybody ?? '', LARKFIELD);
    write(places.own, OTHER);
    expect(findSchool(places)).toEqual({ is: 'in place', file: LARKFIELD, isForEverybody: true });
  });

  test('is the one that a person opened, where IT put none', () => {
    write(places.own, LARKFIELD);
    expect(findSchool(places)).toEqual({ is: 'in place', file: LARKFIELD, isForEverybody: false });
  });

  test.each([
    ['half a file', JSON.stringify(LARKFIELD).slice(0, 100)],
    ['an empty file', ''],
    ['another file', '{"name":"something"}'],
    ['an entry more', { ...LARKFIELD, extra: true }],
    ['a server without TLS', { ...LARKFIELD, server: 'http://meadowlark.larkfield.example' }],
    ['a server with a path', { ...LARKFIELD, server: 'https://larkfield.example/x' }],
    ['a key of another length', { ...LARKFIELD, signingKey: 'AAAA' }],
    ['a very large file', ' '.repeat(70_000) + JSON.stringify(LARKFIELD)],
  ])('%s is said to be damaged, and not passed over', (_what, content) => {
    write(places.everybody ?? '', content);
    write(places.own, LARKFIELD);
    expect(findSchool(places)).toEqual({ is: 'damaged', isForEverybody: true });
  });

  test('a byte order mark, as Windows’ editor puts it, does no harm', () => {
    write(places.own, `\uFEFF${JSON.stringify(LARKFIELD)}`);
    expect(findSchool(places).is).toBe('in place');
  });

  test.runIf(process.getuid?.() === 0)('on Linux a file that others may write is not IT’s', () => {
    const path = write(places.everybody ?? '', LARKFIELD);
    const strict = { ...places, mustBeRoots: true };
    const before = findSchool(strict).is;
    chmodSync(path, 0o666);
    expect([before, findSchool(strict).is]).toEqual(['in place', 'damaged']);
  });
});

describe('opening a school file', () => {
  test('keeps a copy, from which the computer knows its school from then on', () => {
    const picked = write(join(folder, 'picked.json'), LARKFIELD);
    expect(openSchool(picked, places)).toEqual({ ok: true, value: LARKFIELD });
    rmSync(picked);
    expect(findSchool(places)).toEqual({ is: 'in place', file: LARKFIELD, isForEverybody: false });
    expect(readdirSync(join(folder, 'own'))).toEqual(['school.json']);
  });

  test('takes the present school’s again without a word', () => {
    write(places.everybody ?? '', LARKFIELD);
    expect(openSchool(write(join(folder, 'picked.json'), LARKFIELD), places).ok).toBe(true);
  });

  test.each([
    ['another school’s', OTHER],
    ['one with the same id and another server', { ...LARKFIELD, server: 'https://evil.example' }],
    ['one with another signing key', { ...LARKFIELD, signingKey: OTHER.sealingKey }],
  ])('refuses %s', (_what, other) => {
    write(places.own, LARKFIELD);
    const before = readFileSync(places.own, 'utf8');
    expect(openSchool(write(join(folder, 'picked.json'), other), places)).toEqual({
      ok: false,
      code: 'school-file-other',
    });
    expect(readFileSync(places.own, 'utf8')).toBe(before);
  });

  test('refuses what is none, and a folder, and what is not there', () => {
    const wrong = write(join(folder, 'picked.json'), '{}');
    const answers = [wrong, folder, join(folder, 'gone.json')].map((path) =>
      openSchool(path, places),
    );
    expect(answers).toEqual(answers.map(() => ({ ok: false, code: 'school-file-wrong' })));
    expect(findSchool(places)).toEqual({ is: 'none' });
  });

  test('replaces a damaged copy of its own, but not what IT put in place', () => {
    const picked = write(join(folder, 'picked.json'), LARKFIELD);
    write(places.own, 'damaged');
    expect(openSchool(picked, places).ok).toBe(true);
    write(places.everybody ?? '', 'damaged');
    expect(openSchool(picked, places)).toEqual({ ok: false, code: 'school-file-wrong' });
  });
});

test('each system has its place that ordinary users cannot write', () => {
  const of = (platform: NodeJS.Platform): SchoolPlaces => schoolPlaces(platform, '/data', null);
  expect([of('win32').everybody, of('darwin').everybody, of('linux').everybody]).toEqual([
    'C:\\Program Files\\Meadowlark-Config\\school.json',
    '/Library/Application Support/Meadowlark/school.json',
    '/etc/meadowlark/school.json',
  ]);
  expect(schoolPlaces('linux', '/data', '/demo/school.json')).toEqual({
    everybody: '/demo/school.json',
    mustBeRoots: false,
    own: join('/data', 'school.json'),
  });
});
