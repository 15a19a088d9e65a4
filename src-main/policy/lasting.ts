/**
 * Whether the data folder outlasts the person's session at the computer. In one that the system
 * empties, what waits to be sent would be lost. Only what can be seen without asking the registry
 * is looked at; docs/policy.md names what cannot be seen (Deep Freeze, Shared PC mode).
 */
import { existsSync, statfsSync } from 'node:fs';
import { posix, win32 } from 'node:path';

/** What is looked at; tests give other answers than this computer's. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  /** The person's profile, as the operating system knows it. */
  readonly home: string;
  readonly exists: (path: string) => boolean;
  /** The kind of file system by statfs(2), or null where it cannot be asked. */
  readonly fileSystemOf: (path: string) => number | null;
}

/** Linux's numbers of file systems that live in memory alone (statfs(2)). */
const IN_MEMORY: readonly number[] = [0x01021994, 0x858458f6];

export function surroundings(platform: NodeJS.Platform, home: string): Surroundings {
  return {
    platform,
    home,
    exists: existsSync,
    fileSystemOf(path) {
      try {
        return statfsSync(path).type;
      } catch {
        return null;
      }
    },
  };
}

export function isLasting(folder: string, around: Surroundings): boolean {
  const { platform, home, exists, fileSystemOf } = around;
  if (platform === 'win32') {
    if (!isWithin(folder, home)) return true;
    // Windows names a profile that it could not load TEMP, or TEMP.DOMAIN.000, and deletes it.
    if (/^TEMP(\..*)?$/i.test(win32.basename(home))) return false;
    // A mandatory profile's hive is called .MAN; such a profile is thrown away at each sign-out.
    return !exists(win32.join(home, 'NTUSER.MAN'));
  }
  if (platform === 'darwin') {
    // The guest user's home is deleted at sign-out.
    return !(home === '/Users/Guest' && (folder === home || folder.startsWith(`${home}/`)));
  }
  const kind = fileSystemOf(folder) ?? fileSystemOf(posix.dirname(folder));
  return kind === null || !IN_MEMORY.includes(kind);
}

function isWithin(folder: string, home: string): boolean {
  const way = win32.relative(home, folder);
  return way === '' || (!way.startsWith('..') && !win32.isAbsolute(way));
}
