/**
 * What the stand-in runs on: one Chromium, one display with its window manager, one opener of
 * windows. The launcher sets it up once; importing any file of `api/` starts nothing.
 */
import type { ChromiumProcess } from '../chromium/process.ts';
import type { Page } from '../chromium/page.ts';
import type { Targets } from '../chromium/targets.ts';
import type { WindowOpener } from '../chromium/window-opener.ts';
import type { VirtualDisplay } from '../display/xvfb.ts';
import type { WindowManager } from '../display/window-manager.ts';

export interface Machine {
  chromium: ChromiumProcess;
  windowManager: WindowManager;
  opener: WindowOpener;
  targets: Targets;
  /** The pages of all windows that are open. */
  pages: Set<Page>;
  /** Null on a display that was there before. */
  ownDisplay: VirtualDisplay | null;
}

let current: Machine | null = null;
let stopping: Promise<void> | null = null;

export function setMachine(machine: Machine): void {
  current = machine;
}

export function machine(): Machine {
  if (!current) throw new Error('The stand-in is not running.');
  return current;
}

/** True from the moment on at which Chromium is meant to end. */
export function isStopping(): boolean {
  return stopping !== null;
}

/** Ends Chromium and the display; what is asked of them afterwards is in vain. */
export function stopMachine(): Promise<void> {
  stopping ??= (async () => {
    if (!current) return;
    await current.chromium.stop();
    current.windowManager.close();
    await current.ownDisplay?.stop();
  })();
  return stopping;
}
