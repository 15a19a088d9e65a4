/** Asks before the window closes over something that was typed and not submitted (guide, section 9). */
import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';

/**
 * The page vetoes its unloading while it holds unsent text; Electron then closes nothing and asks
 * nobody. The question is asked here, outside the page, and names nothing of what was typed.
 */
export function askBeforeLosingText(window: BrowserWindow): void {
  let isAsking = false;
  const ask = async (): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      title: 'Meadowlark',
      message: 'Not submitted: nobody has been told yet.',
      detail:
        'What you typed is only in this window. If you close Meadowlark now, it is lost. To keep it, go back and submit it.',
      buttons: ['Go back', 'Close and lose it'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    isAsking = false;
    // Not close(): the page would veto again. Without a window the program ends.
    if (response === 1 && !window.isDestroyed()) window.destroy();
  };
  window.webContents.on('will-prevent-unload', () => void ask());
}
