/**
 * Which folder the client keeps its data in. It changes only where the policy says so outright:
 * a policy that is damaged, gone, or leaves the folder out must not make drafts seem lost.
 */
import {
  accessSync,
  constants,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
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
  const against = (one: string): PolicyFault['why'] | null => whatIsAgainst(one, one !== last);
  const folder = folders.find((one) => against(one) === null) ?? folders.at(-1) ?? wanted;
  return folder === wanted
    ? { folder, isAway: false, faults }
    : {
        folder,
        isAway: true,
        faults: [...faults, { key: 'dataFolder', why: against(wanted) ?? 'not-usable' }],
      };
}

/**
 * Null where the folder can be used. One that another account owns or may write to is not: whoever can
 * put files there can put an older store in the place of the present one, or the secret that it is
 * wrapped with. On Windows the mode says nothing of that: the folder's rights are for IT to set.
 */
function whatIsAgainst(folder: string, mayBeMade: boolean): PolicyFault['why'] | null {
  try {
    if (mayBeMade) mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK);
    const { uid, mode } = statSync(folder);
    const isOwn = process.getuid === undefined || uid === process.getuid();
    const isClosed = process.platform === 'win32' || (mode & 0o022) === 0;
    return isOwn && isClosed ? null : 'open-to-others';
  } catch {
    return 'not-usable';
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
