import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { BrowserWindow } from 'electron';
import type { Fixture } from './fixture/program.ts';

vi.setConfig({ testTimeout: 20_000 });

const executablePath = fileURLToPath(new URL('electron', import.meta.url));
const program = fileURLToPath(new URL('fixture/program.ts', import.meta.url));

const hasXdotool = existsSync('/usr/bin/xdotool');

declare global {
  var fixture: Fixture;
}

let application: ElectronApplication;
const errors: string[] = [];

beforeAll(async () => {
  application = await _electron.launch({ executablePath, args: [program] });
  application.process().stderr?.on('data', (text: Buffer) => errors.push(text.toString()));
}, 20_000);

afterAll(() => application.close());

/** Opens a window in the fixture and gives its page once it has that address. */
async function open(
  path: string,
  options: Parameters<Fixture['open']>[1] = {},
): Promise<{ page: Page; id: number }> {
  const opened = application.waitForEvent('window');
  const id = await application.evaluate(
    async (_electron, [to, how]) => (await fixture.open(to, how)).id,
    [path, options] as const,
  );
  const page = await opened;
  await page.waitForURL(`**${path}`);
  return { page, id };
}

async function close(id: number): Promise<void> {
  await application.evaluate(
    ({ BrowserWindow }, number) => BrowserWindow.fromId(number)?.destroy(),
    id,
  );
}

type Client = Record<string, (...args: unknown[]) => unknown>;
declare const window: Window & {
  client: Client & {
    bytes: Uint8Array;
    nested: { list: object[]; map: Map<number, Date> };
    point: object;
  };
};

describe('before ready', () => {
  it("refuses windows, sessions, the screen and the locale in Electron's words", async () => {
    expect(await application.evaluate(() => fixture.beforeReady)).toEqual({
      window: 'Cannot create BrowserWindow before app is ready',
      session: 'Session can only be received when app is ready',
      defaultSession: 'Session can only be received when app is ready',
      screen: "The 'screen' module can't be used before the app 'ready' event",
      locale: 'app.getLocale() can only be called after app is ready',
      tray: 'Cannot create Tray before app is ready',
      utilityProcess: 'utilityProcess cannot be created before app is ready.',
      isReady: false,
    });
  });

  it('refuses afterwards what is only possible before', async () => {
    const said = await application.evaluate(({ app, protocol }) => [
      fixture.outcome(() => protocol.registerSchemesAsPrivileged([])),
      fixture.outcome(() => app.enableSandbox()),
    ]);
    expect(said).toEqual([
      'protocol.registerSchemesAsPrivileged should be called before app is ready',
      'app.enableSandbox() can only be called before app is ready',
    ]);
  });

  it('says by name what it does not have', async () => {
    const said = await application.evaluate((electron) => [
      fixture.outcome(() => (electron as unknown as { safeStorage: unknown }).safeStorage),
      fixture.outcome(() =>
        (electron.app as unknown as { showAboutPanel(): void }).showAboutPanel(),
      ),
      fixture.outcome(() => electron.app.on('gpu-info-update', () => {})),
    ]);
    expect(said).toEqual([
      'not in the stand-in: electron.safeStorage',
      'not in the stand-in: App.showAboutPanel',
      "not in the stand-in: app event 'gpu-info-update'",
    ]);
  });
});

describe('a page and its bridge', () => {
  let page: Page;
  let id: number;
  beforeAll(async () => {
    ({ page, id } = await open('/first'));
  });
  afterAll(() => close(id));

  it('finds the bridge at the first script of the page, and nothing of the machinery', async () => {
    const found = await page.evaluate(() => ({
      first: (globalThis as unknown as { bridgeAtFirstScript: string }).bridgeAtFirstScript,
      names: Object.getOwnPropertyNames(globalThis).filter(
        (name) =>
          /node|require|process|bridge$/i.test(name) &&
          !(name in HTMLElement) &&
          /^(__|require|process)/.test(name),
      ),
      descriptor: Object.getOwnPropertyDescriptor(globalThis, 'client')?.configurable,
    }));
    expect(found).toEqual({ first: 'object', names: [], descriptor: false });
  });

  it('gets copies: frozen objects, plain prototypes, unfrozen bytes', async () => {
    const seen = await page.evaluate(() => {
      const { client } = window;
      return {
        frozen: [client, client.nested, client.nested.list, client.nested.list[0]].map(
          Object.isFrozen,
        ),
        point: [
          Object.getPrototypeOf(client.point) === Object.prototype,
          Object.keys(client.point),
        ],
        bytes: [
          client.bytes instanceof Uint8Array,
          Object.isFrozen(client.bytes),
          [...client.bytes],
        ],
        date: client.nested.map.get(1) instanceof Date,
      };
    });
    expect(seen).toEqual({
      frozen: [true, true, true, true],
      point: [true, ['x']],
      bytes: [true, false, [1, 2, 3]],
      date: true,
    });
  });

  it('loses everything of an error but its message', async () => {
    const seen = await page.evaluate(async () => {
      const { client } = window;
      const caught = async (call: () => unknown): Promise<unknown[]> => {
        try {
          return [await call()];
        } catch (error) {
          const { name, message } = error as Error;
          return [error instanceof Error, name, message, Object.keys(error as Error)];
        }
      };
      return [
        await caught(() => client['fails']?.()),
        await caught(() => client['failsOddly']?.()),
        await caught(() => client['rejects']?.()),
      ];
    });
    const unknown =
      'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.';
    expect(seen).toEqual([
      [true, 'Error', 'out of range', []],
      [true, 'Error', unknown, []],
      [true, 'Error', 'rejected', []],
    ]);
  });

  it('passes functions and promises through in both directions', async () => {
    const seen = await page.evaluate(async () => [
      window.client['callBack']?.((value: unknown, inner: () => string) => [value, inner()]),
      await window.client['later']?.(),
    ]);
    expect(seen).toEqual([[{ from: 'preload' }, 'inner'], { done: true }]);
  });

  it('gives the preload the short list of modules', async () => {
    expect(await page.evaluate(() => window.client['modules']?.())).toEqual([
      'function',
      'object',
      'object',
      'module not found: fs',
      'module not found: ./other.cjs',
    ]);
    expect(await page.evaluate(() => window.client['missing']?.())).toBe(
      'not in the stand-in: ipcRenderer.sendSync',
    );
  });

  it('refuses to expose over what is on window', async () => {
    const said = await page.evaluate(() =>
      ['client', 'location', 'other'].map((key) => window.client['exposeAgain']?.(key)),
    );
    const refusal = 'Cannot bind an API on top of an existing property on the window object';
    expect(said).toEqual([refusal, refusal, 'exposed']);
  });
});

describe('messages', () => {
  let page: Page;
  let id: number;
  beforeAll(async () => {
    ({ page, id } = await open('/first', { partition: 'messages' }));
  });
  afterAll(() => close(id));

  it('tells main who speaks', async () => {
    const seen = await page.evaluate(() =>
      window.client['invoke']?.('describe', new Uint8Array(new ArrayBuffer(64), 8, 4)),
    );
    expect(seen).toEqual({
      kind: '[object Uint8Array]',
      isBuffer: false,
      wholeBuffer: 64,
      origin: 'app://main',
      url: 'app://main/first',
      isMainFrame: true,
    });
  });

  it('copies by structured clone, with cycles and whole backing buffers', async () => {
    const seen = await page.evaluate(async () => {
      const cyclic: {
        self?: unknown;
        set: Set<number>;
        none: undefined;
        zero: number;
        big: bigint;
      } = { set: new Set([1]), none: undefined, zero: -0, big: 1n };
      cyclic.self = cyclic;
      const back = (await window.client['invoke']?.('echo', cyclic)) as typeof cyclic;
      const buffer = (await window.client['invoke']?.('buffer')) as Uint8Array;
      return {
        same: back.self === back && back !== cyclic,
        rest: [back.set instanceof Set, 'none' in back, Object.is(back.zero, -0), back.big === 1n],
        buffer: [buffer.constructor === Uint8Array, buffer.length, buffer.buffer.byteLength > 2],
      };
    });
    expect(seen).toEqual({ same: true, rest: [true, true, true, true], buffer: [true, 2, true] });
  });

  it("fails in Electron's words", async () => {
    const seen = await page.evaluate(async () => {
      const said: unknown[] = [];
      for (const args of [
        ['nobody'],
        ['throws'],
        ['function'],
        ['echo', document.createElement('p')],
      ] as [string][]) {
        await Promise.resolve()
          .then(() => window.client['invoke']?.(...args))
          .then(
            (value) => said.push(value),
            (error: Error) => said.push(error.message),
          );
      }
      return said;
    });
    expect(seen).toEqual([
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
      "Error invoking remote method 'throws': RangeError: too far",
      "Error invoking remote method 'function': Error: An object could not be cloned.",
      'An object could not be cloned.',
    ]);
    const second = await application.evaluate(({ ipcMain }) =>
      fixture.outcome(() => ipcMain.handle('echo', () => {})),
    );
    expect(second).toBe("Attempted to register a second handler for 'echo'");
    expect(errors.join('')).toContain(
      "Error occurred in handler for 'throws': RangeError: too far",
    );
  });

  it('keeps their order, both ways', async () => {
    await page.evaluate(() =>
      ['a', 'b', 'c'].forEach((text) => window.client['send']?.('said', text)),
    );
    await expect
      .poll(() => application.evaluate(() => fixture.log.filter((line) => line.startsWith('said'))))
      .toEqual(['said a', 'said b', 'said c']);
    await application.evaluate(({ BrowserWindow }, number) => {
      for (const value of [1, 2, 3]) BrowserWindow.fromId(number)?.webContents.send('news', value);
    }, id);
    await expect
      .poll(() => page.evaluate(() => window.client['received']?.()))
      .toEqual([[1], [2], [3]]);
  });

  it('gives no sender once the frame has navigated', async () => {
    await page.evaluate(() => void window.client['invoke']?.('senderLater', 300));
    await application.evaluate(
      ({ BrowserWindow }, number) => BrowserWindow.fromId(number)?.loadURL('app://main/second'),
      id,
    );
    await expect
      .poll(() => application.evaluate(() => fixture.log.slice(-2)))
      .toEqual([
        'sender later: null',
        'kept frame: Render frame was disposed before WebFrameMain could be accessed',
      ]);
  });
});

describe('navigation', () => {
  let page: Page;
  let id: number;
  beforeAll(async () => {
    ({ page, id } = await open('/first', { partition: 'navigation' }));
    await application.evaluate(({ BrowserWindow }, number) => {
      const contents = BrowserWindow.fromId(number)?.webContents;
      contents?.on('will-navigate', (event) => {
        fixture.log.push(`will-navigate ${event.url}`);
        event.preventDefault();
      });
      contents?.on('will-redirect', (event) => fixture.log.push(`will-redirect ${event.url}`));
      contents?.setWindowOpenHandler(({ url }) => {
        fixture.log.push(`open ${url}`);
        return { action: 'deny' };
      });
    }, id);
  });
  afterAll(() => close(id));
  const lines = (start: string): Promise<string[]> =>
    application.evaluate(
      (_electron, prefix) => fixture.log.filter((line) => line.startsWith(prefix)),
      start,
    );

  it('asks will-navigate about links, and a refused one changes nothing', async () => {
    await page.click('#inside', { noWaitAfter: true });
    await expect.poll(() => lines('will-navigate')).toEqual(['will-navigate app://main/second']);
    await page.click('#outside', { noWaitAfter: true });
    await expect.poll(() => lines('will-navigate')).toHaveLength(2);
    expect(await page.textContent('h1')).toBe('First page');
    expect(await lines('will-navigate')).toContain('will-navigate https://example.org/');
  });

  it('does not ask will-navigate when the test itself reloads', async () => {
    const before = await lines('will-navigate');
    await page.reload();
    expect([await page.textContent('h1'), await lines('will-navigate')]).toEqual([
      'First page',
      before,
    ]);
  });

  it('asks the open handler about new windows, and none appears', async () => {
    await page.click('#blank', { noWaitAfter: true });
    await page.evaluate(() => void globalThis.open('https://example.org/x'));
    await expect
      .poll(() => lines('open '))
      .toEqual(['open app://main/second', 'open https://example.org/x']);
    await expect.poll(() => application.windows().length).toBe(1);
  });

  it('follows a redirect and tells of it, does not ask about loadURL', async () => {
    const before = await lines('will-navigate');
    const url = await application.evaluate(async ({ BrowserWindow }, number) => {
      const found = BrowserWindow.fromId(number) as BrowserWindow;
      await found.loadURL('app://main/moved');
      return found.webContents.getURL();
    }, id);
    expect([url, await lines('will-redirect'), await lines('will-navigate')]).toEqual([
      'app://main/second',
      ['will-redirect app://main/second'],
      before,
    ]);
  });

  it("rejects loads with Electron's numbers", async () => {
    const said = await application.evaluate(async ({ BrowserWindow }, number) => {
      const found = BrowserWindow.fromId(number) as BrowserWindow;
      const results: string[] = [];
      for (const path of ['app://main/error', 'app://main/throws', 'https://example.org/']) {
        await found.loadURL(path).catch((error: Error) => results.push(error.message));
      }
      return results;
    }, id);
    expect(said).toEqual([
      "ERR_FAILED (-2) loading 'app://main/error'",
      "ERR_UNEXPECTED (-9) loading 'app://main/throws'",
      "ERR_NAME_NOT_RESOLVED (-105) loading 'https://example.org/'",
    ]);
  });

  it('takes a reply without a type for a page', async () => {
    await application.evaluate(
      ({ BrowserWindow }, number) => BrowserWindow.fromId(number)?.loadURL('app://main/untyped'),
      id,
    );
    await page.waitForURL(/untyped/);
    expect(await page.textContent('h1')).toBe('Untyped');
  });
});

describe('windows', () => {
  it('keeps the title that was set, whatever the page calls itself', async () => {
    const { page, id } = await open('/first', { partition: 'titles' });
    await page.evaluate(() => {
      document.title = 'A name from an incident';
    });
    await expect
      .poll(() =>
        application.evaluate(({ BrowserWindow }, number) => {
          const found = BrowserWindow.fromId(number) as BrowserWindow;
          return [found.getTitle(), found.webContents.getTitle()];
        }, id),
      )
      .toEqual(['Meadowlark', 'A name from an incident']);
    await close(id);
  });

  it.runIf(hasXdotool)('gives what a person types to the focused window only', async () => {
    const windows = [
      await open('/first', { partition: 'typing' }),
      await open('/second', { partition: 'typing' }),
    ];
    for (const { page } of windows) {
      await page.evaluate(() => {
        const typed: string[] = [];
        addEventListener('keypress', (event) => typed.push(event.key));
        Object.assign(globalThis, { typed });
      });
    }
    const first = windows[0]?.id ?? 0;
    await application.evaluate(({ BrowserWindow }, id) => BrowserWindow.fromId(id)?.focus(), first);
    const focused = (): Promise<number | undefined> =>
      application.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.id);
    await expect.poll(focused).toBe(first);
    await application.evaluate(() => {
      process.getBuiltinModule('node:child_process').execFileSync('xdotool', ['type', 'Great 5']);
    });
    const typed = (page: Page | undefined): Promise<string> | undefined =>
      page?.evaluate(() => (globalThis as unknown as { typed: string[] }).typed.join(''));
    await expect.poll(() => typed(windows[0]?.page)).toBe('Great 5');
    expect(await typed(windows[1]?.page)).toBe('');
    for (const { id } of windows) await close(id);
  });

  it('emits closed inside destroy, and destroyed of the contents later', async () => {
    const { id } = await open('/first', { partition: 'destroying' });
    const seen = await application.evaluate(async ({ BrowserWindow }, number) => {
      const found = BrowserWindow.fromId(number) as BrowserWindow;
      const { webContents } = found;
      const order: string[] = [];
      found.on('close', () => order.push('close'));
      found.on('closed', () =>
        order.push(`closed ${found.isDestroyed()} ${webContents.isDestroyed()}`),
      );
      const gone = new Promise<void>((resolve) => webContents.on('destroyed', () => resolve()));
      found.destroy();
      order.push('after destroy');
      await gone;
      order.push(
        fixture.outcome(() => found.webContents),
        fixture.outcome(() => found.setTitle('x')),
        fixture.outcome(() => webContents.send('x')),
      );
      return order;
    }, id);
    const destroyed = 'Object has been destroyed';
    expect(seen).toEqual(['closed true false', 'after destroy', destroyed, destroyed, destroyed]);
    await expect
      .poll(() => application.evaluate(() => fixture.log.includes('window-all-closed')))
      .toBe(true);
  });

  it('does not paint a window before it is shown, and shows, hides and moves it', async () => {
    const { page, id } = await open('/first', { partition: 'showing', show: false });
    expect(await page.evaluate(() => document.visibilityState)).toBe('visible');
    const seen = await application.evaluate(({ BrowserWindow }, number) => {
      const found = BrowserWindow.fromId(number) as BrowserWindow;
      const states = [found.isVisible()];
      found.show();
      states.push(found.isVisible());
      found.hide();
      states.push(found.isVisible());
      found.show();
      found.setBounds({ x: 20, y: 30, width: 700, height: 500 });
      return states;
    }, id);
    expect(seen).toEqual([false, true, false]);
    await expect
      .poll(() => page.evaluate(() => [innerWidth, innerHeight, screenX, screenY]))
      .toEqual([700, 500, 20, 30]);
    await close(id);
  });
});

describe('permissions', () => {
  it('are granted where nobody listens, and asked of the handlers where somebody does', async () => {
    const asked = (page: Page): Promise<string[]> =>
      page.evaluate(async () => [
        Notification.permission,
        (await navigator.permissions.query({ name: 'geolocation' })).state,
        await Notification.requestPermission(),
        await navigator.clipboard.writeText('text').then(
          () => 'written',
          (error: Error) => error.name,
        ),
      ]);
    const open1 = await open('/first', { partition: 'granted' });
    expect(await asked(open1.page)).toEqual(['granted', 'granted', 'granted', 'written']);
    await close(open1.id);

    await application.evaluate(({ session }) => {
      const made = session.fromPartition('refused');
      made.setPermissionCheckHandler((_contents, permission, origin) => {
        fixture.log.push(`check ${permission} ${origin}`);
        return false;
      });
      made.setPermissionRequestHandler((_contents, permission, callback, details) => {
        fixture.log.push(`request ${permission} ${details.requestingUrl}`);
        callback(false);
      });
    });
    const refused = await open('/first', { partition: 'refused' });
    expect(await asked(refused.page)).toEqual(['denied', 'denied', 'denied', 'NotAllowedError']);
    const log = await application.evaluate(() =>
      fixture.log.filter((line) => /^(check|request)/.test(line)),
    );
    expect(log).toContain('check geolocation app://main/');
    expect(log.filter((line) => line.startsWith('request'))).toEqual([
      'request notifications app://main/first',
      'request clipboard-sanitized-write app://main/first',
    ]);
    await close(refused.id);
  });
});

describe('sessions', () => {
  it('store nothing for each other', async () => {
    const first = await open('/first', { partition: 'one' });
    await first.page.evaluate(() => localStorage.setItem('draft', 'text'));
    const second = await open('/first', { partition: 'two' });
    expect(await second.page.evaluate(() => localStorage.getItem('draft'))).toBeNull();
    await application.evaluate(({ session }) => session.fromPartition('one').clearData());
    expect(await first.page.evaluate(() => localStorage.getItem('draft'))).toBeNull();
    expect(
      await application.evaluate(({ session }) => {
        const made = session.fromPartition('one');
        return [
          made.isPersistent(),
          made.storagePath,
          session.fromPartition('persist:x').isPersistent(),
        ];
      }),
    ).toEqual([false, null, true]);
    await close(first.id);
    await close(second.id);
  });
});
