/**
 * What this computer remembers without anybody signed in: how the sign-in page is read, where the
 * window stood, and a random id of its own. Never a name, a token or a text (R28).
 */
import { ipcMain } from 'electron';
import ElectronStore from 'electron-store';
import { z } from 'zod';
import { Preferences, USUAL_PREFERENCES } from '../src-shared/contract/preference.ts';
import { WindowPlace } from './windows/window-place.ts';

interface Kept {
  computerId: string;
  preferences: Preferences;
  windowPlace: WindowPlace | null;
}

export interface ComputerPreferences {
  readonly computerId: string;
  readonly reading: () => Preferences;
  readonly rememberReading: (preferences: Preferences) => void;
  readonly windowPlace: () => WindowPlace | null;
  readonly rememberWindowPlace: (place: WindowPlace) => void;
}

/** Opens the file in `folder`; a damaged one is begun anew, as nothing in it is worth a refusal to start. */
export function openPreferences(folder: string, newId: () => string): ComputerPreferences {
  const store = new ElectronStore<Kept>({
    cwd: folder,
    name: 'computer',
    clearInvalidConfig: true,
    accessPropertiesByDotNotation: false,
  });
  // electron-store answers this channel with the data folder's path, to any page that asks.
  ipcMain.removeAllListeners('electron-store-get-data');

  /** Stored values are checked too: the file may be an older version's, or edited. */
  const read = <T>(key: keyof Kept, schema: z.ZodType<T>, otherwise: T): T => {
    const parsed = schema.safeParse(store.get(key));
    return parsed.success ? parsed.data : otherwise;
  };

  const computerId = read('computerId', z.uuid(), newId());
  store.set('computerId', computerId);
  return {
    computerId,
    reading: () => read('preferences', Preferences, USUAL_PREFERENCES),
    rememberReading: (preferences) => store.set('preferences', preferences),
    windowPlace: () => read('windowPlace', WindowPlace.nullable(), null),
    rememberWindowPlace: (place) => store.set('windowPlace', place),
  };
}
