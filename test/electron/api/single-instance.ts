/**
 * `app.requestSingleInstanceLock`: a symbolic link in the user's data folder names the process that
 * holds the lock, as Chromium's does. A second process leaves a letter in a folder that the first
 * one watches.
 */
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { codec } from './node-codec.ts';

export interface Letter {
  argv: string[];
  workingDirectory: string;
  additionalData: unknown;
}

export class SingleInstance {
  #lock: string | null = null;
  #stopWatching: (() => void) | null = null;

  /** True if this process has the lock now; false if a letter went to the one that has it. */
  request(userData: string, letter: Letter, onLetter: (letter: Letter) => void): boolean {
    if (this.#lock !== null) return true;
    mkdirSync(userData, { recursive: true });
    const lock = join(userData, 'SingletonLock');
    const box = letterBox(userData);
    for (;;) {
      try {
        symlinkSync(`${hostname()}-${process.pid}`, lock);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      if (isHeld(lock)) {
        post(box, letter);
        return false;
      }
      rmSync(lock, { force: true });
    }
    this.#lock = lock;
    this.#stopWatching = openBox(box, onLetter);
    return true;
  }

  has(): boolean {
    return this.#lock !== null;
  }

  release(): void {
    this.#stopWatching?.();
    if (this.#lock !== null) rmSync(this.#lock, { force: true });
    this.#stopWatching = null;
    this.#lock = null;
  }
}

function letterBox(userData: string): string {
  const name = createHash('sha256').update(userData).digest('hex').slice(0, 16);
  return join(tmpdir(), `meadowlark-letters-${name}`);
}

/** A process that ended without tidying up, or is only waiting to be buried, holds nothing. */
function isHeld(lock: string): boolean {
  try {
    const owner = /-(\d+)$/.exec(readlinkSync(lock))?.[1];
    if (owner === undefined) return false;
    const state = /\) (\S)/.exec(readFileSync(`/proc/${owner}/stat`, 'utf8'))?.[1];
    return state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}

function post(box: string, letter: Letter): void {
  mkdirSync(box, { recursive: true, mode: 0o700 });
  const file = join(box, `${process.pid}`);
  // By another name first: the reader must not find half a letter.
  writeFileSync(`${file}.part`, codec.encode(letter));
  renameSync(`${file}.part`, `${file}.letter`);
}

function openBox(box: string, onLetter: (letter: Letter) => void): () => void {
  rmSync(box, { recursive: true, force: true });
  mkdirSync(box, { recursive: true, mode: 0o700 });
  const empty = (): void => {
    for (const name of readdirSync(box).filter((entry) => entry.endsWith('.letter'))) {
      const letter = codec.decode(readFileSync(join(box, name), 'utf8')) as Letter;
      unlinkSync(join(box, name));
      onLetter(letter);
    }
  };
  const watcher = watch(box, () => empty());
  watcher.unref();
  return () => {
    watcher.close();
    rmSync(box, { recursive: true, force: true });
  };
}
