/** A figure of the bench: always a ratio to something measured in the same run. */

export interface Figure {
  readonly what: string;
  /** The two that are compared, in `unit`. */
  readonly measured: number;
  readonly against: string;
  readonly reference: number;
  readonly unit: 'ms' | '/s' | 'µs';
  /** `measured / reference`. */
  readonly ratio: number;
  /** The most that the ratio should be; null where it is told without a goal. */
  readonly atMost: number | null;
}

export function figure(
  of: Omit<Figure, 'ratio' | 'atMost'> & { readonly atMost?: number },
): Figure {
  return { ...of, ratio: of.measured / of.reference, atMost: of.atMost ?? null };
}

/** The middle one of an odd number, the mean of the two in the middle of an even one. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  if (upper === undefined || lower === undefined) throw new Error('no numbers');
  return (upper + lower) / 2;
}

/** The smallest number that `part` percent of them do not exceed. */
export function percentile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const found = sorted[Math.max(0, Math.ceil((sorted.length * part) / 100) - 1)];
  if (found === undefined) throw new Error('no numbers');
  return found;
}

/** The figures as a table of text, a line each. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [
    ['', 'measured', 'against', '', 'ratio', 'goal'],
    ...figures.map((one) => [
      one.what,
      amount(one.measured, one.unit),
      amount(one.reference, one.unit),
      one.against,
      one.ratio.toFixed(2),
      one.atMost === null ? '' : `≤ ${one.atMost}${one.ratio <= one.atMost ? '' : '  missed'}`,
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function amount(value: number, unit: Figure['unit']): string {
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${unit}`;
}
