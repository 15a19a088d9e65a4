/** R25: somebody whose keys the disk has lost is told so, and does not begin anew without a word. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { TestComputer, draft, person, signIn } from '../testing/world.ts';

/** Overwrites the page that holds everybody's keys; the index by person is another one. */
function damageKeys(computer: TestComputer): void {
  const file = join(computer.folder, 'vault.sqlite');
  const sqlite = new SQLite(file);
  const page = sqlite
    .prepare<[], { rootpage: number }>("SELECT rootpage FROM sqlite_schema WHERE name = 'person'")
    .get();
  sqlite.close();
  const bytes = readFileSync(file);
  bytes.fill(0xff, ((page?.rootpage ?? 0) - 1) * 4096, (page?.rootpage ?? 0) * 4096);
  writeFileSync(file, bytes);
}

async function lost() {
  const computer = new TestComputer();
  const [ana, ben] = [person('Ana'), person('Ben')];
  await computer.begin();
  await signIn(computer, ana);
  await computer.ask('saveDraft', { draft: draft('Not finished.'), revision: 0 });
  await computer.end();
  damageKeys(computer);
  return { computer, ana, ben };
}

test('whoever lost their keys is told at their next sign-in, until they have read it', async () => {
  const { computer, ana } = await lost();
  expect((await computer.begin()).store).toBe('recovered');
  await signIn(computer, ana);
  const { drafts, losses } = await computer.ask('listDrafts', {});
  expect(drafts).toEqual([]);
  expect(losses.map(({ is }) => is)).toEqual(['keys']);
  await computer.ask('noteLossesSeen', { ids: losses.map(({ id }) => id) });
  await computer.begin();
  await signIn(computer, ana);
  expect((await computer.ask('listDrafts', {})).losses).toEqual([]);
});

test('nobody else is', async () => {
  const { computer, ben } = await lost();
  await computer.begin();
  await signIn(computer, ben);
  expect((await computer.ask('listDrafts', {})).losses).toEqual([]);
});

test('that a store was damaged is said for two weeks, to whoever comes', async () => {
  const { computer } = await lost();
  await computer.begin();
  expect((await computer.begin()).store).toBe('recovered');
  computer.now = new Date('2026-12-07T08:45:00.000Z');
  expect((await computer.begin()).store).toBe('recovered');
  computer.now = new Date('2026-12-09T08:45:00.000Z');
  expect((await computer.begin()).store).toBe('ok');
});
