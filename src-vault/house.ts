/** What every ask of an open vault may use, in one object; and who has unlocked it. */
import type { PublicKey } from '../src-shared/contract/seal.ts';
import type { z } from 'zod';
import type { SigningPair } from './crypto.ts';
import { VaultFailure } from './failure.ts';
import type { Cost } from './keys/cost.ts';
import type { DeviceSecrets } from './keys/device-secret.ts';
import type { Store } from './store/open.ts';

/** The keys of the one person whose password was given. */
export interface Unlocked {
  /** The number of their row of keys in the store. */
  readonly person: number;
  readonly staffId: string;
  readonly generation: number;
  readonly email: string;
  readonly draftKey: Uint8Array;
  readonly signing: SigningPair;
  /** Whether their drafts have a ledger: not yet where the keys are from before there were any. */
  readonly isLedgerOwed: boolean;
}

export interface House {
  readonly folder: string;
  readonly store: Store;
  readonly now: () => Date;
  /** Milliseconds that only go forward, whatever is done to the clock. */
  readonly steadyMs: () => number;
  readonly newId: () => string;
  /** What new keys cost, and the least that is accepted of old ones. */
  readonly cost: Cost;
  readonly floor: Cost;
  readonly computer: { readonly id: string; readonly name: string };
  readonly school: {
    readonly signingKey: z.infer<typeof PublicKey>;
    sealingKey: z.infer<typeof PublicKey>;
  };
  readonly secrets: DeviceSecrets;
  readonly computerKey: SigningPair;
  /** Null until a password was given; a vault is ended, not locked. */
  unlocked: Unlocked | null;
  /** The highest number that was read of a person's ledger of drafts: an earlier one was put back. */
  ledgerSeen: { readonly person: number; readonly number: number } | null;
  /** Items that were handed out to be carried and have not been heard of since. */
  readonly underway: Set<string>;
  /** Items that were done with since this vault began: none of them is removed by it. */
  readonly doneHere: Set<string>;
  /** What a recovery was begun with: the row of keys, and the box that the answer is sealed to. */
  recovery: {
    readonly staffId: string;
    readonly person: number;
    readonly publicKey: Uint8Array;
    readonly privateKey: Uint8Array;
  } | null;
}

export function unlockedOf(house: House): Unlocked {
  if (house.unlocked === null) throw new VaultFailure('locked');
  return house.unlocked;
}
