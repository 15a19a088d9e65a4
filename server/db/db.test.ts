import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Id } from '../../src-shared/contract/values.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meadowlark-db-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const OURS = readdirSync(join(import.meta.dirname, 'migrations')).toSorted();
const file = () => join(folder, 'school.sqlite');
const SCHOOL = "INSERT INTO school VALUES ('s', 'Larkfield School', '2026-11-24T08:45:00.000Z')";

describe('R77 every open', () => {
  test('keeps what was committed through a power cut, the first time and each time after', async () => {
    const seen = [];
    for (let count = 0; count < 3; count += 1) {
      const { db, sqlite } = openDatabase(file());
      migrate(sqlite);
      seen.push(
        ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'].map((name) =>
          sqlite.pragma(name, { simple: true }),
        ),
      );
      await db.destroy();
    }
    expect(seen).toEqual(Array.from({ length: 3 }, () => ['wal', 2, 1, 5000]));
  });

  test('is refused where the file cannot promise that', () => {
    // A database in memory has no journal on any disk.
    expect(() => openDatabase(':memory:')).toThrow('does not keep journal_mode=WAL');
  });
});

describe('migrations', () => {
  test('run once each, and make the tables with their rules', async () => {
    const { db, sqlite } = openDatabase(file());
    expect([migrate(sqlite), migrate(sqlite)]).toEqual([OURS, []]);
    expect(() =>
      sqlite.exec("INSERT INTO preference VALUES ('nobody', 's', 100, 'usual', 'none')"),
    ).toThrow('FOREIGN KEY');
    await db.destroy();
  });

  test('one that breaks leaves nothing of itself, and those before it stay', async () => {
    const own = join(folder, 'migrations');
    cpSync(join(import.meta.dirname, 'migrations'), own, { recursive: true });
    writeFileSync(
      join(own, '9998-breaks.sql'),
      'CREATE TABLE half (id TEXT) STRICT; INSERT INTO nowhere VALUES (1);',
    );
    const { db, sqlite } = openDatabase(file());
    expect(() => migrate(sqlite, own)).toThrow('nowhere');
    const names = sqlite.prepare('SELECT name FROM migration').pluck().all();
    const half = sqlite.prepare("SELECT name FROM sqlite_master WHERE name = 'half'").all();
    expect([names, half]).toEqual([OURS, []]);
    await db.destroy();
  });

  test('a database of a newer program is left as it is', async () => {
    const { db, sqlite } = openDatabase(file());
    migrate(sqlite);
    sqlite.exec("INSERT INTO migration VALUES ('9999-later.sql', '2030-01-01')");
    expect(() => migrate(sqlite)).toThrow('written by a newer Meadowlark (it has 9999-later.sql)');
    await db.destroy();
  });
});

test('R73 what was kept aside before there was a seal is held afterwards, whole', async () => {
  const earlier = mkdtempSync(join(tmpdir(), 'meadowlark-earlier-'));
  for (const name of OURS.filter((one) => one < '0003')) {
    cpSync(join(import.meta.dirname, 'migrations', name), join(earlier, name));
  }
  const { db, sqlite } = openDatabase(file());
  migrate(sqlite, earlier);
  const at = '2026-11-24T08:45:00.000Z';
  sqlite.exec(SCHOOL);
  sqlite.exec(`
    INSERT INTO staff (id, school_id, email, name, forename, surname, created_at)
      VALUES ('rosa', 's', 'rosa@larkfield.example', 'Rosa Blake', 'Rosa', 'Blake', '${at}');
    INSERT INTO submission VALUES
      ('one', 's', 'rosa', 'incident', 'aa', 'K7QM-2FXD', '${at}', '${at}', 0, '{}');
    INSERT INTO submission_aside VALUES
      ('one', 's', 'rosa', 'bb', '{"kind":"incident","text":"The later words."}', '${at}'),
      ('one', 's', 'rosa', 'cc', '{"kind":"action","text":"The last words."}', '${at}')`);
  migrate(sqlite);
  const held = sqlite
    .prepare<[], { id: string; inside: string }>('SELECT * FROM held ORDER BY sha256')
    .all();
  await db.destroy();
  rmSync(earlier, { recursive: true });
  expect(held).toMatchObject([
    { item_id: 'one', reason: 'differs', kind: 'incident', reference: 'K7QM-2FXD' },
    { item_id: 'one', reason: 'differs', kind: 'action', reference: 'K7QM-2FXD' },
  ]);
  for (const { id } of held) expect(Id.parse(id)).toBe(id);
  expect(JSON.parse(held[0]?.inside ?? '')).toEqual({
    kind: 'submission',
    submission: { kind: 'incident', text: 'The later words.' },
  });
});

test('S8 cases that were assigned earlier are listed as they stand, and follow when they are closed', async () => {
  const earlier = mkdtempSync(join(tmpdir(), 'meadowlark-earlier-'));
  for (const name of OURS.filter((one) => one < '0004')) {
    cpSync(join(import.meta.dirname, 'migrations', name), join(earlier, name));
  }
  const { db, sqlite } = openDatabase(file());
  migrate(sqlite, earlier);
  const at = '2026-11-24T08:45:00.000Z';
  sqlite.exec(SCHOOL);
  sqlite.exec(`
    INSERT INTO staff (id, school_id, email, name, forename, surname, created_at)
      VALUES ('rosa', 's', 'rosa@larkfield.example', 'Rosa Blake', 'Rosa', 'Blake', '${at}');
    INSERT INTO student (id, school_id, forename, surname, created_at)
      VALUES ('ben', 's', 'Ben', 'Stone', '${at}')`);
  for (const [id, status] of [
    ['one', 'active'],
    ['two', 'closed'],
  ]) {
    sqlite.exec(`
      INSERT INTO submission VALUES
        ('${id}', 's', 'rosa', 'incident', 'aa', '${id}', '${at}', '${at}', 0, '{}');
      INSERT INTO incident VALUES ('${id}', 's', 'ben', 'rosa', '.', '${status}', 0, '${at}', '${at}');
      INSERT INTO incident_assignee VALUES ('s', '${id}', 'rosa')`);
  }
  migrate(sqlite);
  const standing = sqlite
    .prepare('SELECT status FROM incident_assignee WHERE submitted_at = ? ORDER BY incident_id')
    .pluck();
  expect(standing.all(at)).toEqual(['active', 'closed']);
  sqlite.exec("UPDATE incident SET status = 'closed' WHERE id = 'one'");
  expect(standing.all(at)).toEqual(['closed', 'closed']);
  expect(() =>
    sqlite.exec("UPDATE incident_assignee SET status = 'active' WHERE incident_id = 'one'"),
  ).toThrow('FOREIGN KEY');
  await db.destroy();
  rmSync(earlier, { recursive: true });
});

test('R71 a row of the audit can be neither changed nor deleted, by anyone', async () => {
  const { db, sqlite } = openDatabase(file());
  migrate(sqlite);
  sqlite.exec(SCHOOL);
  sqlite.exec(
    "INSERT INTO audit (school_id, at, event, result) VALUES ('s', '2026-11-24', 'view', 'done')",
  );
  expect(() => sqlite.exec("UPDATE audit SET result = 'refused'")).toThrow('never changed');
  expect(() => sqlite.exec('DELETE FROM audit')).toThrow('never deleted');
  await db.destroy();
});
