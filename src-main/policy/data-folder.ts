/**
 * Which folder the client keeps its data in. It changes only where the policy says so outright:
 * a policy that is damaged, gone, or leaves the folder out must not make drafts seem lost.
 */
import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { PolicyFault } from '../../src-shared/bridge.ts';
import type { FoundPolicy } from './policy.ts';

/** In the usual folder: the path of the one that the policy named last. */
const LAST = 'data-folder';

export interface DataFolder {
  readonly folder: string;
  /** What is saved may lie in another folder, which cannot be used or is not known. */
  readonly isAway: boolean;
  readonly faults: readonly PolicyFault[];
}

/**
 * `usual` is the folder in the person's profile. Never throws: where no folder can be used, the usual
 * one is answered, and what opens it says so.
 */
export function settleDataFolder({ policy, faults }: FoundPolicy, usual: string): DataFolder {
  const last = readLast(usual);
  const { dataFolder } = policy;
  if (dataFolder === undefined) {
    const isUnknown = faults.some(({ key }) => key === 'dataFolder' || key === 'policy.json');
    if (last === null) return { folder: usual, isAway: isUnknown, faults };
    const kept: PolicyFault[] = isUnknown ? [] : [{ key: 'dataFolder', why: 'left-out' }];
    return firstUsable([last, usual], last, [...faults, ...kept]);
  }
  if (dataFolder === null) {
    remember(usual, null);
    return { folder: usual, isAway: false, faults };
  }
  const settled = firstUsable([dataFolder, last ?? usual, usual], last, faults);
  if (settled.folder === dataFolder) remember(usual, dataFolder);
  return settled;
}

/** The first is the one that is wanted, `last` the one that was used before: a drive may be missing. */
function firstUsable(
  folders: readonly [string, ...string[]],
  last: string | null,
  faults: readonly PolicyFault[],
): DataFolder {
  const [wanted] = folders;
  const folder = folders.find((one) => isUsable(one, one !== last)) ?? folders.at(-1) ?? wanted;
  return folder === wanted
    ? { folder, isAway: false, faults }
    : { folder, isAway: true, faults: [...faults, { key: 'dataFolder', why: 'not-usable' }] };
}

function isUsable(folder: string, mayBeMade: boolean): boolean {
  try {
    if (mayBeMade) mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function readLast(usual: string): string | null {
  try {
    const path = readFileSync(join(usual, LAST), 'utf8').trim();
    return isAbsolute(path) ? path : null;
  } catch {
    return null;
  }
}

function remember(usual: string, folder: string | null): void {
  try {
    if (folder === null) rmSync(join(usual, LAST), { force: true });
    else if (readLast(usual) !== folder) {
      mkdirSync(usual, { recursive: true });
      writeFileSync(join(usual, LAST), `${folder}\n`);
    }
  } catch {
    // A profile that cannot be written: the policy alone says where the folder is.
  }
}
