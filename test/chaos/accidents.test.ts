/** What happens in schools: a backup put back, a wrong clock, a captive portal, a long queue, a full disk. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync, rmSync, statfsSync } from 'node:fs';
import { createServer } from 'node:https';
import { once } from 'node:events';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readKeys } from '../../server/certificate/folder.ts';
import { until } from './client-handle.ts';
import { IN_ORDER, carryQueue } from './long-queue.ts';
import { sendWithField, sendWithHeader } from './newer-client.ts';
import { OneComputer } from './one-computer.ts';
import { OtherVersion } from './other-version.ts';

const TEN_YEARS_MS = 10 * 365.25 * 24 * 60 * 60 * 1000;

let one: OneComputer;
beforeEach(async () => {
  one = await OneComputer.begin();
});
afterEach(() => one.end());

function rows(query: string): unknown[] {
  const sqlite = new SQLite(one.school.databaseFile, { readonly: true });
  try {
    return sqlite.prepare(query).pluck().all();
  } finally {
    sqlite.close();
  }
}

test('R83 yesterday’s copy of the server is put back: what was acknowledged since is offered again, once', async () => {
  const [ana] = one.people;
  const client = await one.start();
  await client.signIn(ana);
  await one.submit(client, ana, 3);
  expect(await one.drained(client)).toBe(true);
  await one.school.stop();
  const copy = join(one.folder, 'copy');
  one.school.backUp(copy);
  await one.school.start();
  await client.wokeUp();
  await one.submit(client, ana, 4);
  expect(await one.drained(client)).toBe(true);
  await one.school.stop();
  expect(one.found().marks).toEqual(one.submitted);
  one.school.restore(copy);
  expect(one.found().marks.length).toBe(3);

  // The next time the program is started, nobody is signed in.
  await one.stop();
  await one.school.start();
  const again = await one.start();
  expect(await until(async () => one.found().marks.length === 7, 60_000)).toBe(true);
  expect(await one.drained(again)).toBe(true);
  expect(one.found()).toEqual({ marks: one.submitted, held: 0 });
});

// Three starts of the program and as many sign-ins.
describe('R81 a clock that is wrong by ten years', { timeout: 90_000 }, () => {
  test.each([
    ['ahead', TEN_YEARS_MS],
    ['behind', -TEN_YEARS_MS],
  ])('%s: everything arrives, marked, and how wrong it was is kept', async (_, by) => {
    const entry = join(one.folder, 'vault.mjs');
    const main = join(import.meta.dirname, '../../src-vault/main.ts');
    writeFileSync(
      entry,
      `const Right = Date;
       globalThis.Date = class extends Right {
         constructor(...given) { super(...(given.length === 0 ? [Right.now() + ${by}] : given)); }
         static now() { return Right.now() + ${by}; }
       };
       await import(${JSON.stringify(main)});`,
    );
    const [ana] = one.people;
    const right = await one.start();
    await right.signIn(ana);
    await one.submit(right, ana, 1);
    expect(await one.drained(right)).toBe(true);
    // The battery of its clock has failed over night.
    await one.stop();
    const wrong = await one.start({ vaultEntry: entry, clockWrongBy: by });
    await wrong.signIn(ana);
    const writtenAt = new Date(Date.now() + by).toISOString();
    const ids = await one.submit(wrong, ana, 2, { writtenAt });
    expect(await one.drained(wrong)).toBe(true);
    await one.stop();
    const again = await one.start();
    await again.signIn(ana);
    await one.submit(again, ana, 1);
    expect(await one.drained(again)).toBe(true);
    expect(one.found()).toEqual({ marks: one.submitted, held: 0 });
    const wronglyTimed = rows('SELECT id FROM submission WHERE clock_is_wrong = 1');
    expect(new Set(wronglyTimed)).toEqual(new Set(ids));
    const [offset = 0] = rows(`SELECT clock_offset_ms FROM carried WHERE id = '${ids[0]}'`);
    expect(Math.abs(Number(offset) - by)).toBeLessThan(60_000);
  });
});

test('R86 a captive portal says 200 to everything in HTML: nothing counts as delivered', async () => {
  const [ana] = one.people;
  const client = await one.start();
  await client.signIn(ana);
  expect(await until(async () => (await client.link()) === 'online', 30_000)).toBe(true);
  await one.school.stop();
  const { certificate: cert, key } = readKeys(one.school.folder).server;
  let asked = 0;
  const portal = createServer({ cert, key }, (request, response) => {
    asked += Number(request.url === '/v1/submissions');
    request.resume();
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end('<h1>Welcome to the guest network</h1>');
  });
  portal.listen(one.school.serverPort, '127.0.0.1');
  await once(portal, 'listening');
  await one.submit(client, ana, 2);
  expect(await until(async () => asked > 1, 30_000)).toBe(true);
  await expect.poll(() => client.link(), { timeout: 20_000 }).toBe('offline');
  const { items } = await client.must('listOwnItems');
  expect((items as { receipt: unknown }[]).map(({ receipt }) => receipt)).toEqual([null, null]);
  portal.closeAllConnections();
  portal.close();
  await once(portal, 'close');
  await one.school.start();
  await client.wokeUp();
  expect(await one.drained(client)).toBe(true);
  expect(one.found()).toEqual({ marks: one.submitted, held: 0 });
});

test('R84 sixty items wait: the urgent ones are there first, all of them once', async () => {
  expect(await carryQueue(one, 60)).toEqual(IN_ORDER);
}, 60_000);

test('R85 Ana submits without the server and goes; while Ben is there it is carried, as Ana’s', async () => {
  const [ana, ben] = one.people;
  const client = await one.start();
  await client.signIn(ana);
  await client.must('saveDraft', {
    draft: {
      id: newId(),
      kind: 'incident',
      incidentId: null,
      content: '"Of Ana."',
      place: { field: null, selectionStart: null, selectionEnd: null, scrollTop: 0 },
    },
    revision: 0,
  });
  await one.school.stop();
  const [id] = await one.submit(client, ana, 1);
  await client.must('signOut');
  await one.school.start();
  await client.signIn(ben);
  expect(await one.drained(client)).toBe(true);
  expect((await client.must('listOwnItems'))['items']).toEqual([]);
  expect((await client.must('listDrafts'))['drafts']).toEqual([]);
  expect(rows(`SELECT author_id FROM incident WHERE id = '${id}'`)).toEqual([ana.id]);
  expect(one.found()).toEqual({ marks: one.submitted, held: 0 });
});

test('R82 a later client: a header that the server does not know changes nothing, a form that it does not know is held whole', async () => {
  const [ana] = one.people;
  const client = await one.start();
  await client.signIn(ana);
  await one.school.stop();
  const [id = ''] = await one.submit(client, ana, 1);
  await one.stop();
  await one.school.start();
  const file = one.school.fileFor(one.school.serverPort);
  const newer = { file, folder: one.data };
  expect(await sendWithHeader(newer, id)).toBe(200);
  expect(one.found()).toEqual({ marks: one.submitted, held: 0 });
  const sent = await sendWithField(newer, 'Of tomorrow.');
  expect(sent.status).toBe(200);
  const held = `SELECT reason || ' ' || kind || ' ' || (sealed IS NOT NULL) FROM held WHERE id = '${sent.id}'`;
  expect(rows(held)).toEqual(['not-genuine unreadable 1']);
});

test.each([
  ['later', ['/v1/submissions', '/v1/session', '/v1/keys', '/v1/incidents/history']],
  ['earlier', ['/v1/submissions', '/v1/drafts']],
] as const)(
  'R82 a server of the %s version: people sign in, read, write and get their receipts as ever',
  async (version, paths) => {
    const front = await OtherVersion.start(one.school, version);
    try {
      const [ana] = one.people;
      const client = await one.start({ port: front.port });
      await client.signIn(ana);
      const [id = ''] = await one.submit(client, ana, 1);
      expect(await one.drained(client)).toBe(true);
      const { items } = await client.must('listOwnItems');
      expect(items).toMatchObject([{ id, receipt: { submissionId: id } }]);
      expect((await client.must('listHistory'))['rows']).toMatchObject([{ id }]);
      expect((await client.must('listAlerts'))['alerts']).toEqual([]);
      const draft = { id: newId(), kind: 'incident', incidentId: null, content: '{}' };
      const place = { field: null, selectionStart: null, selectionEnd: null, scrollTop: 0 };
      await client.must('saveDraft', { draft: { ...draft, place }, revision: 1 });
      await client.must('signOut');
      await one.stop();
      // The round of a computer that has been here before asks for what came since, too.
      const again = await one.start({ port: front.port });
      const isAsked = async () => front.changed.has('/v1/submissions/lacking');
      expect(await until(isAsked, 30_000)).toBe(true);
      await again.signIn(ana);
      expect([...front.changed]).toEqual(expect.arrayContaining([...paths]));
      expect(one.found()).toEqual({ marks: one.submitted, held: 0 });
    } finally {
      await front.close();
    }
  },
);

test.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
  'R79 a full disk: not saved is said, nothing before is lost, and it goes on when there is room',
  async ({ skip }) => {
    mkdirSync(one.data, { recursive: true });
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', one.data]);
    if (mounted.status !== 0) skip('nothing may be mounted here');
    try {
      const [ana] = one.people;
      const client = await one.start();
      await client.signIn(ana);
      const [before] = await one.submit(client, ana, 1);
      // Its receipt empties the store's log: that would make room again behind the filler.
      expect(await one.drained(client)).toBe(true);
      const id = newId();
      const save = (length: number, revision: number) =>
        client.ask('saveDraft', {
          draft: {
            id,
            kind: 'incident',
            incidentId: null,
            content: JSON.stringify('x'.repeat(length)),
            place: { field: null, selectionStart: null, selectionEnd: null, scrollTop: 0 },
          },
          revision,
        });
      const saved = await save(5_000, 0);
      expect(saved).toMatchObject({ ok: true });
      const { bavail, bsize } = statfsSync(one.data);
      writeFileSync(join(one.data, 'filler'), Buffer.alloc(bavail * bsize));
      const revision = Number(saved.ok && saved.value['revision']);
      expect(await save(200_000, revision)).toEqual({ ok: false, code: 'not-saved' });
      const read = await client.must('readDraft', { id });
      expect(JSON.stringify(read).length).toBeGreaterThan(5_000);
      // A submission has the reserve.
      await one.submit(client, ana, 1);
      rmSync(join(one.data, 'filler'));
      expect(await save(200_000, revision)).toMatchObject({ ok: true });
      expect(await one.drained(client)).toBe(true);
      expect(one.found()).toEqual({ marks: one.submitted, held: 0 });
      expect(rows('SELECT id FROM carried')).toContain(before);
      await one.stop();
    } finally {
      spawnSync('umount', ['-l', one.data]);
    }
  },
);
