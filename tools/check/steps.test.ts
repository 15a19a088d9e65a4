/** The last line of `npm test` must not say that all is well when it is not. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { countsOf, line, runSteps, type Counts, type Step } from './steps.ts';

const folder = mkdtempSync(join(tmpdir(), 'meadowlark-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function outcome(step: Step, noWindows: string | null = null): Promise<Counts[]> {
  const counts: Counts[] = [];
  for await (const result of runSteps(folder, [step], noWindows, () => {})) counts.push(result);
  return counts;
}

function script(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

const VITEST = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0 };

describe('counting', () => {
  test.each([
    ['vitest', VITEST, 0, '3 passed, 0 failed, 1 skipped'],
    ['vitest with a failure', { ...VITEST, numFailedTests: 2 }, 1, '3 passed, 2 failed, 1 skipped'],
    ['vitest with a file that did not load', VITEST, 1, '3 passed, 1 failed, 1 skipped'],
    [
      'vitest without any test',
      { ...VITEST, numPassedTests: 0 },
      0,
      '0 passed, 1 failed, 1 skipped',
    ],
    [
      'Playwright',
      { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 } },
      1,
      '5 passed, 2 failed, 2 skipped',
    ],
  ])('%s', (_, report, code, expected) => {
    expect(line(countsOf(report, code))).toBe(expected);
  });
});

describe('a step', () => {
  test('passes by its exit code', async () => {
    const name = script('good.mjs', 'process.exit(0)');
    const step: Step = { name: 'good', command: ['node', name], counts: 'exit code' };
    expect(await outcome(step)).toEqual([{ passed: 1, failed: 0, skipped: 0 }]);
  });

  test('fails by its exit code, and where its program is not there', async () => {
    const failed = [{ passed: 0, failed: 1, skipped: 0 }];
    const name = script('bad.mjs', 'process.exit(3)');
    expect(await outcome({ name: 'bad', command: ['node', name], counts: 'exit code' })).toEqual(
      failed,
    );
    expect(
      await outcome({ name: 'gone', command: ['no-such-program'], counts: 'exit code' }),
    ).toEqual(failed);
  });

  test('fails where it writes no report, even if an old one lies there', async () => {
    const write = script(
      'report.mjs',
      `import { writeFileSync } from 'node:fs';
       writeFileSync('test-results/a.json', '${JSON.stringify(VITEST)}');`,
    );
    const silent = script('silent.mjs', '');
    const step: Step = { name: 'tests', command: ['node', write], counts: 'test-results/a.json' };
    expect(await outcome(step)).toEqual([{ passed: 3, failed: 0, skipped: 1 }]);
    expect(await outcome({ ...step, command: ['node', silent] })).toEqual([
      { passed: 0, failed: 1, skipped: 0 },
    ]);
  });

  test('fails where it needs windows and there can be none', async () => {
    const name = script('windows.mjs', '');
    const step: Step = {
      name: 'windows',
      command: ['node', name],
      counts: 'exit code',
      needsWindows: true,
    };
    expect(await outcome(step, 'install a browser')).toEqual([
      { passed: 0, failed: 1, skipped: 0 },
    ]);
  });
});
