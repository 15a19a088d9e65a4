/**
 * IT's policy for this computer, `policy.json` beside the school file: where data is kept, whether
 * the client starts with the computer, when it locks. docs/policy.md says what each key means, and
 * that a wrong value costs that value alone.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { PolicyFault } from '../../src-shared/bridge.ts';

/** A real one has under 1 KiB. */
const LARGEST_BYTES = 16 * 1024;

const KEYS = {
  /** Left out is not `null`: the folder changes only where the policy says so (data-folder.ts). */
  dataFolder: {
    schema: z
      .string()
      .max(500)
      .refine((path) => isAbsolute(path), { error: 'not an absolute path' })
      .nullable()
      .optional(),
    why: 'not-an-absolute-path',
  },
  startHidden: { schema: z.boolean().default(true), why: 'not-true-or-false' },
  idleMinutes: { schema: z.int().min(1).max(15).default(15), why: 'not-1-to-15' },
} as const;
type Key = keyof typeof KEYS;

export interface Policy {
  /** Null: in the profile of whoever uses the computer. Undefined: the policy does not say, or cannot. */
  readonly dataFolder: string | null | undefined;
  readonly startHidden: boolean;
  readonly idleMinutes: number;
}

/** What holds for what a policy does not say. */
export const USUAL_POLICY: Policy = {
  dataFolder: undefined,
  startHidden: KEYS.startHidden.schema.parse(undefined),
  idleMinutes: KEYS.idleMinutes.schema.parse(undefined),
};

export interface FoundPolicy {
  readonly policy: Policy;
  /** All that is wrong with it; empty where it is right, and where there is none. */
  readonly faults: readonly PolicyFault[];
}

/** Fixed paths, as those of the school file: an environment variable could be any user's. */
const PLACES: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'C:\\Program Files\\Meadowlark-Config\\policy.json',
  darwin: '/Library/Application Support/Meadowlark/policy.json',
  linux: '/etc/meadowlark/policy.json',
};

export interface PolicyPlace {
  readonly path: string | null;
  /** Whether it has to belong to root and be writable by nobody else. */
  readonly mustBeRoots: boolean;
}

/** `given` is the demo build's `--policy`, which stands for the computer's own file. */
export function policyPlace(platform: NodeJS.Platform, given: string | null): PolicyPlace {
  return {
    path: given ?? PLACES[platform] ?? null,
    mustBeRoots: given === null && platform !== 'win32',
  };
}

/** Never throws. Of a file that cannot be used nothing holds; of one that can, each value that fits. */
export function readPolicy(place: PolicyPlace): FoundPolicy {
  const read = textOf(place);
  if (read === null) return { policy: USUAL_POLICY, faults: [] };
  if ('why' in read) return { policy: USUAL_POLICY, faults: [{ key: 'policy.json', ...read }] };
  let json: unknown;
  try {
    json = JSON.parse(read.text);
  } catch {
    json = null;
  }
  return typeof json === 'object' && json !== null && !Array.isArray(json)
    ? policyOf(json as Readonly<Record<string, unknown>>)
    : { policy: USUAL_POLICY, faults: [{ key: 'policy.json', why: 'not-json' }] };
}

function policyOf(json: Readonly<Record<string, unknown>>): FoundPolicy {
  const faults: PolicyFault[] = [];
  const take = <T>(key: Key, schema: z.ZodType<T>, usual: T): T => {
    const parsed = schema.safeParse(json[key]);
    if (parsed.success) return parsed.data;
    faults.push({ key, why: KEYS[key].why });
    return usual;
  };
  const policy = {
    dataFolder: take('dataFolder', KEYS.dataFolder.schema, USUAL_POLICY.dataFolder),
    startHidden: take('startHidden', KEYS.startHidden.schema, USUAL_POLICY.startHidden),
    idleMinutes: take('idleMinutes', KEYS.idleMinutes.schema, USUAL_POLICY.idleMinutes),
  };
  for (const key of Object.keys(json)) {
    // It may be a misspelt one.
    if (!Object.hasOwn(KEYS, key)) faults.push({ key: key.slice(0, 40), why: 'unknown-key' });
  }
  return { policy, faults };
}

/** Null where there is no file. */
function textOf({ path, mustBeRoots }: PolicyPlace): { text: string } | Why | null {
  if (path === null) return null;
  let handle: number;
  try {
    handle = openSync(path, 'r');
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
    return code === 'ENOENT' || code === 'ENOTDIR' ? null : { why: 'not-readable' };
  }
  try {
    const { uid, mode, size } = fstatSync(handle);
    if (mustBeRoots && (uid !== 0 || (mode & 0o022) !== 0)) return { why: 'not-roots' };
    if (size > LARGEST_BYTES) return { why: 'too-large' };
    const bytes = Buffer.alloc(size);
    const read = readSync(handle, bytes, 0, size, 0);
    // Windows editors begin a file with a byte order mark.
    return { text: bytes.toString('utf8', 0, read).replace(/^\uFEFF/, '') };
  } catch {
    return { why: 'not-readable' };
  } finally {
    closeSync(handle);
  }
}

type Why = Pick<PolicyFault, 'why'>;
