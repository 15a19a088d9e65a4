/* oxlint-disable unicorn/require-post-message-target-origin -- processes have no origin */
import { _electron, type ElectronApplication } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 30_000 });

const executablePath = fileURLToPath(new URL('electron', import.meta.url));
const program = fileURLToPath(new URL('fixture/program.ts', import.meta.url));
const script = fileURLToPath(new URL('fixture/child.mjs', import.meta.url));
const icon = fileURLToPath(new URL('../../assets/icon.png', import.meta.url));

let application: ElectronApplication;

beforeAll(async () => {
  const env = { ...process.env, MEADOWLARK_TEST_ONE: '1' } as Record<string, string>;
  application = await _electron.launch({ executablePath, args: [program], env });
}, 30_000);

afterAll(() => application.close());

test('a process has no pid before it has spawned, cannot be killed, and misses no message', async () => {
  const seen = await application.evaluate(async ({ utilityProcess }, path) => {
    const child = utilityProcess.fork(path, [], { stdio: 'ignore' });
    const early = { pid: child.pid, wasKilled: child.kill() };
    child.postMessage(Buffer.from('hi'));
    const answer = await new Promise<Record<string, unknown>>((resolve) =>
      child.once('message', resolve),
    );
    const pidWhile = child.pid;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    const wasKilled = child.kill();
    const code = await exited;
    return {
      early,
      answer: { ...answer, whole: answer['whole'], reply: Buffer.isBuffer(answer['reply']) },
      hadPid: pidWhile !== undefined,
      wasKilled,
      code,
      late: { pid: child.pid, wasKilled: child.kill() },
    };
  }, script);
  expect(seen).toEqual({
    early: { pid: undefined, wasKilled: false },
    answer: {
      kind: '[object Uint8Array]',
      isBuffer: false,
      // The whole pool that the two bytes lived in, as in Electron.
      whole: expect.any(Number) as number,
      ports: 0,
      names: ['MEADOWLARK_TEST_ONE'],
      hasChannel: false,
      type: 'utility',
      reply: false,
    },
    hadPid: true,
    wasKilled: true,
    code: 0,
    late: { pid: undefined, wasKilled: false },
  });
  expect(seen.answer.whole).toBeGreaterThan(2);
});

test.each([
  ['an exception', 'die', 1],
  ['a code of its own', 'end', 7],
])('it ends with the code of %s', async (_what, message, expected) => {
  const code = await application.evaluate(
    async ({ utilityProcess }, [path, word]) => {
      const child = utilityProcess.fork(path, [], { stdio: 'ignore' });
      child.postMessage(word);
      return new Promise((resolve) => child.once('exit', resolve));
    },
    [script, message] as const,
  );
  expect(code).toBe(expected);
});

test('a script that is not there ends with 1, and what is posted then is dropped', async () => {
  const code = await application.evaluate(async ({ utilityProcess }) => {
    const child = utilityProcess.fork('/nowhere/at-all.mjs', [], { stdio: 'ignore' });
    const ended = await new Promise((resolve) => child.once('exit', resolve));
    child.postMessage('too late');
    return ended;
  });
  expect(code).toBe(1);
});

test('an environment that is not empty replaces the parent’s; an empty one hands it on', async () => {
  const names = await application.evaluate(async ({ utilityProcess }, path) => {
    const found: unknown[] = [];
    for (const env of [{}, { MEADOWLARK_TEST_TWO: '2' }]) {
      const child = utilityProcess.fork(path, [], { stdio: 'ignore', env });
      child.postMessage(1);
      const answer = await new Promise<{ names: string[] }>((resolve) =>
        child.once('message', resolve),
      );
      found.push(answer.names);
      child.kill();
    }
    return found;
  }, script);
  expect(names).toEqual([['MEADOWLARK_TEST_ONE'], ['MEADOWLARK_TEST_TWO']]);
});

test('what cannot be copied is refused on both sides in Electron’s words', async () => {
  const said = await application.evaluate(async ({ utilityProcess }, path) => {
    const child = utilityProcess.fork(path, [], { stdio: 'ignore' });
    const here = fixture.outcome(() => child.postMessage(() => 1));
    child.postMessage('function');
    const there = await new Promise((resolve) => child.once('message', resolve));
    child.kill();
    return [here, there];
  }, script);
  expect(said).toEqual(['An object could not be cloned.', 'An object could not be cloned.']);
});

test('a tray keeps its menu and cannot be used after its end; a missing picture is refused', async () => {
  const seen = await application.evaluate(({ Tray, Menu, nativeImage }, path) => {
    const tray = new Tray(nativeImage.createFromPath(path).resize({ width: 16, height: 16 }));
    tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Open' }]));
    tray.destroy();
    return {
      isDestroyed: tray.isDestroyed(),
      after: fixture.outcome(() => tray.setToolTip('x')),
      missing: fixture.outcome(() => new Tray('/nowhere.png')),
    };
  }, icon);
  expect(seen).toEqual({
    isDestroyed: true,
    after: 'Object has been destroyed',
    missing: 'Failed to load image from path',
  });
});

test('the login item is remembered with its arguments', async () => {
  const seen = await application.evaluate(({ app }) => {
    app.setLoginItemSettings({ openAtLogin: true, args: ['--hidden'] });
    return [
      app.getLoginItemSettings().openAtLogin,
      app.getLoginItemSettings({ args: ['--hidden'] }).openAtLogin,
    ];
  });
  expect(seen).toEqual([false, true]);
});
