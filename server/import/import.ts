/**
 * `import students` and `import staff`: reads an export of the register, says what it would
 * change, and changes it when asked to, in one transaction (docs/import.md).
 */
import type { House } from '../http/route.ts';
import { readRows } from './cells.ts';
import type { ReadRow } from './register.ts';
import type { StaffField } from './headings.ts';
import { findHeadings, wrongHeadings } from './headings.ts';
import { planImport } from './plan.ts';
import type { Known, Plan } from './plan.ts';
import { reportOf } from './report.ts';
import { beginWriting } from './rows.ts';
import { applyStaff, knownStaff, type KnownGroup } from './staff-rows.ts';
import { STAFF, groupNames } from './staff.ts';
import { applyStudents, knownStudents } from './student-rows.ts';
import { STUDENTS } from './students.ts';
import { UnreadableFile, readTable } from './table.ts';
import type { Table } from './table.ts';

export type ImportHouse = Pick<House, 'db' | 'settings' | 'now' | 'newId'>;

export interface ImportOptions {
  /** Without it, only the report is made. */
  readonly apply: boolean;
  /** Applies what is left where lines are refused; without it, refused lines stop all of it. */
  readonly acceptRefusals: boolean;
  /** Takes those off roll who are not in the file; not done while any line is refused. */
  readonly leavers: boolean;
}

export interface ImportResult {
  /** For the administrator's terminal; holds names, so it is never logged (R103). */
  readonly report: string;
  readonly applied: boolean;
  /** Lines refused; 1 where the whole file is. */
  readonly refusals: number;
}

export async function importStudents(
  house: ImportHouse,
  bytes: Uint8Array,
  options: ImportOptions,
): Promise<ImportResult> {
  return readingFile(bytes, async (table) => {
    const found = findHeadings(STUDENTS.headings, STUDENTS.needed, table.rows);
    if (found === null)
      return refused(wrongHeadings(STUDENTS.headings, STUDENTS.needed, table.rows));
    const rows = readRows(found, STUDENTS);
    const schoolId = house.settings.school.id;
    return house.db.transaction().execute(async (trx) => {
      if (options.apply) await beginWriting(trx, schoolId);
      const known = await knownStudents(trx, schoolId);
      const plan = planImport(rows, known, STUDENTS.matching);
      const decided = decide(plan, known, options);
      if (decided.applied) {
        await applyStudents(trx, plan, {
          schoolId,
          at: house.now().toISOString(),
          newId: house.newId,
          leavers: decided.leavers,
        });
      }
      return {
        report: reportOf(table, found, STUDENTS, plan, decided),
        applied: decided.applied,
        refusals: plan.refusals.length,
      };
    });
  });
}

export async function importStaff(
  house: ImportHouse,
  bytes: Uint8Array,
  options: ImportOptions,
): Promise<ImportResult> {
  return readingFile(bytes, async (table) => {
    const found = findHeadings(STAFF.headings, STAFF.needed, table.rows);
    if (found === null) return refused(wrongHeadings(STAFF.headings, STAFF.needed, table.rows));
    const read = readRows(found, STAFF);
    const schoolId = house.settings.school.id;
    return house.db.transaction().execute(async (trx) => {
      if (options.apply) await beginWriting(trx, schoolId);
      const { staff, groups } = await knownStaff(trx, schoolId);
      const spelling = spellingOfGroups(groups, read);
      const known = staff.map((person) => ({
        ...person,
        values: { ...person.values, groups: spelling(person.values.groups) },
      }));
      const rows = read.map((row) =>
        row.values.groups === undefined
          ? row
          : { ...row, values: { ...row.values, groups: spelling(row.values.groups) } },
      );
      const plan = planImport(rows, known, STAFF.matching);
      const decided = decide(plan, known, options);
      const team = groups.find(({ isSafeguardingTeam }) => isSafeguardingTeam);
      const isTeamEmpty = team !== undefined && !hasMember(team.name, plan, known, decided.leavers);
      if (decided.applied) {
        await applyStaff(trx, plan, groups, {
          schoolId,
          at: house.now().toISOString(),
          newId: house.newId,
          leavers: decided.leavers,
        });
      }
      return {
        report: reportOf(table, found, STAFF, plan, {
          ...decided,
          warnings: isTeamEmpty
            ? [
                ...decided.warnings,
                `the safeguarding team (${team.name}) has no member with this: nobody would be alerted to every incident. Put "${team.name}" into the column "Alert groups" of its members.`,
              ]
            : decided.warnings,
        }),
        applied: decided.applied,
        refusals: plan.refusals.length,
      };
    });
  });
}

async function readingFile(
  bytes: Uint8Array,
  read: (table: Table) => Promise<ImportResult>,
): Promise<ImportResult> {
  let table: Table;
  try {
    table = readTable(bytes);
  } catch (error) {
    if (error instanceof UnreadableFile) return refused(error.message);
    throw error;
  }
  return read(table);
}

function refused(message: string): ImportResult {
  return { report: `${message}\n`, applied: false, refusals: 1 };
}

/** What of the plan is carried out, and what the administrator is told to look at. */
function decide<Field extends string>(
  plan: Plan<Field>,
  known: readonly Known<Field>[],
  options: ImportOptions,
): { applied: boolean; leavers: boolean; warnings: string[] } {
  const hasRefusals = plan.refusals.length > 0;
  const warnings: string[] = [];
  if (options.leavers && hasRefusals) {
    warnings.push('nobody leaves by this import, because a refused line may be one of them.');
  }
  const present = known.filter(({ isPresent }) => isPresent).length;
  if (options.leavers && !hasRefusals && plan.missing.length * 2 > present) {
    warnings.push(
      'more than half of those the school has are not in the file. Is it the whole list?',
    );
  }
  return {
    applied: options.apply && (!hasRefusals || options.acceptRefusals),
    leavers: options.leavers && !hasRefusals,
    warnings,
  };
}

/** Writes the same groups always the same way: the school's own spelling, then the file's first. */
function spellingOfGroups(
  groups: readonly KnownGroup[],
  rows: readonly ReadRow<StaffField>[],
): (cell: string | null) => string | null {
  const spelled = new Map(groups.map(({ name }) => [name.toLowerCase(), name]));
  for (const { values } of rows) {
    for (const name of groupNames(values.groups ?? null)) {
      if (!spelled.has(name.toLowerCase())) spelled.set(name.toLowerCase(), name);
    }
  }
  return (cell) => {
    const names = groupNames(cell).map((name) => spelled.get(name.toLowerCase()) ?? name);
    return names.length === 0 ? null : names.toSorted().join('|');
  };
}

/** Whether anybody who works here is in this group once the plan is carried out. */
function hasMember(
  groupName: string,
  plan: Plan<StaffField>,
  known: readonly Known<StaffField>[],
  leavers: boolean,
): boolean {
  const isIn = (cell: string | null | undefined) => groupNames(cell ?? null).includes(groupName);
  const changed = new Map(plan.changed.map(({ person, values }) => [person.id, values]));
  const gone = new Set(leavers ? plan.missing.map(({ id }) => id) : []);
  return (
    plan.added.some(({ values }) => isIn(values.groups)) ||
    known.some(({ id, isPresent, values }) => {
      const after = changed.get(id);
      const stays = (isPresent || after !== undefined) && !gone.has(id);
      return stays && isIn(after !== undefined && 'groups' in after ? after.groups : values.groups);
    })
  );
}
