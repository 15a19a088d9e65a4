/**
 * What the executable `electron` runs: starts Chromium, answers the name `electron`, reads the
 * program's main file, and only then lets `ready` happen. A main that awaits `ready` at its top
 * level therefore waits for ever, as in Electron.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startChromium, type ChromiumProcess } from './chromium/process.ts';
import { startXvfb, type VirtualDisplay } from './display/xvfb.ts';

// Meant for this process; the program's children are not to inherit it.
delete process.env['NODE_COMPILE_CACHE'];
const args = process.argv.slice(2);
/** Kept, as `process.exit` becomes `app.exit`. */
const endAtOnce = process.exit.bind(process);
const debuggingPort =
  args.find((arg) => arg.startsWith('--remote-debugging-port='))?.split('=')[1] ?? null;

// First of all, as half the time until a window can be asked for is Chromium's start.
const ownDisplay: VirtualDisplay | null = process.env['DISPLAY']
  ? null
  : await startXvfb({ endWithLastClient: true });
const display = ownDisplay?.display ?? process.env['DISPLAY'] ?? '';
process.env['DISPLAY'] = display;
registerElectron();
const chromium = startChromium({ display, debuggingPort });

await run(chromium);

async function run(browser: ChromiumProcess): Promise<void> {
  disguise();
  const mainArgument = args.find((arg) => !arg.startsWith('-')) ?? '.';
  const { entry, folder, isFolder } = findMain(resolve(mainArgument));
  const { app } = await import('./api/app.ts');
  app.prepare(args, folder, isFolder);
  process.exit = ((code?: number | string | null) =>
    app.exit(Number(code ?? process.exitCode ?? 0))) as typeof process.exit;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => app.quit());
  process.on('exit', () => {
    browser.kill();
    ownDisplay?.kill();
  });
  process.on('uncaughtException', (error) => {
    // Electron shows a dialog and goes on, unless the program listens too.
    if (process.listenerCount('uncaughtException') > 1) return;
    console.error('A JavaScript error occurred in the main process\nUncaught Exception:\n', error);
  });
  const prepared = prepareMachine(browser);
  try {
    await import(pathToFileURL(entry).href);
  } catch (error) {
    // As in Electron: the program goes on to ready, or what there is of it.
    console.error('App threw an error during load');
    process.emit('uncaughtException', error as Error);
  }
  await prepared;
  app.becomeReady();
}

/** Connects everything that windows are made of. */
async function prepareMachine(browser: ChromiumProcess): Promise<void> {
  const { devTools } = browser;
  const [
    { WindowManager },
    { WindowOpener },
    { Targets },
    { answerRequests },
    { setMachine, isStopping },
    { powerMonitor },
  ] = await Promise.all([
    import('./display/window-manager.ts'),
    import('./chromium/window-opener.ts'),
    import('./chromium/targets.ts'),
    import('./api/network.ts'),
    import('./api/machine.ts'),
    import('./api/desktop.ts'),
  ]);
  const targets = new Targets(devTools);
  const [windowManager] = await Promise.all([
    WindowManager.open(display),
    targets.start(),
    answerRequests(devTools),
    devTools.send('Browser.setDownloadBehavior', { behavior: 'deny' }),
  ]);
  setMachine({
    chromium: browser,
    windowManager,
    opener: new WindowOpener(devTools),
    targets,
    pages: new Set(),
    ownDisplay,
  });
  powerMonitor.watch();
  devTools.onClose(() => {
    if (isStopping()) return;
    // In Electron this is the same process: it would have gone too.
    console.error('Chromium has ended unexpectedly.');
    endAtOnce(1);
  });
}

/** `electron`, `electron/main` and the like lead to the stand-in, for import and require alike. */
function registerElectron(): void {
  const url = new URL('electron.ts', import.meta.url).href;
  registerHooks({
    resolve(specifier, context, next) {
      if (/^electron(\/(main|common|renderer|utility))?$/.test(specifier)) {
        return { url, format: 'module-typescript', shortCircuit: true };
      }
      return next(specifier, context);
    },
  });
}

/** A program finds the process as Electron would show it. */
function disguise(): void {
  const here = dirname(fileURLToPath(import.meta.url));
  process.argv = [join(here, 'electron'), ...args];
  process.execArgv = [];
  const described = join(here, '../../node_modules/electron/package.json');
  const electron = existsSync(described)
    ? (JSON.parse(readFileSync(described, 'utf8')) as { version: string }).version
    : '45.0.0';
  Object.defineProperty(process, 'versions', {
    value: { ...process.versions, electron, chrome: '153.0.0.0' },
  });
  Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: here });
}

function findMain(path: string): { entry: string; folder: string; isFolder: boolean } {
  if (!existsSync(path)) {
    console.error(`Unable to find Electron app at ${path}`);
    endAtOnce(1);
  }
  if (!statSync(path).isDirectory()) return { entry: path, folder: dirname(path), isFolder: false };
  const described = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as {
    main?: string;
  };
  return { entry: join(path, described.main ?? 'index.js'), folder: path, isFolder: true };
}
