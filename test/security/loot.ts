/** What whoever has the files, and somebody's password, can take out of the client's store. */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import type { KeyCertificate } from '../../src-shared/contract/seal.ts';
import {
  derive,
  openUnder,
  signWith,
  signingPair,
  type SigningPair,
} from '../../src-vault/crypto.ts';
import { deriveWrappingKey } from '../../src-vault/keys/cost.ts';
import type { PersonRow } from '../../src-vault/keys/rows.ts';

export interface Keys {
  readonly wrappingKey: Uint8Array;
  readonly draftKey: Uint8Array;
  readonly signing: SigningPair;
  readonly certificate: KeyCertificate | null;
  readonly escrow: Uint8Array | null;
}

export function deviceSecret(folder: string): Uint8Array {
  return new Uint8Array(Buffer.from(readFileSync(join(folder, 'device-secret'), 'utf8'), 'base64'));
}

/** A row of keys, in a copy of the store, so that the running one is not touched. */
export function personRow(folder: string, staffId: string): PersonRow {
  const copy = mkdtempSync(join(tmpdir(), 'loot-'));
  try {
    for (const name of ['vault.sqlite', 'vault.sqlite-wal']) {
      if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(copy, name));
    }
    const sqlite = new SQLite(join(copy, 'vault.sqlite'));
    const row = sqlite
      .prepare<[string], PersonRow>(
        'SELECT * FROM person WHERE staff_id = ? ORDER BY generation DESC LIMIT 1',
      )
      .get(staffId);
    sqlite.close();
    if (row === undefined) throw new Error('this person has no keys here');
    return row;
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** With the right password: everything. Null with another one. */
export async function keysOf(
  folder: string,
  who: { readonly staffId: string; readonly password: string },
): Promise<Keys | null> {
  const row = personRow(folder, who.staffId);
  const wrappingKey = await deriveWrappingKey({
    password: who.password,
    salt: row.salt,
    cost: { memoryKib: row.memory_kib, passes: row.passes, lanes: row.lanes },
    deviceSecret: deviceSecret(folder),
  });
  const owner = [row.staff_id, row.computer_id, row.generation];
  const draftKey = openUnder(wrappingKey, row.wrapped_draft_key, [
    `meadowlark draft key ${row.version}`,
    ...owner,
  ]);
  const seed = openUnder(wrappingKey, row.wrapped_signing_key, [
    `meadowlark signing key ${row.version}`,
    ...owner,
  ]);
  if (draftKey === null || seed === null) return null;
  return {
    wrappingKey,
    draftKey,
    signing: signingPair(seed),
    certificate: row.certificate === null ? null : (JSON.parse(row.certificate) as KeyCertificate),
    escrow: row.escrow,
  };
}

/** The computer's id and its own key: whoever has the device secret has it, and carries in its name. */
export function computerOf(folder: string) {
  const sqlite = new SQLite(join(folder, 'vault.sqlite'), { readonly: true });
  const row = sqlite
    .prepare<[], { computer_id: string; wrapped: Uint8Array }>(
      'SELECT computer_id, wrapped FROM computer_key',
    )
    .get();
  sqlite.close();
  if (row === undefined) throw new Error('the computer has no key here');
  const { computer_id: id, wrapped } = row;
  const under = derive(deviceSecret(folder), 'computer-key/v1');
  const seed = openUnder(under, wrapped, ['meadowlark computer key 1', id]);
  if (seed === null) throw new Error('the computer has no key here');
  const pair = signingPair(seed);
  const sign = (bytes: Uint8Array): string => signWith(pair, bytes);
  return { id, key: { publicKey: pair.publicKey, sign } };
}

/** A sealed item as it lies in the store. */
export function sealedIn(folder: string, itemId: string): Uint8Array {
  const sqlite = new SQLite(join(folder, 'vault.sqlite'), { readonly: true });
  const sealed = sqlite
    .prepare<[string], { sealed: Uint8Array }>('SELECT sealed FROM outbox WHERE id = ?')
    .get(itemId)?.sealed;
  sqlite.close();
  if (sealed === undefined) throw new Error('the item is not there');
  return sealed;
}
