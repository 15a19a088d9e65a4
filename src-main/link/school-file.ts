/**
 * Finds the school file of this computer: where IT put it for everybody, else the copy that was
 * made when a person opened one. First found counts, whole; a damaged one is said, not passed over.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { fstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Answer } from '../../src-shared/contract/errors.ts';
import { SchoolFile } from '../../src-shared/school-file.ts';

/** The largest file that is read; a real one has under 3 KiB. */
const LARGEST_BYTES = 64 * 1024;

export type FoundSchool =
  | { readonly is: 'in place'; readonly file: SchoolFile; readonly isForEverybody: boolean }
  | { readonly is: 'none' }
  | { readonly is: 'damaged'; readonly isForEverybody: boolean };

/**
 * Where IT puts the file. Fixed paths: an environment variable could be any user's. Not
 * C:\ProgramData, where ordinary users may make a folder first.
 */
const MACHINE_PLACES: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'C:\\Program Files\\Meadowlark-Config\\school.json',
  darwin: '/Library/Application Support/Meadowlark/school.json',
  linux: '/etc/meadowlark/school.json',
};

export interface SchoolPlaces {
  /** The file for everybody on this computer, or null where the platform has no place for it. */
  readonly everybody: string | null;
  /** Whether `everybody` has to belong to root and be writable by nobody else. */
  readonly mustBeRoots: boolean;
  /** The copy of a file that a person opened. */
  readonly own: string;
}

/** The places of this platform; `given` is the demo build's `--school-file`, which stands for all of them. */
export function schoolPlaces(
  platform: NodeJS.Platform,
  userData: string,
  given: string | null,
): SchoolPlaces {
  return {
    everybody: given ?? MACHINE_PLACES[platform] ?? null,
    mustBeRoots: given === null && platform !== 'win32',
    own: join(userData, 'school.json'),
  };
}

export function findSchool(places: SchoolPlaces): FoundSchool {
  const everybody =
    places.everybody === null ? 'none' : readSchool(places.everybody, places.mustBeRoots);
  if (everybody === 'damaged') return { is: 'damaged', isForEverybody: true };
  if (everybody !== 'none') return { is: 'in place', file: everybody, isForEverybody: true };
  const own = readSchool(places.own, false);
  if (own === 'none') return { is: 'none' };
  if (own === 'damaged') return { is: 'damaged', isForEverybody: false };
  return { is: 'in place', file: own, isForEverybody: false };
}

/**
 * Takes the file that a person picked, and keeps a copy of it. Refused, with nothing changed:
 * what is not a school file (`school-file-wrong`), and any but the present one where a school is
 * in place (`school-file-other`): a look-alike with another server would collect passwords.
 */
export function openSchool(picked: string, places: SchoolPlaces): Answer<SchoolFile> {
  const file = readSchool(picked, false);
  if (file === 'none' || file === 'damaged') return { ok: false, code: 'school-file-wrong' };
  const present = findSchool(places);
  if (present.is === 'damaged' && present.isForEverybody) {
    return { ok: false, code: 'school-file-wrong' };
  }
  if (present.is === 'in place') {
    const isSame = JSON.stringify(present.file) === JSON.stringify(file);
    return isSame ? { ok: true, value: file } : { ok: false, code: 'school-file-other' };
  }
  try {
    writeWhole(places.own, JSON.stringify(file, null, 2));
  } catch {
    return { ok: false, code: 'program-fault' };
  }
  return { ok: true, value: file };
}

/** `none` only where there is no such file: one that cannot be read is as good as damaged. */
function readSchool(path: string, mustBeRoots: boolean): SchoolFile | 'none' | 'damaged' {
  let handle: number;
  try {
    handle = openSync(path, 'r');
  } catch (error) {
    return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR' ? 'none' : 'damaged';
  }
  try {
    const { uid, mode, size } = fstatSync(handle);
    if (size > LARGEST_BYTES || (mustBeRoots && (uid !== 0 || (mode & 0o022) !== 0))) {
      return 'damaged';
    }
    const bytes = Buffer.alloc(size);
    const read = readSync(handle, bytes, 0, size, 0);
    const text = bytes.toString('utf8', 0, read).replace(/^\uFEFF/, '');
    const parsed = SchoolFile.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : 'damaged';
  } catch {
    return 'damaged';
  } finally {
    closeSync(handle);
  }
}

/** Writes so that a power cut leaves the whole file or none. */
function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const half = `${path}.${randomBytes(6).toString('hex')}`;
  const handle = openSync(half, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(half, path);
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
