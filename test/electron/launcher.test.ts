import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron } from '@playwright/test';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { electronExecutable, startDisplay } from './launch.ts';

vi.setConfig({ testTimeout: 30_000 });

const executable = fileURLToPath(new URL('electron', import.meta.url));
const program = fileURLToPath(new URL('fixture/gone-wrong.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'stand-in-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  code: number | string | null;
  said: string[];
  complained: string;
}

/** Runs one of the programs to its end. */
function run(which: string): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      executable,
      [program, `--user-data-dir=${folder}`, which],
      (error, out, complained) => {
        const code = error ? (error.code ?? error.signal ?? null) : 0;
        resolve({ code, said: out.trim().split('\n'), complained });
      },
    );
  });
}

describe('a program in the stand-in', () => {
  it('that awaits ready at its top level waits for ever', async () => {
    expect((await run('await-ready')).said).toEqual(['ready after a second: false']);
  });

  it('that throws while it is read goes on to ready, and the error is told', async () => {
    const { code, said, complained } = await run('throws');
    expect({ code, said }).toEqual({ code: 3, said: ['ready all the same', 'quit 3'] });
    expect(complained).toContain('Error: broken at load');
  });

  it('quits with its last window if it does not listen', async () => {
    const { code, said } = await run('last-window');
    expect({ code, said }).toEqual({
      code: 0,
      said: ['closed', 'before-quit', 'will-quit', 'quit 0'],
    });
  });

  it('ends by process.exit as by app.exit', async () => {
    const { code, said } = await run('process-exit');
    expect({ code, said }).toEqual({ code: 7, said: ['quit 7'] });
  });

  it('leaves a second start with a letter for the first, and nothing in its folder', async () => {
    const first = await _electron.launch({
      executablePath: executable,
      args: [
        fileURLToPath(new URL('fixture/program.ts', import.meta.url)),
        `--user-data-dir=${folder}`,
      ],
    });
    const hasLock = await first.evaluate(({ app }) => [
      app.requestSingleInstanceLock(),
      app.getPath('userData'),
    ]);
    expect(hasLock).toEqual([true, folder]);
    expect((await run('second')).said).toEqual(['lock false', 'quit 0']);
    await expect
      .poll(() => first.evaluate(() => fixture.log.find((line) => line.includes('"data"'))))
      .toContain('"data":{"from":"second","when":"1970-01-01T00:00:00.000Z"}');
    await first.close();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the choice of an executable', () => {
  it('says which one and why, and refuses one that is not there', async () => {
    vi.stubEnv('MEADOWLARK_ELECTRON', 'stand-in');
    expect(await electronExecutable()).toEqual({
      path: executable,
      kind: 'stand-in',
      why: 'MEADOWLARK_ELECTRON asks for the stand-in.',
    });
    vi.stubEnv('MEADOWLARK_ELECTRON', 'elsewhere');
    await expect(electronExecutable()).rejects.toThrow('"electron" or "stand-in"');
    vi.unstubAllEnvs();
  });

  it('gives a display of its own', async () => {
    const started = await startDisplay({ size: '800x600x24' });
    expect(started.display).toMatch(/^:\d+$/);
    await started.stop();
  });
});
