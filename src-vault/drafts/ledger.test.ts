/** R22, R25: a draft that was put back, taken away or damaged is noticed; its person is told, nothing is thrown away. */
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { fromBase64, lockUnder, openUnder } from '../crypto.ts';
import { deriveWrappingKey } from '../keys/cost.ts';
import type { PersonRow } from '../keys/rows.ts';
import { TEST_COST, TestComputer, draft, incident, person, signIn } from '../testing/world.ts';

const OLD = 'As it was at first.';
const NEW = 'As it was at last.';
const LAST_SAVED = '2026-11-24T08:50:00.000Z';

type Tables = readonly ('draft' | 'draft_ledger')[];

/** Ana has typed one entry twice and another once; `early` is a copy of the rows between the two. */
async function typedTwice() {
  const computer = new TestComputer();
  const ana = person('Ana');
  await computer.begin();
  await signIn(computer, ana);
  const typed = draft(OLD);
  const other = draft('Another entry.');
  await computer.ask('saveDraft', { draft: typed, revision: 0 });
  await computer.ask('saveDraft', { draft: other, revision: 0 });
  const raw = new SQLite(join(computer.folder, 'vault.sqlite'));
  const copy = (tables: Tables) =>
    tables.map((table) => ({
      table,
      rows: raw.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).all(),
    }));
  const early = copy(['draft', 'draft_ledger']);
  computer.now = new Date(LAST_SAVED);
  await computer.ask('saveDraft', { draft: { ...typed, content: NEW }, revision: 1 });
  /** What a colleague can do with a copy of the file: whole rows, of one draft or of all. */
  const putBack = (tables: Tables, id?: string): void => {
    for (const { table, rows } of early.filter((one) => tables.includes(one.table))) {
      for (const row of rows.filter(
        (one) => id === undefined || !('id' in one) || one['id'] === id,
      )) {
        const names = Object.keys(row);
        raw
          .prepare(
            `INSERT OR REPLACE INTO ${table} (${names.join(', ')})
             VALUES (${names.map((name) => `@${name}`).join(', ')})`,
          )
          .run(row);
      }
    }
  };
  const again = async (): Promise<void> => {
    await computer.begin();
    await signIn(computer, ana);
  };
  const listed = async () => {
    const { drafts, losses } = await computer.ask('listDrafts', {});
    return {
      drafts: drafts.map(({ id, content, older }) => ({ id, content, older })),
      losses: losses.map(({ is, savedAt }) => ({ is, savedAt })),
    };
  };
  return { computer, ana, typed, other, raw, putBack, again, listed };
}

const contents = (drafts: readonly { readonly content: string }[]): string[] =>
  drafts.map(({ content }) => content).toSorted();

test('R22 a whole row of an earlier revision put back never opens as the newest, and its person is told', async () => {
  const { computer, typed, other, putBack, again, listed } = await typedTwice();
  putBack(['draft'], typed.id);
  expect(await computer.codeOf('readDraft', { id: typed.id })).toBe('not-found');
  await again();
  const { drafts, losses } = await listed();
  expect(losses).toEqual([{ is: 'put-back', savedAt: LAST_SAVED }]);
  expect(contents(drafts)).toEqual(['Another entry.', OLD]);
  const older = drafts.find(({ content }) => content === OLD);
  expect(older).toMatchObject({ older: { newestSavedAt: LAST_SAVED } });
  expect(older?.id).not.toBe(typed.id);
  expect(drafts.find(({ id }) => id === other.id)?.older).toBeNull();
  // What a page that still has the newest words saves stands beside the older version, not over it.
  await computer.ask('saveDraft', { draft: { ...typed, content: NEW }, revision: 2 });
  expect(contents((await listed()).drafts)).toEqual(['Another entry.', OLD, NEW].toSorted());
  // It stays marked when its person goes on with it, and until they have read of it the loss is told.
  const id = older?.id ?? '';
  const { draft: read, revision } = await computer.ask('readDraft', { id });
  await computer.ask('saveDraft', { draft: { ...read, content: `${OLD} More.` }, revision });
  await again();
  const later = await computer.ask('listDrafts', {});
  expect(later.drafts.find((one) => one.id === id)?.older).toEqual({ newestSavedAt: LAST_SAVED });
  expect(later.losses.length).toBe(1);
  await computer.ask('noteLossesSeen', { ids: later.losses.map((loss) => loss.id) });
  await again();
  expect((await listed()).losses).toEqual([]);
});

test('R22 a row put back under the eyes of its person: the page’s next save goes beside it, not from it', async () => {
  const { computer, typed, putBack, listed } = await typedTwice();
  putBack(['draft'], typed.id);
  const saved = { draft: { ...typed, content: `${NEW} And more.` }, revision: 2 };
  expect(await computer.ask('saveDraft', saved)).toMatchObject({ id: typed.id, keptBoth: false });
  const { drafts, losses } = await listed();
  expect(contents(drafts)).toEqual(['Another entry.', OLD, `${NEW} And more.`].toSorted());
  expect(losses).toEqual([{ is: 'put-back', savedAt: LAST_SAVED }]);
});

test('R22 a row that was taken away is missed, with the time it was saved', async () => {
  const { typed, raw, again, listed } = await typedTwice();
  raw.prepare('DELETE FROM draft WHERE id = ?').run(typed.id);
  await again();
  const { drafts, losses } = await listed();
  expect(contents(drafts)).toEqual(['Another entry.']);
  expect(losses).toEqual([{ is: 'missing', savedAt: LAST_SAVED }]);
});

test('R22 a row that somebody else marks as discarded is missed once it was removed', async () => {
  const { typed, raw, again, listed } = await typedTwice();
  raw.prepare('UPDATE draft SET discarded_ms = 1 WHERE id = ?').run(typed.id);
  await again();
  expect((await listed()).losses).toEqual([{ is: 'missing', savedAt: LAST_SAVED }]);
});

test('R22 a row that was discarded or submitted and is put back says so', async () => {
  for (const how of ['discard', 'submit'] as const) {
    const { computer, typed, putBack, again, listed } = await typedTwice();
    if (how === 'discard') await computer.ask('discardDraft', { id: typed.id });
    else {
      const submission = incident('Submitted.', typed.id);
      await computer.ask('submit', { submission, isUrgent: false });
    }
    await again();
    expect((await listed()).losses).toEqual([]);
    putBack(['draft'], typed.id);
    expect(await computer.codeOf('readDraft', { id: typed.id })).toBe('not-found');
    await again();
    const { drafts, losses } = await listed();
    expect(losses).toEqual([{ is: 'came-back', savedAt: null }]);
    expect(drafts.find(({ content }) => content === OLD)?.older).toEqual({ newestSavedAt: null });
  }
});

test('R22 the ledger taken away, or put back with one of the drafts: every entry may be older, and says so', async () => {
  for (const attack of ['taken away', 'put back', 'put back with another'] as const) {
    const { computer, other, raw, putBack, again, listed } = await typedTwice();
    if (attack === 'taken away') raw.exec('DELETE FROM draft_ledger');
    else putBack(['draft_ledger']);
    if (attack === 'put back with another') putBack(['draft'], other.id);
    await again();
    const { drafts, losses } = await listed();
    expect(losses).toEqual([{ is: 'record', savedAt: null }]);
    expect(contents(drafts)).toEqual(['Another entry.', NEW].toSorted());
    expect(drafts.map(({ older }) => older)).toEqual([
      { newestSavedAt: null },
      { newestSavedAt: null },
    ]);
    expect(await computer.codeOf('readDraft', { id: other.id })).toBe('not-found');
    await again();
    expect((await listed()).losses.length).toBe(1);
  }
});

test('R22 ledger and drafts put back together are noticed while the vault runs, and by what was submitted since', async () => {
  const running = await typedTwice();
  running.putBack(['draft', 'draft_ledger']);
  expect((await running.listed()).losses).toEqual([{ is: 'record', savedAt: null }]);

  const later = await typedTwice();
  await later.computer.ask('submit', { submission: incident('Submitted.'), isUrgent: false });
  later.putBack(['draft', 'draft_ledger']);
  await later.again();
  const { drafts, losses } = await later.listed();
  expect(losses).toEqual([{ is: 'record', savedAt: null }]);
  expect(drafts.find(({ content }) => content === OLD)?.older).toEqual({ newestSavedAt: null });
});

test('R25 a draft that does not open any more is told of, kept aside as it is, and comes home if it opens again', async () => {
  const { computer, typed, raw, again, listed } = await typedTwice();
  const whole = raw
    .prepare<[string], { content: Buffer }>('SELECT content FROM draft WHERE id = ?')
    .get(typed.id);
  const damaged = Buffer.from(whole?.content ?? '');
  damaged.writeUInt8(damaged.readUInt8(100) ^ 1, 100);
  raw.prepare('UPDATE draft SET content = ? WHERE id = ?').run(damaged, typed.id);
  await again();
  const { drafts, losses } = await listed();
  expect(contents(drafts)).toEqual(['Another entry.']);
  expect(losses).toEqual([{ is: 'unreadable', savedAt: LAST_SAVED }]);
  // A page that still has the words saves them under the same id: the damaged row is not written over.
  await computer.ask('saveDraft', { draft: { ...typed, content: NEW }, revision: 2 });
  const aside = raw
    .prepare<[], { id: string; content: Buffer }>('SELECT id, content FROM draft_aside')
    .all();
  expect(aside).toEqual([{ id: typed.id, content: damaged }]);
  raw.prepare('UPDATE draft_aside SET content = ?').run(whole?.content);
  await again();
  const home = (await listed()).drafts.filter(({ content }) => content === NEW);
  expect(home.map(({ older }) => older)).toEqual(
    expect.arrayContaining([null, { newestSavedAt: null }]),
  );
  expect(raw.prepare('SELECT count(*) FROM draft_aside').pluck().get()).toBe(0);
});

test('R25 a save onto a row that does not open keeps that row aside, without a list asked for before', async () => {
  const { computer, typed, raw, listed } = await typedTwice();
  raw.prepare('UPDATE draft SET content = zeroblob(600) WHERE id = ?').run(typed.id);
  await computer.ask('saveDraft', { draft: { ...typed, content: NEW }, revision: 2 });
  expect(raw.prepare('SELECT length(content) FROM draft_aside').pluck().all()).toEqual([600]);
  const { drafts, losses } = await listed();
  expect(contents(drafts)).toEqual(['Another entry.', NEW].toSorted());
  expect(losses).toEqual([{ is: 'unreadable', savedAt: LAST_SAVED }]);
});

test('R82 drafts from before there was a ledger are there after the update, and nobody is told of a loss', async () => {
  for (const signInAgain of ['online', 'offline'] as const) {
    const { computer, ana, typed, raw, putBack, listed } = await typedTwice();
    await computer.end();
    await wrapAsVersion1(computer, ana.password, raw);
    raw.exec(
      'DROP TABLE draft_ledger; DROP TABLE draft_aside; ALTER TABLE outbox DROP COLUMN is_finished; PRAGMA user_version = 1',
    );
    await computer.begin();
    if (signInAgain === 'online') await signIn(computer, ana);
    else await computer.ask('unlockOffline', { email: ana.email, password: ana.password });
    const { drafts, losses } = await listed();
    expect(losses).toEqual([]);
    expect(contents(drafts)).toEqual(['Another entry.', NEW].toSorted());
    await computer.begin();
    await signIn(computer, ana);
    expect(raw.prepare('SELECT version FROM person').pluck().all()).toEqual([2]);
    // From then on a ledger is owed.
    putBack(['draft'], typed.id);
    await computer.begin();
    await signIn(computer, ana);
    expect((await listed()).losses).toEqual([{ is: 'put-back', savedAt: LAST_SAVED }]);
    raw.exec('DELETE FROM draft_ledger');
    await computer.begin();
    await signIn(computer, ana);
    expect((await listed()).losses).toEqual([{ is: 'record', savedAt: null }]);
  }
});

/** The keys as the first version wrapped them. */
async function wrapAsVersion1(
  computer: TestComputer,
  password: string,
  raw: SQLite.Database,
): Promise<void> {
  const row = raw.prepare<[], PersonRow>('SELECT * FROM person').get();
  if (row === undefined) throw new Error('nobody has keys here');
  const [secret = ''] = computer.keychain.entries.values();
  const { salt } = row;
  const deviceSecret = fromBase64(secret);
  const key = await deriveWrappingKey({ password, salt, cost: TEST_COST, deviceSecret });
  const again = (what: string, wrapped: Uint8Array): Uint8Array => {
    const of = (version: number) => [
      `meadowlark ${what} ${version}`,
      row.staff_id,
      row.computer_id,
      row.generation,
    ];
    const bytes = openUnder(key, wrapped, of(2));
    if (bytes === null) throw new Error('not wrapped as it should be');
    return lockUnder(key, bytes, of(1));
  };
  raw
    .prepare('UPDATE person SET version = 1, wrapped_draft_key = ?, wrapped_signing_key = ?')
    .run(again('draft key', row.wrapped_draft_key), again('signing key', row.wrapped_signing_key));
}

test('R22 the version of the keys set back does not make the ledger optional: they do not open', async () => {
  const { computer, ana, raw } = await typedTwice();
  raw.exec('UPDATE person SET version = 1; DELETE FROM draft_ledger');
  await computer.begin();
  const { email, password } = ana;
  expect(await computer.codeOf('unlockOffline', { email, password })).toBe('wrong-password');
});
