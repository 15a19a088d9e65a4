/** Imports of staff in the database: who is there in which groups, and carrying out a plan, all or nothing. */
import type { Transaction } from '../db/open.ts';
import { spendResets } from '../password/rows.ts';
import { endSessions } from '../session/rows.ts';
import type { StaffField } from './headings.ts';
import type { Known, Plan } from './plan.ts';
import type { Values } from './register.ts';
import { auditImport, given, slices, type Applying } from './rows.ts';
import { fullName, groupNames, titleOf } from './staff.ts';

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
  // A link may have gone to somebody else's address; and who comes back signs in anew.
  const readdressed = plan.changed.filter(({ values }) => 'email' in values);
  for (const id of [...readdressed.map(({ person }) => person.id), ...leaving]) {
    await spendResets(trx, id, at);
  }
  for (const id of leaving) await endSessions(trx, id, 'all', at);
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
