/** Looks for texts and keys where they must not be: in files, and in the memory of processes from outside. */
import { closeSync, openSync, readFileSync, readSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Needle {
  /** Says what was found, never what it says. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** A text as UTF-8, UTF-16LE, and each in base64 at the three places where it can begin. */
export function formsOfText(name: string, text: string): Needle[] {
  const plain = [
    { name: `${name} as UTF-8`, bytes: Buffer.from(text, 'utf8') },
    { name: `${name} as UTF-16LE`, bytes: Buffer.from(text, 'utf16le') },
  ];
  return [...plain, ...plain.flatMap(inBase64)];
}

/** Key bytes as they are, in hex and in base64. */
export function formsOfKey(name: string, key: Uint8Array): Needle[] {
  const raw = { name, bytes: Buffer.from(key) };
  return [
    raw,
    { name: `${name} in hex`, bytes: Buffer.from(raw.bytes.toString('hex')) },
    ...inBase64(raw),
  ];
}

function inBase64({ name, bytes }: Needle): Needle[] {
  return [0, 1, 2].map((offset) => {
    const coded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    // The first and last characters also depend on what stands before and after.
    return {
      name: `${name} in base64 at ${offset}`,
      bytes: Buffer.from(coded.slice(offset === 0 ? 0 : 4, -4)),
    };
  });
}

export interface FilesScanned {
  readonly files: number;
  readonly bytes: number;
  /** "what in which file". */
  readonly hits: readonly string[];
}

/** Every file under a folder. */
export function scanFiles(folder: string, needles: readonly Needle[]): FilesScanned {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() === true,
  );
  let bytes = 0;
  const hits = names.flatMap((name) => {
    const content = readFileSync(join(folder, name));
    bytes += content.length;
    return needles
      .filter((needle) => content.includes(needle.bytes))
      .map((needle) => `${needle.name} in ${name}`);
  });
  return { files: names.length, bytes, hits };
}

const CHUNK_BYTES = 4 * 1024 * 1024;

export interface MemoryScanned {
  /** The names of what was found. */
  readonly found: readonly string[];
  readonly bytes: number;
  /** In regions that say that they can be read, and could not be: nothing is known of these. */
  readonly unread: number;
}

/**
 * All memory of a process that can be read, by `/proc/PID/mem`. Linux, as the same user with the
 * right to trace it, or root; throws where that is refused, or the process is gone.
 */
export function scanMemory(pid: number, needles: readonly Needle[]): MemoryScanned {
  const overlap = Math.max(...needles.map(({ bytes }) => bytes.length));
  const found = new Set<string>();
  let bytes = 0;
  let unread = 0;
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const chunk = Buffer.alloc(CHUNK_BYTES + overlap);
  try {
    for (const [from, to] of readableRegions(pid)) {
      for (let at = from; at < to; at += CHUNK_BYTES) {
        const length = Math.min(chunk.length, to - at);
        const read = readOr0(memory, chunk, length, at);
        bytes += Math.min(read, CHUNK_BYTES);
        unread += Math.max(0, Math.min(length, CHUNK_BYTES) - read);
        const part = chunk.subarray(0, read);
        for (const { name, bytes } of needles) if (part.includes(bytes)) found.add(name);
      }
    }
  } finally {
    closeSync(memory);
  }
  return { found: [...found], bytes, unread };
}

/** A process and all that it started and that are alive, and what those started. */
export function familyOf(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = readOrEmpty(`/proc/${name}/stat`);
      // The program's name stands in brackets, and may hold anything.
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return stat === '' || state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent) }];
    });
  const family = [pid];
  for (const one of family) {
    family.push(...parents.filter(({ parent }) => parent === one).map((child) => child.pid));
  }
  return family;
}

/** A process may end while the list is read. */
function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function readableRegions(pid: number): [number, number][] {
  return readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const parts = /^([0-9a-f]+)-([0-9a-f]+) (r...) \S+ \S+ \S+\s*(.*)$/.exec(line);
      if (parts === null || /^\[v(var|syscall|dso)/.test(parts[4] ?? '')) return [];
      return [[Number.parseInt(parts[1] ?? '', 16), Number.parseInt(parts[2] ?? '', 16)]] as [
        number,
        number,
      ][];
    });
}

/** A region may go while it is read. */
function readOr0(file: number, into: Buffer, length: number, at: number): number {
  try {
    return readSync(file, into, 0, length, at);
  } catch {
    return 0;
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
