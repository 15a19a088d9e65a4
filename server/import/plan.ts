/**
 * What an import would change. People are matched by two ids of the register and by nothing else:
 * a name alone never joins a row to a person (R19, T19). Pure: it reads nothing and writes nothing.
 */
import type { Matching, ReadRow, Values } from './register.ts';

/** Somebody whom the school has. */
export interface Known<Field extends string> {
  readonly id: string;
  /** On roll, or working here. */
  readonly isPresent: boolean;
  readonly name: string;
  readonly values: Readonly<Record<Field, string | null>>;
}

export interface Change {
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Plan<Field extends string> {
  readonly added: readonly { readonly line: number; readonly values: Values<Field> }[];
  readonly changed: readonly {
    readonly line: number;
    readonly person: Known<Field>;
    /** The fields that get another value. */
    readonly values: Values<Field>;
    readonly comesBack: boolean;
    readonly changes: readonly Change[];
  }[];
  readonly unchanged: number;
  /** Present, and in no row of the file. */
  readonly missing: readonly Known<Field>[];
  readonly refusals: readonly { readonly line: number; readonly reason: string }[];
  readonly warnings: readonly string[];
}

/** Compares the rows of a file with whom the school has. */
export function planImport<Field extends string>(
  rows: readonly ReadRow<Field>[],
  known: readonly Known<Field>[],
  matching: Matching<Field>,
): Plan<Field> {
  const { labels, firstId, secondId } = matching;
  const byFirst = indexOf(known, (person) => person.values[firstId]);
  const bySecond = indexOf(known, (person) => person.values[secondId]);
  const twice = repeatedIds(rows, [firstId, secondId], labels);

  const added: Plan<Field>['added'][number][] = [];
  const changed: Plan<Field>['changed'][number][] = [];
  const refusals: { line: number; reason: string }[] = [];
  const warnings: string[] = [];
  const matches: { line: number; values: Values<Field>; person: Known<Field> }[] = [];
  /** Whoever a row could mean, taken or refused: they are not missing from the file. */
  const spokenOf = new Set<string>();

  for (const row of rows) {
    const first = byFirst.get(row.values[firstId] ?? '');
    const second = bySecond.get(row.values[secondId] ?? '');
    for (const person of [first, second]) if (person !== undefined) spokenOf.add(person.id);
    const reasons = [...('reasons' in row ? row.reasons : []), ...(twice.get(row.line) ?? [])];
    if (reasons.length > 0) {
      refusals.push({ line: row.line, reason: `${reasons.join('; ')}.` });
      continue;
    }
    const person = first ?? second;
    const { values, line } = row;
    const refuse = (reason: string) => refusals.push({ line, reason });
    if (first !== undefined && second !== undefined && first.id !== second.id) {
      refuse(
        `${labels[firstId]} is ${first.name}'s and ${labels[secondId]} is ${second.name}'s: two people in one row.`,
      );
    } else if (
      first === undefined &&
      second !== undefined &&
      contradicts(values, second, firstId)
    ) {
      refuse(
        `${labels[secondId]} ${String(values[secondId])} belongs to ${second.name}, who is known under another ${labels[firstId]}.`,
      );
    } else {
      const reason = matching.whyNot({ ...person?.values, ...values });
      if (reason !== null) refuse(reason);
      else if (person === undefined) added.push({ line, values });
      else matches.push({ line, values, person });
    }
  }

  const linesOf = new Map<string, number[]>();
  for (const { line, person } of matches) {
    linesOf.set(person.id, [...(linesOf.get(person.id) ?? []), line]);
  }
  let unchanged = 0;
  for (const { line, values, person } of matches) {
    const others = (linesOf.get(person.id) ?? []).filter((other) => other !== line);
    if (others.length > 0) {
      refusals.push({
        line,
        reason: `means ${person.name}, and so does line ${others.join(', ')}.`,
      });
      continue;
    }
    const fresh = changedValues(values, person, [firstId, secondId]);
    const comesBack = !person.isPresent;
    const changes = [
      ...(comesBack ? [{ label: matching.comesBack, before: 'no', after: 'yes' }] : []),
      ...(Object.keys(fresh) as Field[]).map((field) => ({
        label: labels[field],
        before: person.values[field],
        after: fresh[field] ?? null,
      })),
    ];
    if (changes.length === 0) unchanged += 1;
    else changed.push({ line, person, values: fresh, comesBack, changes });
    if ('forename' in fresh && 'surname' in fresh) {
      warnings.push(
        `Line ${line}: ${person.name} gets another forename and another surname. Check that this is the same person.`,
      );
    }
  }
  return {
    added,
    changed,
    unchanged,
    missing: known.filter((person) => person.isPresent && !spokenOf.has(person.id)),
    refusals: refusals.toSorted((one, other) => one.line - other.line),
    warnings,
  };
}

function indexOf<Field extends string>(
  known: readonly Known<Field>[],
  idOf: (person: Known<Field>) => string | null,
): Map<string, Known<Field>> {
  const index = new Map<string, Known<Field>>();
  for (const person of known) {
    const id = idOf(person);
    if (id !== null) index.set(id, person);
  }
  return index;
}

/** Both have this id, and not the same one. */
function contradicts<Field extends string>(
  values: Values<Field>,
  person: Known<Field>,
  field: Field,
): boolean {
  const given = values[field] ?? null;
  const stored = person.values[field];
  return given !== null && stored !== null && given !== stored;
}

/** The fields whose value differs. An id that the row leaves empty is not taken away. */
function changedValues<Field extends string>(
  values: Values<Field>,
  person: Known<Field>,
  ids: readonly Field[],
): Values<Field> {
  const fresh: Partial<Record<Field, string | null>> = {};
  for (const [field, value] of Object.entries(values) as [Field, string | null][]) {
    if (value === null && ids.includes(field)) continue;
    if (value !== person.values[field]) fresh[field] = value;
  }
  return fresh;
}

/** By line, why it is refused: an id that another line has too. All of these lines are refused. */
function repeatedIds<Field extends string>(
  rows: readonly ReadRow<Field>[],
  ids: readonly Field[],
  labels: Readonly<Record<Field, string>>,
): Map<number, string[]> {
  const reasons = new Map<number, string[]>();
  for (const field of ids) {
    const lines = new Map<string, number[]>();
    for (const { line, values } of rows) {
      const id = values[field] ?? null;
      if (id !== null) lines.set(id, [...(lines.get(id) ?? []), line]);
    }
    for (const [id, where] of lines) {
      if (where.length < 2) continue;
      for (const line of where) {
        const others = where.filter((other) => other !== line).slice(0, 5);
        const reason = `${labels[field]} ${id} stands on line ${others.join(', ')} too`;
        reasons.set(line, [...(reasons.get(line) ?? []), reason]);
      }
    }
  }
  return reasons;
}
