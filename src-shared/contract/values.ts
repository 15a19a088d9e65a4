/** The values that several nouns share: ids, times, names, free text, with their limits (R53). */
import { z } from 'zod';

export const LIMITS = {
  incidentText: 50_000,
  name: 100,
  linkedStudents: 50,
  categories: 20,
  assignees: 20,
  agencies: 20,
  alertedStaff: 500,
  alertedGroups: 50,
  passwordShortest: 12,
  passwordLongest: 128,
} as const;

/** A random id (UUID version 4 or 7). Ids are never names: two students may share a name. */
export const Id = z.uuid();

/** A moment, in UTC, as `2026-11-24T08:45:00.000Z`. */
export const Instant = z.iso.datetime({ precision: 3 });

const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;
/** Marks that turn the direction of text; in a name they can make one child look like another. */
const BIDI = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/;

/**
 * Free text of a person: kept as typed but for control characters (new line and tab stay). Half a
 * character (a lone surrogate) becomes U+FFFD here, as it would on its way to the database: what is
 * signed for is what is kept.
 */
export function freeText(longest: number) {
  return z
    .string()
    .max(longest)
    .overwrite((text) => text.replace(/\r\n?/g, '\n').replace(CONTROL, '').toWellFormed())
    .refine((text) => text.trim() !== '', { error: 'empty' });
}

/** One line of a name or a title; bidirectional marks are refused. */
export function oneLine(longest: number) {
  return (
    z
      .string()
      .max(longest)
      .overwrite((text) => text.replace(CONTROL, '').toWellFormed().normalize('NFC').trim())
      // Again: the NFC form of some characters is longer, and what is kept must fit when it is read.
      .max(longest)
      .refine((text) => text !== '' && !/[\n\t\u2028\u2029]/.test(text), {
        error: 'empty or more than one line',
      })
      .refine((text) => !BIDI.test(text), { error: 'marks of text direction' })
  );
}

export const Name = oneLine(LIMITS.name);

/** An e-mail address as the school holds it; compared in lower case. */
export const Email = z
  .string()
  .max(254)
  .overwrite((text) => text.trim().toLowerCase())
  .pipe(z.email());

/** A password as typed. Its strength is judged where it is chosen, never where it is used (R29). */
export const Password = z
  .string()
  .min(1)
  .max(LIMITS.passwordLongest * 4);

export const Nothing = z.strictObject({});
