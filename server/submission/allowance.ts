/** How much one computer of the school may send: none of its people's, and no flood (R59). */

/** Of what costs time to open; what people write is smaller, and is one or two of these. */
const UNIT_BYTES = 16 * 1024;
/** So many minutes' worth may pile up: after weeks without the server a thousand items go at once. */
const SAVED_MINUTES = 20;

export interface Allowance {
  /** Takes an item of `bytes` from what the computer has left: 0, or the seconds until it may come. */
  take(computerId: string, bytes: number, now: Date): number;
}

/** `perMinute` items of up to 16 KiB for each computer; a larger one counts as several. */
export function makeAllowance(perMinute: number): Allowance {
  const most = perMinute * SAVED_MINUTES;
  const left = new Map<string, { units: number; at: number }>();
  return {
    take: (computerId, bytes, now) => {
      const at = now.getTime();
      const before = left.get(computerId) ?? { units: most, at };
      const minutes = Math.max(0, at - before.at) / 60_000;
      const units = Math.min(most, before.units + minutes * perMinute);
      const cost = Math.min(most, Math.ceil(bytes / UNIT_BYTES));
      const isEnough = units >= cost;
      left.set(computerId, { units: isEnough ? units - cost : units, at });
      return isEnough ? 0 : Math.ceil(((cost - units) * 60) / perMinute);
    },
  };
}
