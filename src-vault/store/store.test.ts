/** R25, R77 to R80: what a disk can do to the store, and what is still there afterwards. */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { TestComputer, draft, incident, person, signIn, testFolder } from '../testing/world.ts';
import { isOnNetworkShare } from './network-share.ts';
import { openStore, type Store } from './open.ts';

const PARTS = {
  now: () => new Date('2026-11-24T08:45:00.000Z'),
  reserveBytes: 0,
  heldFileMs: 0,
  wait: () => Promise.resolve(),
};

function open(folder: string): Promise<Store> {
  return openStore({ ...PARTS, folder });
}

test('R77, R23 every open sets and reads back what a committed draft relies on', async () => {
  const folder = testFolder();
  for (let number = 0; number < 2; number += 1) {
    const store = await open(folder);
    const read = (pragma: string): unknown => store.sqlite.pragma(pragma, { simple: true });
    expect({
      journal: read('journal_mode'),
      synchronous: read('synchronous'),
      secureDelete: read('secure_delete'),
      fullFsync: read('fullfsync'),
      foreignKeys: read('foreign_keys'),
      tempStore: read('temp_store'),
    }).toEqual({
      journal: 'wal',
      synchronous: 2,
      secureDelete: 1,
      fullFsync: 1,
      foreignKeys: 1,
      tempStore: 2,
    });
    store.close();
  }
  expect(statSync(join(folder, 'vault.sqlite')).mode & 0o077).toBe(0);
});

test('R80 a network share is known as one', () => {
  expect([
    isOnNetworkShare('\\\\server\\homes\\ana', 'win32'),
    isOnNetworkShare('//server/homes/ana', 'win32'),
    isOnNetworkShare('\\\\?\\UNC\\server\\homes', 'win32'),
    isOnNetworkShare('C:\\ProgramData\\Meadowlark', 'win32'),
    isOnNetworkShare('\\\\?\\C:\\ProgramData', 'win32'),
    isOnNetworkShare(tmpdir(), 'linux'),
  ]).toEqual([true, true, true, false, false, false]);
});

test('R78 a log cut off at every 512 bytes: nothing that was committed before the cut is lost', async () => {
  const folder = testFolder();
  const store = await open(folder);
  const put = store.sqlite.prepare('INSERT INTO fact (name, value) VALUES (?, ?)');
  const wal = join(folder, 'vault.sqlite-wal');
  /** After the n-th commit the log is this long. */
  const lengths: number[] = [];
  for (let number = 0; number < 20; number += 1) {
    store.write(() => put.run(`fact ${number}`, 'x'.repeat(200)));
    lengths.push(statSync(wal).size);
  }
  const whole = readFileSync(wal);
  const before = readFileSync(join(folder, 'vault.sqlite'));
  store.close();
  let lost = 0;
  let corrupt = 0;
  let cuts = 0;
  const cutFolder = testFolder();
  const file = join(cutFolder, 'vault.sqlite');
  for (let length = 0; length <= whole.length; length += 512) {
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
    writeFileSync(file, before);
    writeFileSync(`${file}-wal`, whole.subarray(0, length));
    const cut = new SQLite(file);
    if (cut.pragma('integrity_check', { simple: true }) !== 'ok') corrupt += 1;
    const found = cut
      .prepare<[], { n: number }>("SELECT count(*) AS n FROM fact WHERE name LIKE 'fact %'")
      .get()?.n;
    const committed = lengths.filter((one) => one <= length).length;
    if (found !== committed) lost += 1;
    cut.close();
    cuts += 1;
  }
  expect({ lost, corrupt }).toEqual({ lost: 0, corrupt: 0 });
  expect(cuts).toBeGreaterThan(100);
});

/** A store with drafts and 20 queued items, closed, and the ids of the items. */
async function filled(): Promise<{
  computer: TestComputer;
  ana: ReturnType<typeof person>;
  ids: string[];
}> {
  const computer = new TestComputer();
  const ana = person('Ana');
  await computer.begin();
  await signIn(computer, ana);
  for (let number = 0; number < 5; number += 1) {
    await computer.ask('saveDraft', { draft: draft(`Draft ${number} `.repeat(300)), revision: 0 });
  }
  const ids: string[] = [];
  for (let number = 0; number < 20; number += 1) {
    const submission = incident(`Item ${number} `.repeat(200));
    ids.push((await computer.ask('submit', { submission, isUrgent: false })).id);
  }
  await computer.end();
  return { computer, ana, ids };
}

test('R25 one wrong byte in each of 28 pages: every queued item is sent or listed as damaged', async () => {
  const { computer, ids } = await filled();
  const file = join(computer.folder, 'vault.sqlite');
  const sound = readFileSync(file);
  const pages = sound.length / 4096;
  expect(pages).toBeGreaterThan(40);
  const silent: string[] = [];
  let recovered = 0;
  let damaged = 0;
  let changed = 0;
  for (let turn = 0; turn < 28; turn += 1) {
    for (const name of readdirSync(computer.folder)) {
      if (name.startsWith('vault') && name !== 'vault.sqlite-first-page')
        rmSync(join(computer.folder, name));
    }
    const bytes = Buffer.from(sound);
    const page = Math.floor((turn * pages) / 28);
    // Alternately the head of the page, which SQLite notices, and its middle, which only a hash does.
    const at = page * 4096 + (turn % 2 === 0 ? turn % 8 : 1_000 + turn * 37);
    bytes.writeUInt8((bytes[at] ?? 0) ^ 0xff, at);
    writeFileSync(file, bytes);
    const { store } = await computer.begin();
    if (store === 'recovered') {
      recovered += 1;
      const aside = readdirSync(computer.folder).find((name) =>
        /^vault-damaged-.*\.sqlite$/.test(name),
      );
      if (!readFileSync(join(computer.folder, aside ?? '')).equals(bytes)) changed += 1;
    }
    const { items } = await computer.ask('listWaiting', {});
    for (const id of ids) {
      const item = items.find((one) => one.id === id);
      const answer = await computer.tryAsk('readSealed', { id });
      const isWhole = answer.ok && isOpened(computer, answer.value.sealed);
      const { items: after } = isWhole ? { items } : await computer.ask('listWaiting', {});
      const isListed = after.some((one) => one.id === id && one.problem === 'damaged');
      if (isListed) damaged += 1;
      if (item === undefined || (!isWhole && !isListed)) silent.push(`${turn}: ${id}`);
    }
  }
  expect({ silent, changed }).toEqual({ silent: [], changed: 0 });
  expect(recovered).toBeGreaterThan(0);
  expect(damaged).toBeGreaterThan(0);
});

function isOpened(computer: TestComputer, sealed: string): boolean {
  try {
    computer.school.open(sealed);
    return true;
  } catch {
    return false;
  }
}

test('R25 a damaged item is sealed again from its author’s copy when they sign in', async () => {
  const { computer, ana, ids } = await filled();
  const file = join(computer.folder, 'vault.sqlite');
  const sqlite = new SQLite(file);
  sqlite.prepare('UPDATE outbox SET sealed = zeroblob(length(sealed)) WHERE id = ?').run(ids[3]);
  sqlite.close();
  await computer.begin();
  const id = ids[3] ?? '';
  expect(await computer.codeOf('readSealed', { id })).toBe('fault');
  await signIn(computer, ana);
  const { sealed } = await computer.ask('readSealed', { id });
  expect(computer.school.open(sealed)).toMatchObject({ staffId: ana.staffId, submission: { id } });
});

test('R25 a file that is no database at all: put aside unchanged, a new store is opened', async () => {
  const { computer, ana } = await filled();
  writeFileSync(join(computer.folder, 'vault.sqlite'), 'not a database '.repeat(1000));
  expect((await computer.begin()).store).toBe('recovered');
  await signIn(computer, ana);
  const aside = readdirSync(computer.folder).filter((name) => name.startsWith('vault-damaged'));
  expect(aside).toEqual(['vault-damaged-2026-11-24T08-45-00-000Z.sqlite']);
  expect(readFileSync(join(computer.folder, aside[0] ?? ''), 'utf8')).toMatch(/^not a database/);
  computer.now = new Date('2027-01-24T08:45:00.000Z');
  expect((await computer.begin()).store).toBe('ok');
});

test('R25, R82 a store of a newer version: put aside, its outbox and drafts go on', async () => {
  const { computer, ana, ids } = await filled();
  const sqlite = new SQLite(join(computer.folder, 'vault.sqlite'));
  sqlite.exec("ALTER TABLE outbox ADD COLUMN colour TEXT NOT NULL DEFAULT 'green'");
  sqlite.pragma('user_version = 99');
  sqlite.close();
  expect((await computer.begin()).store).toBe('recovered');
  const { items } = await computer.ask('listWaiting', {});
  expect(items.map(({ id, problem }) => ({ id, problem }))).toEqual(
    ids.map((id) => ({ id, problem: null })),
  );
  await signIn(computer, ana);
  expect((await computer.ask('listDrafts', {})).drafts.length).toBe(5);
});

test('R25 the power fails while a damaged store is put aside: the next start goes on with it', async () => {
  const { computer, ids } = await filled();
  const file = join(computer.folder, 'vault.sqlite');
  const aside = join(computer.folder, 'vault-damaged-2026-11-24T08-44-00-000Z.sqlite');
  copyFileSync(file, aside);
  rmSync(file);
  expect((await computer.begin()).store).toBe('recovered');
  expect((await computer.ask('listWaiting', {})).items.map(({ id }) => id)).toEqual(ids);
});

test('R79 a full disk: not saved is said, the reserve lets a submission through, then all recovers', async (context) => {
  const folder = testFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    context.skip('no right to mount a tmpfs');
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
  });
  const computer = new TestComputer(undefined, folder);
  computer.parts = { reserveBytes: 16 * 1024 * 1024 };
  const ana = person('Ana');
  await computer.begin();
  await signIn(computer, ana);
  const reserve = join(folder, 'reserve');
  expect(statSync(reserve).size).toBeGreaterThan(500_000);
  expect(statSync(reserve).size).toBeLessThanOrEqual(1024 * 1024);
  const first = draft('Typed before the disk was full.');
  await computer.ask('saveDraft', { draft: first, revision: 0 });
  fillUp(folder);
  const codes = new Set<string>();
  for (let turn = 0; turn < 12; turn += 1) {
    const large = { ...draft('x'.repeat(200_000)), id: first.id };
    codes.add(
      await computer.codeOf('saveDraft', { draft: { ...large, id: randomId(turn) }, revision: 0 }),
    );
  }
  expect(codes).toContain('not-saved');
  expect(codes).not.toContain('fault');
  expect((await computer.ask('readDraft', { id: first.id })).draft).toEqual(first);
  fillUp(folder);
  const text = 'What matters. '.repeat(3_000);
  expect(await computer.codeOf('saveDraft', { draft: draft(text), revision: 0 })).toBe('not-saved');
  // The page of whoever is locked out, or closes, may be gone afterwards.
  const last = { ...draft(text), id: randomId(100) };
  await computer.ask('saveDraft', { draft: last, revision: 0, isLast: true });
  const submission = incident(text);
  const { id } = await computer.ask('submit', { submission, isUrgent: true });
  const { sealed } = await computer.ask('readSealed', { id });
  expect(computer.school.open(sealed)).toMatchObject({ submission: { id } });
  await computer.begin();
  expect((await computer.ask('listWaiting', {})).items.map((item) => item.id)).toEqual([id]);
  rmSync(join(folder, 'filler'));
  await signIn(computer, ana);
  await computer.ask('saveDraft', { draft: draft('Typed afterwards.'), revision: 0 });
  await computer.begin();
  expect(existsSync(reserve)).toBe(true);
});

const randomId = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Takes every byte that is left. */
function fillUp(folder: string): void {
  const filler = join(folder, 'filler');
  for (const size of [65_536, 4_096]) {
    try {
      for (;;) appendFileSync(filler, Buffer.alloc(size, 7));
    } catch {
      // Full: that is what was wanted.
    }
  }
}

test('R80 a folder that may only be read: not saved is said, and nothing ends', async (context) => {
  const folder = join(testFolder(), 'sealed');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=1m', 'tmpfs', folder], {
      stdio: 'ignore',
    });
  } catch {
    if (process.getuid?.() === 0) context.skip('root may write everywhere, and may not mount');
    chmodSync(folder, 0o500);
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder], { stdio: 'ignore' });
  });
  const computer = new TestComputer(undefined, folder);
  expect(await computer.tryBegin()).toEqual({ ok: false, code: 'not-saved' });
  expect(await computer.codeOf('saveDraft', { draft: draft('x'), revision: 0 })).toBe('not-saved');
  expect(await computer.codeOf('listWaiting', {})).toBe('not-saved');
});

test('R80 another program holds the store while somebody types: not saved is said, then it goes on', async () => {
  const computer = new TestComputer();
  const ana = person('Ana');
  await computer.begin();
  await signIn(computer, ana);
  const typed = draft('Typed before.');
  await computer.ask('saveDraft', { draft: typed, revision: 0 });
  // A second store that holds the lock for writing, as a virus scanner or a backup would.
  const holder = new SQLite(join(computer.folder, 'vault.sqlite'));
  holder.exec('BEGIN IMMEDIATE');
  const later = { ...typed, content: 'Typed later.' };
  expect(await computer.codeOf('saveDraft', { draft: later, revision: 1 })).toBe('not-saved');
  expect((await computer.ask('readDraft', { id: typed.id })).draft).toEqual(typed);
  holder.exec('ROLLBACK');
  holder.close();
  expect(await computer.codeOf('saveDraft', { draft: later, revision: 1 })).toBe('ok');
});

test('R80 a store that another program holds at the start is waited for, and not for ever', async () => {
  const folder = testFolder();
  (await open(folder)).close();
  const holder = new SQLite(join(folder, 'vault.sqlite'));
  holder.pragma('locking_mode = EXCLUSIVE');
  holder.exec('BEGIN EXCLUSIVE');
  const held = openStore({ ...PARTS, folder, heldFileMs: 200 });
  await expect(held).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
  let waits = 0;
  const wait = async (): Promise<void> => {
    waits += 1;
    if (waits === 2) holder.close();
  };
  const store = await openStore({ ...PARTS, folder, wait, heldFileMs: 500 });
  expect({ waits, state: store.state }).toEqual({ waits: 2, state: 'ok' });
  store.close();
});

test('R25 the first page, which says where all tables begin, is overwritten: nothing is lost', async () => {
  const { computer, ana, ids } = await filled();
  const file = join(computer.folder, 'vault.sqlite');
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 0, 4096);
  writeFileSync(file, bytes);
  expect((await computer.begin()).store).toBe('recovered');
  const { items } = await computer.ask('listWaiting', {});
  expect(items.map(({ id, problem }) => ({ id, problem }))).toEqual(
    ids.map((id) => ({ id, problem: null })),
  );
  await signIn(computer, ana);
  expect((await computer.ask('listDrafts', {})).drafts.length).toBe(5);
  expect(readdirSync(computer.folder).filter((name) => name.includes('working'))).toEqual([]);
});
