/** The first ask: opens the store, the device secret and the computer's key, or says what refuses. */
import { enrolmentBytes, forgottenBytes } from '../src-shared/contract/computer.ts';
import type { VaultReply, VaultRequest } from '../src-shared/vault.ts';
import { signWith } from './crypto.ts';
import { removeDiscarded } from './drafts/drafts.ts';
import { isDiskFailure } from './failure.ts';
import type { House } from './house.ts';
import { readIdentity } from './keys/computer-key.ts';
import type { Cost } from './keys/cost.ts';
import {
  askKeychain,
  forgetFileSecret,
  readDeviceSecrets,
  type Keychain,
} from './keys/device-secret.ts';
import { noteTime } from './keys/limits.ts';
import { isSecretInUse, keychainAccount, putKeychainAccount } from './keys/rows.ts';
import { pruneKept } from './outbox/kept.ts';
import { mendIds } from './outbox/mend.ts';
import { openStore, type Store } from './store/open.ts';

/** What the world gives to a vault; `main.ts` gives the real one. */
export interface VaultParts {
  readonly keychain: Keychain;
  /** After so long a keychain counts as none; shorter where it did not answer the vault before. */
  readonly keychainMs: { readonly first: number; readonly afterSilence: number };
  readonly now: () => Date;
  readonly steadyMs: () => number;
  readonly newId: () => string;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly cost: Cost;
  readonly floor: Cost;
  readonly reserveBytes: number;
  readonly heldFileMs: number;
}

export async function openHouse(
  parts: VaultParts,
  request: VaultRequest<'open'>,
): Promise<{ readonly house: House; readonly reply: VaultReply<'open'> }> {
  const { folder, wasKeychainSilent = false } = request;
  const { signingKey, sealingKey } = request.school;
  const { first, afterSilence } = parts.keychainMs;
  const store = await openStore({ ...parts, folder });
  try {
    // The store says under which name: main's own file of preferences may be lost or another one.
    const given = request.computer.id;
    const noted = keychainAccount(store.sqlite);
    const asked = await askKeychain(
      parts.keychain,
      noted === null || noted === given ? [given] : [noted, given],
      wasKeychainSilent ? afterSilence : first,
    );
    const secrets = readDeviceSecrets(folder, asked);
    const { id, key: computerKey } = readIdentity(store, parts.newId, secrets);
    if (asked.account !== null && asked.account !== noted) noteAccount(store, asked.account);
    const computer = { id, name: request.computer.name };
    const house: House = {
      folder,
      store,
      now: parts.now,
      steadyMs: parts.steadyMs,
      newId: parts.newId,
      cost: parts.cost,
      floor: parts.floor,
      computer,
      school: { signingKey, sealingKey },
      secrets,
      computerKey,
      unlocked: null,
      ledgerSeen: null,
      underway: new Set(),
      doneHere: new Set(),
      recovery: null,
    };
    tidy(house);
    const enrolment = { ...computer, publicKey: computerKey.publicKey };
    return {
      house,
      reply: {
        computerId: computer.id,
        computerKey: computerKey.publicKey,
        enrolmentProof: signWith(computerKey, enrolmentBytes(enrolment)),
        protection: secrets.protection,
        isKeychainSilent: asked.isSilent,
        store: store.state,
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}

/** A precaution: a full disk is written to another time. */
function noteAccount(store: Store, account: string): void {
  try {
    store.write(() => putKeychainAccount(store.sqlite, account));
  } catch (error) {
    if (!isDiskFailure(error)) throw error;
  }
}

/**
 * What an earlier vault left to be done. Nothing that the vault is opened for needs it: what a full
 * disk or a damaged row refuses is done another time, and keeps nothing else from being done.
 */
function tidy(house: House): void {
  const { earlier } = house.secrets;
  const steps = [
    () => mendIds(house),
    () => removeDiscarded(house, true),
    () => pruneKept(house),
    () => noteTime(house, house.steadyMs()),
    () => {
      if (earlier !== null && !isSecretInUse(house.store.sqlite, earlier.id)) {
        forgetFileSecret(house.folder);
      }
    },
  ];
  for (const step of steps) {
    try {
      step();
    } catch {
      // The vault has no log: what matters of it is seen by whoever asks for it next.
    }
  }
}

export function proveForgotten(
  { computer, computerKey }: House,
  { staffIds }: VaultRequest<'proveForgotten'>,
): VaultReply<'proveForgotten'> {
  const asked = { computerId: computer.id, staffIds };
  return { proof: signWith(computerKey, forgottenBytes(asked)) };
}
