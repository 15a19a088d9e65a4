/** The file of what this computer remembers (preferences.ts), written whole or not at all. */
import { ipcMain } from 'electron';
import ElectronStore from 'electron-store';
import type { Kept, PreferenceFile } from './preferences.ts';

/**
 * Opens it in `folder`; a damaged one is begun anew, as nothing in it is worth a refusal to start.
 * Throws where the folder cannot be read.
 */
export function openPreferenceFile(folder: string): PreferenceFile {
  try {
    const store = new ElectronStore<Record<string, unknown>>({
      cwd: folder,
      name: 'computer',
      clearInvalidConfig: true,
      accessPropertiesByDotNotation: false,
    });
    return {
      get: (key) => store.get(key),
      set<K extends keyof Kept>(key: K, value: Kept[K]) {
        store.set(key, value);
      },
    };
  } finally {
    // electron-store answers this channel with the data folder's path, to any page that asks.
    ipcMain.removeAllListeners('electron-store-get-data');
  }
}
