/** Puts a damaged or newer store aside, with its log, where nothing will write to it again (R25). */
import { existsSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const STORE_FILE = 'vault.sqlite';
const ASIDE = /^vault-damaged-.*\.sqlite$/;

/** The stores that were put aside in `folder`, oldest first, by name. */
export function putAsideIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => ASIDE.test(name))
    .toSorted();
}

/** Renames, so that it also works on a full disk. */
export function putAside(file: string, now: Date): void {
  const aside = join(dirname(file), nameFor(file, now));
  // The store first: where the power fails between the two, its log is found without a store.
  for (const end of ['', '-wal', '-shm']) {
    if (existsSync(file + end)) renameSync(file + end, aside + end);
  }
}

function nameFor(file: string, now: Date): string {
  const folder = dirname(file);
  if (!existsSync(file)) {
    const left = putAsideIn(folder).findLast((name) => !existsSync(join(folder, `${name}-wal`)));
    if (left !== undefined) return left;
  }
  const time = now.toISOString().replaceAll(/[:.]/g, '-');
  let name = `vault-damaged-${time}.sqlite`;
  for (let number = 2; existsSync(join(folder, name)); number += 1) {
    name = `vault-damaged-${time}-${number}.sqlite`;
  }
  return name;
}
