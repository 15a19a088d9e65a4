/** Lets a person pick the school file that IT gave them. */
import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';

/** The path that was picked, or null where the person changed their mind. */
export async function pickSchoolFile(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open the school file',
    buttonLabel: 'Open',
    filters: [{ name: 'School file', extensions: ['json'] }],
    properties: ['openFile', 'dontAddToRecent'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}
