/**
 * IT's policy for this computer, `policy.json` beside the school file: where data is kept, whether
 * the client starts with the computer, when it locks. docs/policy.md says what each key means.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { z } from 'zod';

/** A real one has under 1 KiB. */
const LARGEST_BYTES = 16 * 1024;

/** Every key may be left out; an unknown one makes the file wrong, as it may be a misspelt one. */
export const PolicyFile = z.strictObject({
  dataFolder: z
    .string()
    .max(500)
    .refine((path) => isAbsolute(path), { error: 'not an absolute path' })
    .nullable()
    .default(null),
  startHidden: z.boolean().default(true),
  idleMinutes: z.int().min(1).max(15).default(15),
});
export type Policy = Readonly<z.infer<typeof PolicyFile>>;

/** What holds where there is no file. */
export const USUAL_POLICY: Policy = PolicyFile.parse({});
/** What holds where the file is wrong: nothing that IT may have wished to forbid is allowed. */
export const STRICTEST_POLICY: Policy = { dataFolder: null, startHidden: true, idleMinutes: 1 };

export interface FoundPolicy {
  readonly is: 'ok' | 'wrong';
  readonly policy: Policy;
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

/** Never throws: a file that is there and cannot be used is `wrong`, and the strictest values hold. */
export function readPolicy({ path, mustBeRoots }: PolicyPlace): FoundPolicy {
  if (path === null) return { is: 'ok', policy: USUAL_POLICY };
  let handle: number;
  try {
    handle = openSync(path, 'r');
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? { is: 'ok', policy: USUAL_POLICY }
      : { is: 'wrong', policy: STRICTEST_POLICY };
  }
  try {
    const { uid, mode, size } = fstatSync(handle);
    const isForeign = mustBeRoots && (uid !== 0 || (mode & 0o022) !== 0);
    if (size > LARGEST_BYTES || isForeign) return { is: 'wrong', policy: STRICTEST_POLICY };
    const bytes = Buffer.alloc(size);
    const read = readSync(handle, bytes, 0, size, 0);
    // Windows editors begin a file with a byte order mark.
    const text = bytes.toString('utf8', 0, read).replace(/^\uFEFF/, '');
    const parsed = PolicyFile.safeParse(JSON.parse(text));
    return parsed.success
      ? { is: 'ok', policy: parsed.data }
      : { is: 'wrong', policy: STRICTEST_POLICY };
  } catch {
    return { is: 'wrong', policy: STRICTEST_POLICY };
  } finally {
    closeSync(handle);
  }
}
