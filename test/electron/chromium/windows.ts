/** Opens a window: a page in Chromium and an X window, which belong together and find each other. */
import type { DevTools } from './devtools.ts';
import { Page, type PageEvents, type PagePreload } from './page.ts';
import type { Targets } from './targets.ts';
import type { WindowOpener } from './window-opener.ts';
import type { ManagedWindow, WindowManager } from '../display/window-manager.ts';

export interface OpenedWindow {
  page: Page;
  tabId: number;
  xWindow: number;
}

export interface WindowSource {
  devTools: DevTools;
  targets: Targets;
  opener: WindowOpener;
  windowManager: WindowManager;
}

let queue: Promise<unknown> = Promise.resolve();

/** One at a time: a new page and a new X window carry nothing that says whose they are. */
export function openWindow(
  source: WindowSource,
  window: Omit<ManagedWindow, 'id'>,
  bounds: Electron.Rectangle,
  preload: PagePreload,
  events: PageEvents,
): Promise<OpenedWindow> {
  const opened = queue.then(async () => {
    const xWindow = source.windowManager.expect(window);
    const attached = source.targets.expect().then(async (target) => {
      const page = new Page(source.devTools, target, events);
      await page.prepare(preload);
      return page;
    });
    const [made, page, x] = await Promise.all([
      source.opener.open(onScreen(bounds, source)),
      attached,
      xWindow,
    ]);
    source.windowManager.setBounds(x, bounds);
    return { page, tabId: made.tabId, xWindow: x };
  });
  queue = opened.catch(() => {});
  return opened;
}

/** Chromium refuses to create a window that lies less than half on the screen; it may be moved there later. */
function onScreen(bounds: Electron.Rectangle, source: WindowSource): Electron.Rectangle {
  const { width, height } = source.windowManager.connection.size;
  const fits =
    bounds.x >= 0 &&
    bounds.y >= 0 &&
    bounds.x + bounds.width <= width &&
    bounds.y + bounds.height <= height;
  return fits
    ? bounds
    : { x: 0, y: 0, width: Math.min(bounds.width, width), height: Math.min(bounds.height, height) };
}
