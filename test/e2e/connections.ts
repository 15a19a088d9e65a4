/** The TCP connections that a program has open, read from /proc: those of all its processes. */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

export interface Connection {
  /** Held by the process itself, not by one that it started. */
  readonly isMain: boolean;
  /** "127.0.0.1:8443"; IPv6 in hexadecimal. */
  readonly to: string;
}

/** `ESTABLISHED` and `SYN_SENT`: a connection that stands, and one that is being tried. */
const OPEN = new Set(['01', '02']);
const LISTENING = '0A';

/**
 * Those that the program made, without those between two of its own processes. (What drives it in
 * a test connects to it: that one is not the program's.) Linux only.
 */
export function connectionsOf(main: number): Connection[] {
  const owners = new Map<string, number>();
  for (const pid of [main, ...descendants(main)]) {
    for (const inode of socketsOf(pid)) if (!owners.has(inode)) owners.set(inode, pid);
  }
  const sockets = ['tcp', 'tcp6']
    .flatMap((file) => readFileSync(`/proc/${main}/net/${file}`, 'utf8').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([, from, to, state, , , , , , inode]) => {
      const owner = inode === undefined ? undefined : owners.get(inode);
      if (owner === undefined || from === undefined || to === undefined) return [];
      return [{ owner, from, to, state: state ?? '' }];
    });
  const own = new Set(sockets.map(({ from }) => from));
  const listening = new Set(
    sockets.filter(({ state }) => state === LISTENING).map(({ from }) => portOf(from)),
  );
  return sockets
    .filter(({ state }) => OPEN.has(state))
    .filter(({ from, to }) => !own.has(to) && !listening.has(portOf(from)))
    .map(({ owner, to }) => ({ isMain: owner === main, to: readable(to) }));
}

function descendants(of: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readOr(`/proc/${name}/stat`);
    // The program's name stands in brackets and may hold spaces; the parent is the second after it.
    const parent = /\) \S (\d+)/.exec(stat)?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const found: number[] = [];
  for (let level = [of]; level.length > 0;) {
    level = [...parents].filter(([, parent]) => level.includes(parent)).map(([pid]) => pid);
    found.push(...level);
  }
  return found;
}

function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).flatMap((name) => {
      const inode = /^socket:\[(\d+)\]$/.exec(linkOr(`${folder}/${name}`))?.[1];
      return inode === undefined ? [] : [inode];
    });
  } catch {
    // It has ended meanwhile.
    return [];
  }
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function linkOr(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}

function portOf(address: string): string {
  return address.split(':')[1] ?? '';
}

/** "0100007F:20FB" is 127.0.0.1:8443: the bytes of the address stand from last to first. */
function readable(address: string): string {
  const [host = '', port = ''] = address.split(':');
  const bytes = host.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? [];
  const name = bytes.length === 4 ? bytes.toReversed().join('.') : host;
  return `${name}:${Number.parseInt(port, 16)}`;
}
