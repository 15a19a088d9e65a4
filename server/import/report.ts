/** The plan of an import as text for the administrator's terminal. */
import { printable } from './headings.ts';
import type { FoundHeadings } from './headings.ts';
import type { Change, Plan } from './plan.ts';
import type { Register } from './register.ts';
import type { Table } from './table.ts';

/** New people are listed up to here: a first import is the whole school. */
const NEW_SHOWN = 50;

export interface Outcome {
  readonly applied: boolean;
  readonly leavers: boolean;
  /** What else to say above the end: files' unused headings, a team without members. */
  readonly warnings: readonly string[];
}

export function reportOf<Field extends string>(
  table: Table,
  found: FoundHeadings<Field>,
  register: Pick<Register<Field>, 'shown' | 'words' | 'matching'>,
  plan: Plan<Field>,
  outcome: Outcome,
): string {
  const { words } = register;
  const { labels } = register.matching;
  const columns = register.shown.filter((field) => found.columns[field] !== undefined);
  const delimiters = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' };
  const lines = [`The file is in ${table.encoding} with ${delimiters[table.delimiter]}.`];
  if (found.unused.length > 0) {
    lines.push(`Columns that are not used: ${found.unused.map(printable).join(', ')}.`);
  }
  section(lines, `New ${words.people}: ${plan.added.length}`, [
    ...grid(
      ['Line', ...columns.map((field) => labels[field])],
      plan.added
        .slice(0, NEW_SHOWN)
        .map(({ line, values }) => [
          String(line),
          ...columns.map((field) => shown(values[field] ?? null)),
        ]),
    ),
    ...(plan.added.length > NEW_SHOWN ? [`… and ${plan.added.length - NEW_SHOWN} more`] : []),
  ]);
  section(
    lines,
    `Changed: ${plan.changed.length}`,
    grid(
      ['Line', 'Who', 'What', 'Before', 'After'],
      plan.changed.flatMap(({ line, person, changes }) =>
        changes.map((change: Change) => [
          String(line),
          person.name,
          change.label,
          shown(change.before),
          shown(change.after),
        ]),
      ),
    ),
  );
  lines.push('', `Unchanged: ${plan.unchanged}`);
  section(
    lines,
    `Not in the file any more: ${plan.missing.length}${
      plan.missing.length === 0
        ? ''
        : outcome.leavers
          ? ` (${words.leaving})`
          : ` (left as they are; with --leavers they are ${words.leaving})`
    }`,
    plan.missing.map(({ name }) => name),
  );
  section(
    lines,
    `Refused: ${plan.refusals.length}`,
    plan.refusals.map(({ line, reason }) => `Line ${line}: ${reason}`),
  );
  for (const warning of [...plan.warnings, ...outcome.warnings]) {
    lines.push('', `Check: ${warning}`);
  }
  lines.push('', conclusion(plan.refusals.length, outcome.applied));
  return `${lines.map(printable).join('\n')}\n`;
}

function conclusion(refusals: number, applied: boolean): string {
  if (applied) {
    return refusals === 0
      ? 'Done: all of this has been changed.'
      : `Done: all of this has been changed, without the ${refusals} refused.`;
  }
  return refusals === 0
    ? 'Nothing has been changed yet. Run it again with --apply to change all of this.'
    : 'Nothing has been changed. Put the refused lines right in the register, or run it again with --apply --accept-refusals to change the rest.';
}

function section(lines: string[], heading: string, body: readonly string[]): void {
  lines.push('', heading, ...body.map((line) => `  ${line}`));
}

function shown(value: string | null): string {
  return value ?? '–';
}

/** Columns as wide as their widest cell, up to 40. */
function grid(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const all = [head, ...rows].map((row) => row.map((cell) => cell.slice(0, 40)));
  const widths = head.map((_unused, column) =>
    Math.max(...all.map((row) => (row[column] ?? '').length)),
  );
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
