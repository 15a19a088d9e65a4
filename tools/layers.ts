/**
 * `npm run layers`: checks who imports whom (tools/layers/rules.ts) with dependency-cruiser.
 * Exits 1 on a violation, and where suspiciously few modules were read: a cruise that reads
 * nothing finds nothing.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { LAYERS } from './layers/rules.ts';

const ROOMS = ['src-shared', 'src-main', 'src-preload', 'src-renderer', 'src-vault', 'server'];

export interface LayersResult {
  readonly modules: number;
  /** "rule: from → to", sorted. */
  readonly violations: readonly string[];
}

/** Reads every module of the rooms under `folder` (the project's root, or a planted copy). */
export async function checkLayers(folder: string, rooms: readonly string[]): Promise<LayersResult> {
  const { output } = await cruise(
    [...rooms],
    {
      baseDir: folder,
      // Without swc and @swc/core nothing of a TypeScript file is read, and everything passes.
      parser: 'swc',
      validate: true,
      ruleSet: { forbidden: LAYERS },
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '(^|/)(out|out-demo)/' },
      tsPreCompilationDeps: true,
    },
    {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css', '.d.ts'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  );
  const { modules, summary } = output as ICruiseResult;
  return {
    modules: modules.filter(
      (module) => /\.tsx?$/.test(module.source) && !module.source.includes('node_modules'),
    ).length,
    violations: summary.violations
      .map((found) => `${found.rule.name}: ${found.from} → ${found.to}`)
      .toSorted(),
  };
}

/** Every TypeScript file of the rooms, relative to `folder`. */
export function sourcesOf(folder: string, rooms: readonly string[]): string[] {
  return globSync(
    rooms.map((room) => `${room}/**/*.{ts,tsx}`),
    { cwd: folder, exclude: ['**/node_modules/**'] },
  );
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  const rooms = ROOMS.filter((room) => sourcesOf(root, [room]).length > 0);
  const files = sourcesOf(root, rooms);
  const { modules, violations } = await checkLayers(root, rooms);
  for (const violation of violations) console.error(violation);
  if (modules < files.length) {
    console.error(`Only ${modules} of ${files.length} modules were read: the check says nothing.`);
  }
  if (violations.length > 0 || modules < files.length) process.exit(1);
  console.log(`Layers hold in ${modules} modules.`);
}
