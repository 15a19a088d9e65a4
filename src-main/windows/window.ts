/** The one place where a window is made (R1). Everything that a window must not be able to do is here. */
import { BrowserWindow, screen } from 'electron';
import { BUILD } from '../build.ts';
import type { ComputerPreferences } from '../preferences.ts';
import type { Log } from '../log.ts';
import type { Stand } from '../lock/covered.ts';
import { askBeforeLosingText } from './closing.ts';
import { pageAddress } from './page-address.ts';
import type { Arrival } from './page-address.ts';
import { mayLoadAgain } from './page-faults.ts';
import { LEAST_SIZE, fitPlace } from './window-place.ts';
import { PROGRAM_NAME, windowTitle } from './window-title.ts';

/** A page that draws nothing would never be ready to show; by then it is shown as it is. */
const SHOW_AT_LATEST_MS = 4_000;

export interface WindowParts {
  readonly session: Electron.Session;
  /** Absolute path of the preload; Electron only logs a relative one and goes on without. */
  readonly preload: string;
  readonly preferences: Pick<ComputerPreferences, 'windowPlace' | 'rememberWindowPlace'>;
  readonly schoolName: () => string | null;
  readonly log: Log;
  readonly arrival: Arrival;
  /** How the window stood that this one takes the place of; null where there was none. */
  readonly stand: Stand | null;
  /** Tells the page to save; answers whether everything typed is on the disk. */
  readonly save: () => Promise<boolean>;
  /** Something that was typed in an earlier page is in memory alone: closing would lose it. */
  readonly holdsText: () => boolean;
  /** The window was about to close, and the person went back to it. */
  readonly stayed: () => void;
  /** Milliseconds that only go forward. */
  readonly clock: () => number;
  /** Called where the page keeps failing. */
  readonly giveUp: () => void;
}

/** Makes the window and loads the page. Only after `ready`. */
export function openWindow(parts: WindowParts): BrowserWindow {
  const window = new BrowserWindow({
    ...fitPlace(parts.preferences.windowPlace(), workAreas()),
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    title: parts.schoolName() ?? PROGRAM_NAME,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      session: parts.session,
      preload: parts.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: BUILD === 'demo',
    },
  });
  keepTitle(window, parts.schoolName);
  showWhenDrawn(window, parts.preferences.windowPlace()?.isMaximized ?? false, parts.stand);
  window.on('close', () => rememberPlace(window, parts.preferences));
  askBeforeLosingText(window, parts.save, parts.holdsText, parts.stayed);
  loadAgainAfterFaults(window, parts);
  void loadPage(window, parts.arrival, parts.log);
  return window;
}

/** Lets only the school's name and a known kind of page into the taskbar (R104). */
function keepTitle(window: BrowserWindow, schoolName: () => string | null): void {
  window.on('page-title-updated', (event, asked) => {
    event.preventDefault();
    window.setTitle(windowTitle(asked, schoolName()));
  });
}

function showWhenDrawn(window: BrowserWindow, isMaximized: boolean, stand: Stand | null): void {
  let isShown = false;
  const show = (): void => {
    clearTimeout(late);
    if (isShown || window.isDestroyed()) return;
    isShown = true;
    if (stand?.isMinimized === true) {
      window.minimize();
      return;
    }
    if (isMaximized) window.maximize();
    // Somebody may be typing in another program by now.
    if (stand === null || stand.isFocused) window.show();
    else window.showInactive();
  };
  const late = setTimeout(show, SHOW_AT_LATEST_MS);
  window.once('ready-to-show', show);
  window.once('closed', () => clearTimeout(late));
}

export function rememberPlace(
  window: BrowserWindow,
  preferences: Pick<ComputerPreferences, 'rememberWindowPlace'>,
): void {
  const isMaximized = window.isMaximized();
  preferences.rememberWindowPlace({ ...window.getNormalBounds(), isMaximized });
}

/** A page whose process has died is begun anew, and says so; one that keeps dying is given up. */
function loadAgainAfterFaults(window: BrowserWindow, parts: WindowParts): void {
  const faults: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    parts.log.error('page gone', { reason, exitCode });
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    faults.push(parts.clock());
    if (mayLoadAgain(faults)) void loadPage(window, 'after-fault', parts.log);
    else parts.giveUp();
  });
  window.webContents.on('preload-error', (_event, _path, error) => {
    parts.log.error('preload failed', {}, error);
  });
}

async function loadPage(window: BrowserWindow, arrival: Arrival, log: Log): Promise<void> {
  try {
    await window.loadURL(pageAddress(arrival));
  } catch (error) {
    // Also where the window was closed meanwhile, which is nobody's fault.
    if (!window.isDestroyed()) log.error('page gone', {}, error);
  }
}

function workAreas(): [Electron.Rectangle, ...Electron.Rectangle[]] {
  const others = screen.getAllDisplays().map((display) => display.workArea);
  return [screen.getPrimaryDisplay().workArea, ...others];
}
