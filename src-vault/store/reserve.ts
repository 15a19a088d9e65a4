/**
 * The reserve: a file that holds space back, so that on a full disk a concern can still be
 * submitted and a draft discarded (R79). It is given up then, and made again once there is room.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, rmSync, statSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export const RESERVE_BYTES = 16 * 1024 * 1024;
const PIECE_BYTES = 256 * 1024;
/** Less than this is not worth holding back. */
const SMALLEST_BYTES = 64 * 1024;

export interface Reserve {
  /** Makes the file where it is missing and there is room; a disk that refuses is no failure. */
  readonly keep: () => void;
  /** Gives the space up; false where there was none to give. */
  readonly giveUp: () => boolean;
}

/** At most `bytes`, and at most a quarter of the space that is free in `folder`. */
export function reserveIn(folder: string, bytes: number): Reserve {
  const file = join(folder, 'reserve');
  const heldBytes = (): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return {
    keep() {
      try {
        if (heldBytes() > 0) return;
        const { bavail, bsize } = statfsSync(folder);
        const size = Math.min(bytes, Math.floor((bavail * bsize) / 4));
        if (size >= SMALLEST_BYTES) fill(file, size);
      } catch {
        // It is a precaution: where it cannot be made, the store works without it.
        rmSync(file, { force: true });
      }
    },
    giveUp() {
      try {
        if (heldBytes() === 0) return false;
        rmSync(file);
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** Random bytes: a file system that compresses, or that keeps zeros as holes, would hold nothing back. */
function fill(file: string, size: number): void {
  const descriptor = openSync(file, 'w', 0o600);
  try {
    for (let left = size; left > 0; left -= PIECE_BYTES) {
      writeSync(descriptor, randomBytes(Math.min(left, PIECE_BYTES)));
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
