/** How much of a list one reply may carry, so that no reply outgrows the client's bridge (R16). */
import { BRIDGE_LARGEST_BYTES } from '../src-shared/bridge.ts';

/** Leaves room for what stands around a list. */
const MOST_BYTES = BRIDGE_LARGEST_BYTES - 64 * 1024;

/**
 * The first rows whose JSON fits into one reply together. Rows are of very different sizes: names
 * may have a hundred characters and an incident many categories, and whoever sends it chooses.
 */
export function asManyAsFit<Row>(rows: readonly Row[], mostBytes: number = MOST_BYTES): Row[] {
  let bytes = 0;
  const tooMany = rows.findIndex((row) => {
    bytes += Buffer.byteLength(JSON.stringify(row)) + 1;
    return bytes > mostBytes;
  });
  return tooMany === -1 ? [...rows] : rows.slice(0, tooMany);
}
