/** What each person chose for their own reading. */
import { Preferences, USUAL_PREFERENCES } from '../../src-shared/contract/preference.ts';
import type { Db, Transaction } from '../db/open.ts';

/** The usual ones where nothing, or nothing that is known any more, was chosen. */
export async function preferencesOf(db: Db | Transaction, staffId: string): Promise<Preferences> {
  const row = await db
    .selectFrom('preference')
    .select(['text_size', 'spacing', 'tint'])
    .where('staff_id', '=', staffId)
    .executeTakeFirst();
  const parsed = Preferences.safeParse({
    textSize: row?.text_size,
    spacing: row?.spacing,
    tint: row?.tint,
  });
  return parsed.success ? parsed.data : USUAL_PREFERENCES;
}

export async function keepPreferences(
  trx: Transaction,
  owner: { readonly staffId: string; readonly schoolId: string },
  preferences: Preferences,
): Promise<void> {
  const chosen = {
    text_size: preferences.textSize,
    spacing: preferences.spacing,
    tint: preferences.tint,
  };
  await trx
    .insertInto('preference')
    .values({ staff_id: owner.staffId, school_id: owner.schoolId, ...chosen })
    .onConflict((conflict) => conflict.column('staff_id').doUpdateSet(chosen))
    .execute();
}
