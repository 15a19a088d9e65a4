/** Compares two samples by rank: how heavy a machine's outliers are does not matter. */

/**
 * The chance that one of `first` is larger than one of `second`, ties counted half: 0.5 where
 * nothing tells them apart (Mann and Whitney's U over the number of pairs).
 */
export function chanceOfLarger(first: readonly number[], second: readonly number[]): number {
  const all = [
    ...first.map((value) => ({ value, isFirst: true })),
    ...second.map((value) => ({ value, isFirst: false })),
  ].toSorted((one, other) => one.value - other.value);
  let ranks = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to]?.value === all[from]?.value) to += 1;
    const tied = all.slice(from, to).filter(({ isFirst }) => isFirst).length;
    ranks += tied * ((from + 1 + to) / 2);
    from = to;
  }
  const least = (first.length * (first.length + 1)) / 2;
  return (ranks - least) / (first.length * second.length);
}

/** The value below which this share of them lies; of an unsorted list. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
