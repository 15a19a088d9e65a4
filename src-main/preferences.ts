/**
 * What this computer remembers without anybody signed in: how the sign-in page is read, where the
 * window stood, a random id of its own, and whom its school wants to be told at once. Never another
 * name, a token or a text (R28). Nothing here is worth stopping anything for: on a disk that takes
 * or gives nothing it is remembered until the program ends.
 */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { Preferences, USUAL_PREFERENCES } from '../src-shared/contract/preference.ts';
import { SafeguardingContact } from '../src-shared/contract/school.ts';
import { Id } from '../src-shared/contract/values.ts';
import { WindowPlace } from './windows/window-place.ts';

/** Of the school that said it: a computer may be given to another one. */
const KeptContact = z.strictObject({ schoolId: Id, ...SafeguardingContact.shape });
type KeptContact = z.infer<typeof KeptContact>;

export interface Kept {
  computerId: string;
  preferences: Preferences;
  windowPlace: WindowPlace | null;
  safeguardingContact: KeptContact | null;
}

/** The file of it. Both may throw: a full disk, a folder that may only be read, a drive that is gone. */
export interface PreferenceFile {
  readonly get: (key: keyof Kept) => unknown;
  readonly set: <K extends keyof Kept>(key: K, value: Kept[K]) => void;
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

/**
 * Never throws, now or later: who locks, closes or signs in is not kept from it by a full disk. `open`
 * may throw; `note` is called for each time that the disk refused, and must not throw.
 */
export function openPreferences(
  open: () => PreferenceFile,
  newId: () => string,
  note: (error: unknown) => void,
): ComputerPreferences {
  const quietly = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      note(error);
      return undefined;
    }
  };
  const file = quietly(open);
  /** What the file did not take: newer than what stands in it. */
  const unwritten = new Map<keyof Kept, unknown>();

  /** Stored values are checked too: the file may be an older version's, or edited. */
  const read = <T>(key: keyof Kept, schema: z.ZodType<T>, otherwise: T): T => {
    const stored = unwritten.has(key) ? unwritten.get(key) : quietly(() => file?.get(key));
    const parsed = schema.safeParse(stored);
    return parsed.success ? parsed.data : otherwise;
  };

  /** A full disk refuses even what it has already: nothing is written that stands there. */
  const write = <K extends keyof Kept>(key: K, value: Kept[K]): void => {
    const isWritten = quietly(() => {
      if (file === undefined) return false;
      if (!isDeepStrictEqual(file.get(key), value)) file.set(key, value);
      return true;
    });
    if (isWritten === true) unwritten.delete(key);
    else unwritten.set(key, value);
  };

  const contactOf = (schoolId: string): SafeguardingContact | null => {
    const kept = read('safeguardingContact', KeptContact.nullable(), null);
    return kept?.schoolId === schoolId ? { name: kept.name, number: kept.number } : null;
  };

  const computerId = read('computerId', z.uuid(), newId());
  write('computerId', computerId);
  return {
    computerId,
    reading: () => read('preferences', Preferences, USUAL_PREFERENCES),
    rememberReading: (preferences) => write('preferences', preferences),
    windowPlace: () => read('windowPlace', WindowPlace.nullable(), null),
    rememberWindowPlace: (place) => write('windowPlace', place),
    safeguardingContact: contactOf,
    rememberContact(schoolId, { name, number }) {
      const before = contactOf(schoolId);
      if (before?.name === name && before.number === number) return false;
      write('safeguardingContact', { schoolId, name, number });
      return true;
    },
  };
}
