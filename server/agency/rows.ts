/** Agencies in the database: a bounded memory of names. */
import type { Db } from '../db/open.ts';
import { agenciesToRemember } from './rules.ts';

/** The remembered names, in alphabetical order. */
export async function agencyNames(db: Db, schoolId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('agency')
    .select('name')
    .where('school_id', '=', schoolId)
    .orderBy((eb) => eb.fn<string>('lower', ['name']))
    .orderBy('name')
    .execute();
  return rows.map((row) => row.name);
}

/** Remembers the agencies of one entry, in the entry's own transaction. */
export async function rememberAgencies(
  trx: Db,
  entry: { schoolId: string; names: readonly string[]; at: string; newId: () => string },
): Promise<void> {
  if (entry.names.length === 0) return;
  const known = await trx
    .selectFrom('agency')
    .select(['id', 'name'])
    .where('school_id', '=', entry.schoolId)
    .orderBy('last_used_at', 'desc')
    .orderBy('id')
    .execute();
  const { used, fresh, forgotten } = agenciesToRemember(known, entry.names);
  const kept = [...used, ...fresh.map((name) => ({ id: entry.newId(), name }))];
  await trx
    .insertInto('agency')
    .values(
      kept.map(({ id, name }) => ({
        id,
        school_id: entry.schoolId,
        name,
        last_used_at: entry.at,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((eb) => ({ last_used_at: eb.ref('excluded.last_used_at') })),
    )
    .execute();
  if (forgotten.length > 0) {
    await trx
      .deleteFrom('agency')
      .where(
        'id',
        'in',
        forgotten.map((agency) => agency.id),
      )
      .execute();
  }
}
