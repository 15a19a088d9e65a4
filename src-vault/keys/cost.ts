/** What deriving a key from a password costs, and the least that is accepted (R21). */
import { hashRaw } from '@node-rs/argon2';
import { derive, wipe } from '../crypto.ts';

/** Argon2id: memory in KiB, passes over it, lanes. */
export interface Cost {
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
}

/** 64 MiB, 3 passes, 1 lane (R21). Nothing outside the program's code can choose another. */
export const SCHOOL_COST: Cost = { memoryKib: 64 * 1024, passes: 3, lanes: 1 };

/** A stored cost far above ours would only stop the computer; no version of ours has written it. */
const HIGHEST: Cost = { memoryKib: 1024 * 1024, passes: 64, lanes: 16 };
const INFO = 'draft-kek/v1';

/** A stored cost below the floor is refused, and never computed: it would be a way to a weak key. */
export function isAcceptable(cost: Cost, floor: Cost): boolean {
  return (
    cost.memoryKib >= floor.memoryKib &&
    cost.passes >= floor.passes &&
    cost.lanes >= floor.lanes &&
    cost.memoryKib <= HIGHEST.memoryKib &&
    cost.passes <= HIGHEST.passes &&
    cost.lanes <= HIGHEST.lanes
  );
}

/** Whether a stored cost is below what is chosen today; it is raised at the next sign-in. */
export function isBelow(cost: Cost, present: Cost): boolean {
  return cost.memoryKib < present.memoryKib || cost.passes < present.passes;
}

/**
 * KEK = HKDF-SHA-256(Argon2id(password, salt) ‖ D). The password is brought into NFC, so that the
 * same keys pressed on another keyboard give the same bytes (R29). Argon2id runs off the event loop.
 */
export async function deriveWrappingKey(from: {
  readonly password: string;
  readonly salt: Uint8Array;
  readonly cost: Cost;
  readonly deviceSecret: Uint8Array;
}): Promise<Uint8Array> {
  const { cost, deviceSecret } = from;
  const hash = await hashRaw(from.password.normalize('NFC'), {
    // Argon2id is what the package does by itself; cost.test.ts holds it to that.
    memoryCost: cost.memoryKib,
    timeCost: cost.passes,
    parallelism: cost.lanes,
    outputLen: 32,
    salt: from.salt,
  });
  const both = new Uint8Array(hash.length + deviceSecret.length);
  both.set(hash);
  both.set(deviceSecret, hash.length);
  const key = derive(both, INFO);
  wipe(hash, both);
  return key;
}
