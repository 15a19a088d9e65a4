/** The preload as it stands at the time of making a window. */
import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { PagePreload } from '../chromium/page.ts';

export function readPreload(path: string | null): PagePreload {
  if (path === null) return { path, source: null, error: null };
  if (!isAbsolute(path)) {
    console.error(`preload script must have absolute path: ${path}`);
    return { path: null, source: null, error: null };
  }
  try {
    return { path, source: readFileSync(path, 'utf8'), error: null };
  } catch (error) {
    return { path, source: null, error: (error as Error).message };
  }
}
