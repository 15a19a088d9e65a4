/** The steps of `npm test`: each is a command of its own, and its result is counted. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Step {
  readonly name: string;
  /** A program of node_modules/.bin or `node`, and its arguments. */
  readonly command: readonly [string, ...string[]];
  /** Where the counts come from: the exit code alone, or the JSON report that it writes. */
  readonly counts: 'exit code' | `test-results/${string}.json`;
  readonly needsWindows?: true;
}

export const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };
const FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

export function add(one: Counts, other: Counts): Counts {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** "12 passed, 0 failed, 1 skipped" */
export function line({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * Runs each step and yields its counts; a step that fails does not stop the others. `noWindows` is
 * the sentence why windows cannot be opened here: steps that need them then fail with it.
 */
export async function* runSteps(
  root: string,
  steps: readonly Step[],
  noWindows: string | null,
  say: (text: string) => void = console.log,
): AsyncGenerator<Counts> {
  for (const step of steps) {
    say(`\n── ${step.name}`);
    const started = performance.now();
    let counts: Counts = FAILED;
    if (step.needsWindows && noWindows !== null) {
      say(noWindows);
    } else {
      counts = await runStep(root, step, say);
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(`── ${step.name}: ${line(counts)} (${seconds} s)`);
    yield counts;
  }
}

async function runStep(
  root: string,
  { command, counts }: Step,
  say: (text: string) => void,
): Promise<Counts> {
  const report = join(root, counts);
  if (counts !== 'exit code') {
    mkdirSync(dirname(report), { recursive: true });
    // A report of an earlier run must not be counted where this run writes none.
    rmSync(report, { force: true });
  }
  const code = await run(root, command, say);
  if (counts === 'exit code') return code === 0 ? { ...NONE, passed: 1 } : FAILED;
  if (!existsSync(report)) return FAILED;
  return countsOf(JSON.parse(readFileSync(report, 'utf8')), code);
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}
interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}

/**
 * Reads vitest's or Playwright's report. A run that exits with an error although no test failed (a
 * file that did not load, an error between tests, no test at all) counts as one failure.
 */
export function countsOf(report: unknown, code: number): Counts {
  const counts = isPlaywright(report)
    ? {
        passed: report.stats.expected,
        failed: report.stats.unexpected + report.stats.flaky,
        skipped: report.stats.skipped,
      }
    : vitestCounts(report as VitestReport);
  const isSilent = counts.failed === 0 && (code !== 0 || counts.passed === 0);
  return isSilent ? add(counts, FAILED) : counts;
}

function isPlaywright(report: unknown): report is PlaywrightReport {
  return typeof report === 'object' && report !== null && 'stats' in report;
}

function vitestCounts(report: VitestReport): Counts {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Node's own folder stands first, so that every tool runs on the Node that runs this. */
function run(
  root: string,
  [program, ...parameters]: Step['command'],
  say: (text: string) => void,
): Promise<number> {
  const tools = join(root, 'node_modules', '.bin');
  const path = [dirname(process.execPath), tools, process.env['PATH'] ?? ''].join(delimiter);
  const isNode = program === 'node';
  const child = spawn(isNode ? process.execPath : program, parameters, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: path },
    // On Windows the programs of .bin are .cmd files, which a shell alone can start.
    shell: process.platform === 'win32' && !isNode,
  });
  return new Promise((resolve) => {
    child.on('error', (error) => {
      say(`${program}: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
