/** The school's own row: made at first start, renamed where the settings are. */
import type { Transaction } from '../db/open.ts';

/** Makes sure that the school of the settings is there, under the name they give it. */
export async function keepSchool(
  trx: Transaction,
  school: { readonly id: string; readonly name: string },
  now: Date,
): Promise<void> {
  await trx
    .insertInto('school')
    .values({ id: school.id, name: school.name, created_at: now.toISOString() })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ name: school.name }))
    .execute();
}

/** The ids of all schools in the database. */
export async function schoolIds(trx: Transaction): Promise<string[]> {
  const rows = await trx.selectFrom('school').select('id').execute();
  return rows.map((row) => row.id);
}
