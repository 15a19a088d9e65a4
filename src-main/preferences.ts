/**
 * What this computer remembers without anybody signed in: how the sign-in page is read, where the
 * window stood, a random id of its own, and whom its school wants to be told at once. Never another
 * name, a token or a text (R28).
 */
import { ipcMain } from 'electron';
import ElectronStore from 'electron-store';
import { z } from 'zod';
import { Preferences, USUAL_PREFERENCES } from '../src-shared/contract/preference.ts';
import { SafeguardingContact } from '../src-shared/contract/school.ts';
import { Id } from '../src-shared/contract/values.ts';
import { WindowPlace } from './windows/window-place.ts';

/** Of the school that said it: a computer may be given to another one. */
const KeptContact = z.strictObject({ schoolId: Id, ...SafeguardingContact.shape });
type KeptContact = z.infer<typeof KeptContact>;

interface Kept {
  computerId: string;
  preferences: Preferences;
  windowPlace: WindowPlace | null;
  safeguardingContact: KeptContact | null;
}

export interface ComputerPreferences {
  readonly computerId: string;
  readonly reading: () => Preferences;
  readonly rememberReading: (preferences: Preferences) => void;
  readonly windowPlace: () => WindowPlace | null;
  readonly rememberWindowPlace: (place: WindowPlace) => void;
  /** Null where this school has not said it yet. */
  readonly safeguardingContact: (schoolId: string) => SafeguardingContact | null;
  /** Answers whether it is another one than before. */
  readonly rememberContact: (schoolId: string, contact: SafeguardingContact) => boolean;
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

  const contactOf = (schoolId: string): SafeguardingContact | null => {
    const kept = read('safeguardingContact', KeptContact.nullable(), null);
    return kept?.schoolId === schoolId ? { name: kept.name, number: kept.number } : null;
  };

  const computerId = read('computerId', z.uuid(), newId());
  store.set('computerId', computerId);
  return {
    computerId,
    reading: () => read('preferences', Preferences, USUAL_PREFERENCES),
    rememberReading: (preferences) => store.set('preferences', preferences),
    windowPlace: () => read('windowPlace', WindowPlace.nullable(), null),
    rememberWindowPlace: (place) => store.set('windowPlace', place),
    safeguardingContact: contactOf,
    rememberContact(schoolId, { name, number }) {
      const before = contactOf(schoolId);
      if (before?.name === name && before.number === number) return false;
      store.set('safeguardingContact', { schoolId, name, number });
      return true;
    },
  };
}
