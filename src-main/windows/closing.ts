/** Asks before the window closes over something that was typed and not submitted (guide, section 9). */
import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';

/**
 * The page vetoes its unloading while something typed was not submitted; Electron then closes
 * nothing and asks nobody. The question is asked here, outside the page, and names nothing of what
 * was typed. `save` tells the page to save and answers whether everything is on the disk;
 * `holdsText` answers whether an earlier page, out of sight, still has something that is not;
 * `stayed` is called where the person goes back.
 */
export function askBeforeLosingText(
  window: BrowserWindow,
  save: () => Promise<boolean>,
  holdsText: () => boolean,
  stayed: () => void,
): void {
  let isAsking = false;
  const ask = async (): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    const isSaved = await save();
    const words = holdsText() ? HELD : isSaved ? SAVED : LOST;
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      title: 'Meadowlark',
      ...words,
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    isAsking = false;
    // Not close(): the page would veto again. `closed` follows as after any closing.
    if (response !== 1) stayed();
    else if (!window.isDestroyed()) window.destroy();
  };
  window.webContents.on('will-prevent-unload', () => void ask());
  window.on('close', (event) => {
    if (!holdsText()) return;
    event.preventDefault();
    // The page out of sight closes with the one that is shown, and nobody would see its question.
    if (window.isVisible() || window.isMinimized()) void ask();
  });
}

const MESSAGE = 'Not submitted: nobody has been told yet.';

const SAVED = {
  message: MESSAGE,
  detail:
    'What is unfinished is saved on this computer. An incident or an action stays here, for you alone, until you sign in again and submit it. A concern without signing in is sealed, and is sent by itself as unfinished.',
  buttons: ['Go back', 'Close for now'],
};

const LOST = {
  message: MESSAGE,
  detail:
    'What you typed is only in this window. If you close Meadowlark now, it is lost. To keep it, go back and submit it.',
  buttons: ['Go back', 'Close and lose it'],
};

/** A page that was locked before it could be saved is still trying, out of sight. */
const HELD = {
  message: 'Something that was typed here is not saved yet.',
  detail:
    'This computer’s disk would not take it when Meadowlark was locked. It is tried again by itself for as long as Meadowlark is open. If you close Meadowlark now, it is lost. Leave it open and tell IT.',
  buttons: ['Leave it open', 'Close and lose it'],
};
