/** Imports in the database: whom the school has, and carrying out a plan, all of it or nothing. */
import { writeAudits } from '../audit/rows.ts';
import type { Transaction } from '../db/open.ts';
import type { StaffField, StudentField } from './headings.ts';
import type { Known, Plan } from './plan.ts';
import type { Values } from './register.ts';
import { fullName, groupNames, titleOf } from './staff.ts';

const ROWS_AT_ONCE = 1_000;

export interface Applying {
  readonly schoolId: string;
  readonly at: string;
  readonly newId: () => string;
  /** Whether those who are not in the file any more go off roll, or become inactive. */
  readonly leavers: boolean;
}

/**
 * Takes the right to write before anything is read: a server that writes meanwhile then waits,
 * instead of making this transaction fail half-way (SQLITE_BUSY_SNAPSHOT).
 */
export async function beginWriting(trx: Transaction, schoolId: string): Promise<void> {
  await trx
    .updateTable('school')
    .set((eb) => ({ name: eb.ref('name') }))
    .where('id', '=', schoolId)
    .execute();
}

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

export interface KnownGroup {
  readonly id: string;
  readonly name: string;
  readonly isSafeguardingTeam: boolean;
}

/** Everybody on the staff, with the groups they are in, and the school's groups. */
export async function knownStaff(
  trx: Transaction,
  schoolId: string,
): Promise<{ staff: Known<StaffField>[]; groups: KnownGroup[] }> {
  const groups = await trx
    .selectFrom('alert_group')
    .select(['id', 'name', 'is_safeguarding_team'])
    .where('school_id', '=', schoolId)
    .orderBy('position')
    .execute();
  const members = await trx
    .selectFrom('alert_group_member as m')
    .innerJoin('alert_group as g', 'g.id', 'm.group_id')
    .select(['m.staff_id', 'g.name'])
    .where('m.school_id', '=', schoolId)
    .execute();
  const groupsOf = new Map<string, string[]>();
  for (const { staff_id: id, name } of members) {
    groupsOf.set(id, [...(groupsOf.get(id) ?? []), name]);
  }
  const rows = await trx
    .selectFrom('staff')
    .selectAll()
    .where('school_id', '=', schoolId)
    .orderBy('surname')
    .orderBy('forename')
    .orderBy('id')
    .execute();
  return {
    staff: rows.map((row) => ({
      id: row.id,
      isPresent: row.is_active === 1,
      name: row.name,
      values: {
        registerId: row.register_id,
        email: row.email,
        title: titleOf(row),
        forename: row.forename,
        surname: row.surname,
        jobTitle: row.job_title,
        groups: groupsOf.get(row.id)?.join('|') ?? null,
      },
    })),
    groups: groups.map((row) => ({
      id: row.id,
      name: row.name,
      isSafeguardingTeam: row.is_safeguarding_team === 1,
    })),
  };
}

export async function applyStaff(
  trx: Transaction,
  plan: Plan<StaffField>,
  groups: readonly KnownGroup[],
  applying: Applying,
): Promise<void> {
  const { schoolId, at, newId } = applying;
  const added = plan.added.map(({ line, values }) => ({
    line,
    values,
    row: {
      id: newId(),
      school_id: schoolId,
      register_id: values.registerId ?? null,
      email: given(values.email),
      name: fullName(values),
      forename: given(values.forename),
      surname: given(values.surname),
      job_title: values.jobTitle ?? null,
      is_active: 1 as const,
      created_at: at,
    },
  }));
  for (const slice of slices(added)) {
    await trx
      .insertInto('staff')
      .values(slice.map(({ row }) => row))
      .execute();
  }
  for (const { person, values } of plan.changed) {
    const after = { ...person.values, ...values };
    const isRenamed = 'title' in values || 'forename' in values || 'surname' in values;
    await trx
      .updateTable('staff')
      .set({
        register_id: after.registerId,
        email: given(after.email),
        name: isRenamed ? fullName(after) : person.name,
        forename: given(after.forename),
        surname: given(after.surname),
        job_title: after.jobTitle,
        is_active: 1,
      })
      .where('id', '=', person.id)
      .execute();
  }
  const leaving = applying.leavers ? plan.missing.map(({ id }) => id) : [];
  for (const ids of slices(leaving)) {
    await trx.updateTable('staff').set({ is_active: 0 }).where('id', 'in', ids).execute();
  }
  const regrouped = [
    ...added.map(({ line, row, values }) => ({ line, id: row.id, values })),
    ...plan.changed.map(({ line, person, values }) => ({ line, id: person.id, values })),
  ].filter(({ values }) => 'groups' in values);
  // New groups stand in the order in which the file first names them.
  regrouped.sort((one, other) => one.line - other.line);
  await replaceGroups(trx, regrouped, groups, applying);
  await auditImport(trx, applying, [
    ...added.map(({ row }) => row.id),
    ...plan.changed.map(({ person }) => person.id),
    ...leaving,
  ]);
}

/** Puts each of these people into exactly the groups of their row; makes groups that are new. */
async function replaceGroups(
  trx: Transaction,
  people: readonly { id: string; values: Values<StaffField> }[],
  groups: readonly KnownGroup[],
  { schoolId, newId }: Applying,
): Promise<void> {
  const idOf = new Map(groups.map(({ name, id }) => [name.toLowerCase(), id]));
  const fresh: { id: string; school_id: string; name: string; position: number }[] = [];
  const memberships = people.flatMap(({ id, values }) =>
    groupNames(values.groups ?? null).map((name) => {
      const key = name.toLowerCase();
      const groupId = idOf.get(key) ?? newId();
      if (!idOf.has(key)) {
        idOf.set(key, groupId);
        fresh.push({
          id: groupId,
          school_id: schoolId,
          name,
          position: groups.length + fresh.length + 1,
        });
      }
      return { school_id: schoolId, group_id: groupId, staff_id: id };
    }),
  );
  if (fresh.length > 0) {
    await trx
      .insertInto('alert_group')
      .values(fresh.map((group) => ({ ...group, is_safeguarding_team: 0 as const })))
      .execute();
  }
  for (const slice of slices(people)) {
    await trx
      .deleteFrom('alert_group_member')
      .where(
        'staff_id',
        'in',
        slice.map(({ id }) => id),
      )
      .execute();
  }
  for (const rows of slices(memberships)) {
    await trx.insertInto('alert_group_member').values(rows).execute();
  }
}

async function auditImport(
  trx: Transaction,
  { schoolId, at }: Applying,
  ids: readonly string[],
): Promise<void> {
  for (const slice of slices(ids)) {
    await writeAudits(
      trx,
      slice.map((objectId) => ({
        schoolId,
        at,
        // Whoever may run the server's commands; they are not signed in to the program.
        staffId: null,
        sessionId: null,
        computerId: null,
        event: 'import',
        objectId,
        result: 'done',
      })),
    );
  }
}

/** A field that no row lacks once it has been read. */
function given(value: string | null | undefined): string {
  if (value === null || value === undefined) throw new Error('A required field is empty.');
  return value;
}

function slices<T>(items: readonly T[]): T[][] {
  const found: T[][] = [];
  for (let from = 0; from < items.length; from += ROWS_AT_ONCE) {
    found.push(items.slice(from, from + ROWS_AT_ONCE));
  }
  return found;
}
