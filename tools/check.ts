/**
 * `npm test`: every check of the project, one after the other, and one line at the end that adds
 * them up: `N passed, N failed, N skipped`. With `--long` (`npm run test:long`) the checks that
 * take longer instead. Exits 0 only where nothing failed.
 */
import { join } from 'node:path';
import { readyForWindows } from './check/system.ts';
import { add, line, NONE, runSteps, type Counts, type Step } from './check/steps.ts';

const ROOT = join(import.meta.dirname, '..');

const QUICK: readonly Step[] = [
  { name: 'Format', command: ['prettier', '--check', '.'], counts: 'exit code' },
  { name: 'Lint', command: ['oxlint', '--type-aware'], counts: 'exit code' },
  { name: 'Types', command: ['tsc', '--noEmit'], counts: 'exit code' },
  {
    name: 'Types of the stand-in',
    command: ['node', 'test/electron/check-types.ts'],
    counts: 'exit code',
  },
  { name: 'Layers', command: ['node', 'tools/layers.ts'], counts: 'exit code' },
  { name: 'Unused code', command: ['knip'], counts: 'exit code' },
  {
    name: 'Unit and integration tests',
    command: [
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      '--outputFile.json=test-results/unit.json',
    ],
    counts: 'test-results/unit.json',
  },
  {
    name: 'Build of the client',
    command: ['node', 'tools/build.ts', '--demo'],
    counts: 'exit code',
  },
  {
    name: 'End-to-end specs',
    command: ['playwright', 'test'],
    counts: 'test-results/e2e.json',
    needsWindows: true,
  },
];

const LONG: readonly Step[] = [
  {
    name: 'What takes longer',
    command: [
      'vitest',
      'run',
      '--config',
      'vitest.long.config.ts',
      '--reporter=default',
      '--reporter=json',
      '--outputFile.json=test-results/long.json',
    ],
    counts: 'test-results/long.json',
    needsWindows: true,
  },
];

const steps = process.argv.includes('--long') ? LONG : QUICK;
const windows = steps.some((step) => step.needsWindows) ? await readyForWindows() : null;
let counts: Counts = NONE;
for await (const result of runSteps(ROOT, steps, windows)) counts = add(counts, result);
console.log(line(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;
