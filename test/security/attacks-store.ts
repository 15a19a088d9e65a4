/** Attacks on the store of a shared computer: whoever makes them has every file, and may write to it. */
import { cpSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import SQLite from 'better-sqlite3';
import type { TestStaff } from '../../server/testing/people.ts';
import { ClientProcess, type ClientHandle } from '../chaos/client-handle.ts';
import type { ClientParts } from '../chaos/client.ts';
import { openText } from '../../src-vault/crypto.ts';
import { draftBelonging } from '../../src-shared/contract/left.ts';
import { keysOf } from './loot.ts';

/** True where it succeeded. */
export type Attack = () => Promise<boolean>;

export interface StoreLoot {
  readonly parts: ClientParts;
  /** The files as they were after A's first save of the draft, and after all that A did. */
  readonly early: string;
  readonly late: string;
  readonly a: TestStaff;
  readonly b: TestStaff;
  readonly draftId: string;
  readonly itemId: string;
  /** Stands in the first version of A's draft alone, and in the second alone. */
  readonly firstWords: string;
  readonly secondWords: string;
}

export function storeAttacks(loot: StoreLoot): Readonly<Record<string, Attack>> {
  const { a, b, draftId, itemId, firstWords, secondWords } = loot;
  const asB = { email: b.email, password: b.password };
  const asA = { email: a.email, password: a.password };
  const guess = { email: a.email, password: b.password };
  /** To A: by its own id, or in the list without a word of what has happened. */
  const opensAsNewest = async (thief: ClientHandle): Promise<boolean> => {
    await mustUnlock(thief, asA);
    const read = await thief.vault('readDraft', { id: draftId });
    const listed = await thief.vault('listDrafts', {});
    if (!listed.ok) throw new Error(`A’s drafts are not listed: ${listed.code}`);
    const { drafts, losses } = listed.value;
    const older = drafts.filter(({ content }) => content.includes(firstWords));
    if (older.length === 0) throw new Error('what was put back is nowhere');
    return (
      (read.ok && read.value.draft.content.includes(firstWords)) ||
      older.some((draft) => draft.older === null) ||
      losses.length === 0
    );
  };

  return {
    'another password, without the server': () =>
      withStore(loot, nothing, async (thief) => (await thief.vault('unlockOffline', guess)).ok),

    'another password, as if the server had taken it': () =>
      withStore(loot, nothing, async (thief) => {
        const answer = await thief.vault('unlockOnline', {
          ...guess,
          staffId: a.id,
          hasEscrow: true,
        });
        const drafts = await thief.vault('listDrafts', {});
        const old = { ...guess, staffId: a.id, old: b.password };
        return (
          (answer.ok && answer.value.is === 'unlocked') ||
          drafts.ok ||
          (await thief.vault('unlockWithOld', old)).ok
        );
      }),

    'B’s keys put under A’s name': () =>
      withStore(
        loot,
        (sqlite) =>
          sqlite
            .prepare(
              `UPDATE person SET (salt, wrapped_draft_key, wrapped_signing_key, secret_id) =
                (SELECT salt, wrapped_draft_key, wrapped_signing_key, secret_id FROM person
                 WHERE staff_id = ?) WHERE staff_id = ?`,
            )
            .run(b.id, a.id),
        async (thief) => (await thief.vault('unlockOffline', guess)).ok,
      ),

    'A’s rows put under B’s name': () =>
      withStore(
        loot,
        (sqlite) => {
          for (const table of ['draft', 'outbox', 'list']) {
            sqlite
              .prepare(
                `UPDATE OR REPLACE ${table} SET person = (SELECT key FROM person WHERE staff_id = ?)
                 WHERE person = (SELECT key FROM person WHERE staff_id = ?)`,
              )
              .run(b.id, a.id);
          }
        },
        async (thief) => {
          await mustUnlock(thief, asB);
          const shown = JSON.stringify([
            await thief.vault('listDrafts', {}),
            await thief.vault('readDraft', { id: draftId }),
            await thief.vault('listOwnItems', {}),
            await thief.vault('readList', { name: 'students' }),
          ]);
          return [firstWords, secondWords, itemId, draftId].some((words) => shown.includes(words));
        },
      ),

    'A’s words of an earlier revision put back': () =>
      withStore(
        loot,
        (sqlite) => {
          const row = earlyDraft(loot);
          sqlite.prepare('UPDATE draft SET content = ? WHERE id = ?').run(row.content, draftId);
        },
        async (thief) => {
          await mustUnlock(thief, asA);
          const read = await thief.vault('readDraft', { id: draftId });
          return read.ok && read.value.draft.content.includes(firstWords);
        },
      ),

    'A’s whole row of an earlier revision put back': () =>
      withStore(loot, (sqlite) => putBack(loot, sqlite, ['draft']), opensAsNewest),

    'A’s row put back, and the ledger of A’s drafts removed': () =>
      withStore(
        loot,
        (sqlite) => {
          putBack(loot, sqlite, ['draft']);
          sqlite.prepare('DELETE FROM draft_ledger').run();
        },
        opensAsNewest,
      ),

    'A’s row and the ledger of A’s drafts put back together': () =>
      withStore(loot, (sqlite) => putBack(loot, sqlite, ['draft', 'draft_ledger']), opensAsNewest),

    'A’s row put back, and A’s keys said to be from before there was a ledger': () =>
      withStore(
        loot,
        (sqlite) => {
          putBack(loot, sqlite, ['draft']);
          sqlite.exec('DELETE FROM draft_ledger; UPDATE person SET version = 1');
        },
        // The keys themselves must not open then.
        async (thief) => (await thief.vault('unlockOffline', asA)).ok,
      ),

    'A’s draft taken away without A being told': () =>
      withStore(
        loot,
        (sqlite) => sqlite.prepare('DELETE FROM draft WHERE id = ?').run(draftId),
        async (thief) => {
          await mustUnlock(thief, asA);
          const listed = await thief.vault('listDrafts', {});
          return listed.ok && listed.value.losses.length === 0;
        },
      ),

    'single bits of A’s draft flipped': () =>
      withStore(loot, nothing, async (thief, file) => {
        await mustUnlock(thief, asA);
        const before = await thief.vault('readDraft', { id: draftId });
        if (!before.ok) throw new Error('the draft cannot be read at all');
        const sqlite = new SQLite(file);
        const { content } = draftRow(sqlite, draftId);
        let succeeded = false;
        for (let bit = 0; bit < content.length * 8 && !succeeded; bit += 37) {
          const flipped = Buffer.from(content);
          flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
          sqlite.prepare('UPDATE draft SET content = ? WHERE id = ?').run(flipped, draftId);
          succeeded = (await thief.vault('readDraft', { id: draftId })).ok;
        }
        sqlite.close();
        return succeeded;
      }),

    'single bits of A’s sealed item flipped': () =>
      withStore(
        loot,
        (sqlite) => {
          const row = sqlite
            .prepare<[string], { sealed: Buffer }>('SELECT sealed FROM outbox WHERE id = ?')
            .get(itemId);
          if (row === undefined) throw new Error('the item is not there');
          row.sealed.writeUInt8(row.sealed.readUInt8(60) ^ 1, 60);
          sqlite.prepare('UPDATE outbox SET sealed = ? WHERE id = ?').run(row.sealed, itemId);
        },
        async (thief) => (await thief.vault('readSealed', { id: itemId })).ok,
      ),

    'A’s old password and A’s files of before, once A has changed it': () =>
      withStore(loot, nothing, async (thief, file) => {
        const known = await keysOf(dirname(file), { staffId: a.id, password: a.password });
        if (known === null) throw new Error('A’s own password does not open A’s keys');
        await mustUnlock(thief, asA);
        const changed = await thief.vault('changePassword', { password: 'of A alone from now on' });
        if (!changed.ok) throw new Error(`A cannot change the password: ${changed.code}`);
        return opensAnyDraft(file, a.id, known.draftKey);
      }),

    'keys of B’s own left in A’s name, before A signs in': () =>
      withStore(loot, nothing, async (thief, file) => {
        const who = { staffId: a.id, email: a.email };
        const left = { ...who, password: 'of B, in the name of A', hasEscrow: true };
        const begun = await thief.vault('beginAnew', left);
        const planted = await keysOf(dirname(file), left);
        if (!begun.ok || planted === null) throw new Error('B cannot leave keys at all');
        // As main does it when A signs in: whoever was there before is forgotten first.
        const asked = { ...who, password: a.password, hasEscrow: true };
        const answer = await thief.vault('unlockOnline', asked);
        if (!answer.ok || answer.value.is === 'unlocked') throw new Error('B’s keys are not there');
        const old = { ...who, old: a.password, password: a.password };
        const opened = await thief.vault('unlockWithOld', old);
        const read = await thief.vault('readDraft', { id: draftId });
        if (!opened.ok || !read.ok) throw new Error('A’s own drafts do not come back to A');
        return opensAnyDraft(file, a.id, planted.draftKey);
      }),

    'a cheaper derivation written beside A’s keys': () =>
      withStore(
        loot,
        (sqlite) =>
          sqlite
            .prepare('UPDATE person SET memory_kib = 8, passes = 1 WHERE staff_id = ?')
            .run(a.id),
        async (thief) => (await thief.vault('unlockOffline', asA)).ok,
      ),

    'a receipt that the school did not sign': () =>
      withStore(loot, nothing, async (thief) => {
        const receipt = {
          submissionId: itemId,
          sha256: 'a'.repeat(64),
          reference: 'K7QM-2FXD',
          receivedAt: new Date().toISOString(),
          alerted: 3,
          signature: Buffer.alloc(64, 1).toString('base64'),
        };
        return (await thief.vault('noteReceipt', { receipt })).ok;
      }),
  };
}

const nothing = (): void => undefined;

/** The attacker’s own copy of all files, changed, and the client’s own program started on it. */
async function withStore(
  { parts, late }: StoreLoot,
  change: (sqlite: SQLite.Database) => unknown,
  attack: (thief: ClientHandle, file: string) => Promise<boolean>,
): Promise<boolean> {
  const folder = `${parts.folder}-of-the-attacker`;
  cpSync(late, folder, { recursive: true });
  const file = join(folder, 'vault.sqlite');
  const sqlite = new SQLite(file);
  sqlite.pragma('foreign_keys = OFF');
  change(sqlite);
  sqlite.close();
  const host = new ClientProcess();
  try {
    return await attack(await host.open('thief', { ...parts, folder }), file);
  } finally {
    await host.kill();
    rmSync(folder, { recursive: true });
  }
}

async function mustUnlock(
  thief: ClientHandle,
  who: { readonly email: string; readonly password: string },
): Promise<void> {
  const answer = await thief.vault('unlockOffline', who);
  if (!answer.ok) throw new Error(`their own password does not unlock: ${answer.code}`);
}

function draftRow(sqlite: SQLite.Database, id: string): { content: Buffer; revision: number } {
  const row = sqlite
    .prepare<[string], { content: Buffer; revision: number }>(
      'SELECT content, revision FROM draft WHERE id = ?',
    )
    .get(id);
  if (row === undefined) throw new Error('the draft is not there');
  return row;
}

/** Whether the key opens any draft that lies in the store now. */
function opensAnyDraft(file: string, staffId: string, draftKey: Uint8Array): boolean {
  const sqlite = new SQLite(file, { readonly: true });
  const rows = sqlite
    .prepare<[], { id: string; revision: number; content: Buffer }>(
      'SELECT id, revision, content FROM draft',
    )
    .all();
  sqlite.close();
  if (rows.length === 0) throw new Error('there is no draft to open');
  return rows.some((row) => openText(draftKey, row.content, draftBelonging(staffId, row)) !== null);
}

/** Rows as they were after A's first save, in place of those of now. */
function putBack(
  { early, draftId }: StoreLoot,
  sqlite: SQLite.Database,
  tables: readonly ('draft' | 'draft_ledger')[],
): void {
  const old = new SQLite(join(early, 'vault.sqlite'));
  const owner = sqlite.prepare('SELECT person FROM draft WHERE id = ?').pluck().get(draftId);
  for (const table of tables) {
    const rows = old
      .prepare<[unknown], Record<string, unknown>>(`SELECT * FROM ${table} WHERE person = ?`)
      .all(owner);
    if (rows.length === 0) throw new Error(`there is no ${table} to put back`);
    for (const row of rows) {
      const names = Object.keys(row);
      sqlite
        .prepare(
          `INSERT OR REPLACE INTO ${table} (${names.join(', ')})
           VALUES (${names.map((name) => `@${name}`).join(', ')})`,
        )
        .run(row);
    }
  }
  old.close();
}

function earlyDraft({ early, draftId }: StoreLoot): { content: Buffer; revision: number } {
  const sqlite = new SQLite(join(early, 'vault.sqlite'));
  const row = draftRow(sqlite, draftId);
  sqlite.close();
  return row;
}
