/** Imports of students in the database: whom the school has, and carrying out a plan, all or nothing. */
import type { Transaction } from '../db/open.ts';
import type { StudentField } from './headings.ts';
import type { Known, Plan } from './plan.ts';
import { auditImport, given, slices, type Applying } from './rows.ts';

export async function knownStudents(
  trx: Transaction,
  schoolId: string,
): Promise<Known<StudentField>[]> {
  const rows = await trx
    .selectFrom('student')
    .selectAll()
    .where('school_id', '=', schoolId)
    .orderBy('surname')
    .orderBy('forename')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    isPresent: row.is_on_roll === 1,
    name: `${row.forename} ${row.surname}${row.class_name === null ? '' : ` (${row.class_name})`}`,
    values: {
      upn: row.upn,
      registerId: row.register_id,
      forename: row.forename,
      surname: row.surname,
      knownAs: row.known_as,
      className: row.class_name,
      year: row.year,
    },
  }));
}

export async function applyStudents(
  trx: Transaction,
  plan: Plan<StudentField>,
  applying: Applying,
): Promise<void> {
  const { schoolId, at, newId } = applying;
  const added = plan.added.map(({ values }) => ({
    id: newId(),
    school_id: schoolId,
    upn: values.upn ?? null,
    register_id: values.registerId ?? null,
    forename: given(values.forename),
    surname: given(values.surname),
    known_as: values.knownAs ?? null,
    class_name: values.className ?? null,
    year: values.year ?? null,
    is_on_roll: 1 as const,
    created_at: at,
  }));
  for (const rows of slices(added)) await trx.insertInto('student').values(rows).execute();
  for (const { person, values } of plan.changed) {
    const after = { ...person.values, ...values };
    await trx
      .updateTable('student')
      .set({
        upn: after.upn,
        register_id: after.registerId,
        forename: given(after.forename),
        surname: given(after.surname),
        known_as: after.knownAs,
        class_name: after.className,
        year: after.year,
        is_on_roll: 1,
      })
      .where('id', '=', person.id)
      .execute();
  }
  const leaving = applying.leavers ? plan.missing.map(({ id }) => id) : [];
  for (const ids of slices(leaving)) {
    await trx.updateTable('student').set({ is_on_roll: 0 }).where('id', 'in', ids).execute();
  }
  await auditImport(trx, applying, [
    ...added.map(({ id }) => id),
    ...plan.changed.map(({ person }) => person.id),
    ...leaving,
  ]);
}
