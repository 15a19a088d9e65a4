/** Sealed items over real HTTPS: each once, whole, with a receipt, and never passed off. */
import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { once } from 'node:events';
import type { ClientRequest } from 'node:http';
import { request } from 'node:https';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { listLacking, lackingBytes } from '../../src-shared/contract/computer.ts';
import { CARRY_PATH, SEALED_LARGEST_BYTES, type Concern } from '../../src-shared/contract/seal.ts';
import { Receipt, SubmissionId, receiptBytes } from '../../src-shared/contract/submission.ts';
import { readKeys } from '../certificate/folder.ts';
import { rotateSealingKey } from '../certificate/make.ts';
import { revokeComputer } from '../computer/rows.ts';
import { openDatabase } from '../db/open.ts';
import { databaseFile } from '../folder.ts';
import {
  certificateBy,
  concernFrom,
  headersOf,
  sealBytes,
  signedBy,
  testComputer,
  testKey,
  type TestComputer,
  type TestItem,
  type TestWriter,
} from '../testing/envelope.ts';
import { carryTo, enrolled, sealedBy, sealedTo, writerAt } from '../testing/office.ts';
import { addStaff, addStudent, type TestStaff } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let school: TestServer;
let computer: TestComputer;
let lead: TestStaff;
let author: TestStaff;
let rosa: TestWriter;
let ben: TestWriter;
let studentId: string;
let categoryId: string;

beforeAll(async () => {
  school = await startTestServer();
  lead = await addStaff(school, { name: 'Iris Lyle', isKeyUser: true });
  studentId = await addStudent(school, { forename: 'Amina', surname: 'Yusuf' });
  const category = await school.db.selectFrom('category').select('id').executeTakeFirstOrThrow();
  categoryId = category.id;
  computer = await enrolled(school);
  author = await addStaff(school, { name: 'Rosa Blake' });
  rosa = await writerAt(school, computer, author);
  ben = await writerAt(school, computer, await addStaff(school, { name: 'Ben Okoro' }));
});
// Items of strangers are counted by the minute, many from one computer by the hour.
beforeEach(() => school.clock.advance(2 * 60 * 60));
afterAll(() => school.close());

function incident(changes: Readonly<Record<string, unknown>> = {}) {
  const at = school.clock.now().toISOString();
  return {
    kind: 'incident',
    id: v7(),
    writtenAt: at,
    studentId,
    text: 'Amina said that nobody was at home last night.',
    categoryIds: [categoryId],
    linkedStudents: [],
    happenedAt: at,
    status: 'active',
    assigneeIds: [],
    agencies: [],
    alertStaffIds: [],
    alertGroupIds: [],
    ...changes,
  };
}

function concern(changes: Partial<Concern> = {}): Concern {
  return {
    id: SubmissionId.parse(v7()),
    writer: 'A supply teacher',
    student: 'Amina, in 7B I think',
    text: 'She would not go home.',
    writtenAt: school.clock.now().toISOString(),
    isFinished: true,
    ...changes,
  };
}

function garbageOf(from: TestComputer): TestItem {
  const [sealingKey] = school.house.seal.publicKeys();
  return { id: v7(), isUrgent: false, computer: from, sealingKey, sealed: new Uint8Array(80) };
}

const heldOf = (item: TestItem) =>
  school.db.selectFrom('held').selectAll().where('item_id', '=', item.id).executeTakeFirst();
const incidentsOf = (id: string) =>
  school.db.selectFrom('incident').selectAll().where('id', '=', id).execute();

/** The row of an item that got a receipt and is held; nothing was written under its name. */
async function heldAs(item: TestItem, headers: Record<string, string> = headersOf(item)) {
  const receipt = await carryTo(school, item, headers);
  expect(receipt).toMatchObject({ submissionId: item.id, alerted: 1 });
  expect(await incidentsOf(item.id)).toEqual([]);
  return await heldOf(item);
}

test('R73 a sealed entry is written as its author’s, and answered with a signed receipt', async () => {
  const body = incident();
  const receipt = await carryTo(school, sealedBy(school, rosa, body));
  expect(receipt).toMatchObject({ submissionId: body.id, alerted: 1 });
  const row = await school.db
    .selectFrom('incident')
    .selectAll()
    .where('id', '=', body.id)
    .executeTakeFirst();
  expect(row).toMatchObject({ author_id: rosa.staffId, text: body.text });
  expect(lead.id).not.toBe(rosa.staffId);
});

describe('the receipt says whether the entry could be recorded as it was written', () => {
  const reading = (item: TestItem, form: string) =>
    carryTo(school, item, { ...headersOf(item), 'meadowlark-receipt': form });
  const bySchool = (receipt: Receipt): boolean =>
    verify(
      null,
      receiptBytes(receipt),
      createPublicKey(readFileSync(join(school.folder, 'keys', 'signing-key.pem'))),
      Buffer.from(receipt.signature, 'base64'),
    );

  test('R73 recorded, or held for the safeguarding team alone; signed, and the same at a repeat', async () => {
    const recorded = sealedBy(school, rosa, incident());
    const held = sealedBy(school, rosa, incident({ studentId: v7() }));
    for (const [item, isHeld] of [
      [recorded, false],
      [held, true],
    ] as const) {
      // oxlint-disable-next-line no-await-in-loop -- the second send is of what the first left
      const receipt = Receipt.parse(await reading(item, '2'));
      expect(receipt.isHeld).toBe(isHeld);
      expect(bySchool(receipt)).toBe(true);
      expect(bySchool({ ...receipt, isHeld: !isHeld })).toBe(false);
      // oxlint-disable-next-line no-await-in-loop -- see above
      expect(await reading(item, '7')).toEqual(receipt);
    }
  });

  test('R82 a computer of an earlier version gets the first form, signed as that', async () => {
    const item = sealedBy(school, rosa, incident({ studentId: v7() }));
    const first = Receipt.parse(await carryTo(school, item));
    expect('isHeld' in first).toBe(false);
    expect(bySchool(first)).toBe(true);
    expect(await carryTo(school, item)).toEqual(first);
    expect(await reading(item, '2')).toMatchObject({ reference: first.reference, isHeld: true });
  });
});

test('R73 twenty couriers at once with the same item: one incident, one receipt, one alert', async () => {
  const item = sealedBy(school, rosa, incident());
  const receipts = await Promise.all(Array.from({ length: 20 }, () => carryTo(school, item)));
  expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
  const alerts = await school.db
    .selectFrom('alert')
    .select('staff_id')
    .where('incident_id', '=', item.id)
    .execute();
  expect(alerts).toEqual([{ staff_id: lead.id }]);
});

test('R73 the same id with other bytes is answered with submission-differs, and kept', async () => {
  const body = incident();
  await carryTo(school, sealedBy(school, rosa, body));
  const other = sealedBy(school, rosa, { ...body, text: 'Other words.' });
  expect(await carryTo(school, other)).toBe('submission-differs');
  expect(await heldOf(other)).toMatchObject({ reason: 'differs' });
});

describe('R85 nobody passes off what another wrote', () => {
  test('a forged signature', async () => {
    const inside = {
      ...signedBy(rosa, incident()),
      signature: signedBy(rosa, incident()).signature,
    };
    const held = await heldAs(sealedTo(school, computer, inside));
    expect(held).toMatchObject({
      reason: 'identity-unverified',
      identity_is_certain: 0,
      staff_id: rosa.staffId,
    });
  });

  test('a colleague who signs another’s words as the other', async () => {
    const forged = { ...signedBy({ ...ben, staffId: rosa.staffId }, incident()) };
    expect(await heldAs(sealedTo(school, computer, forged))).toMatchObject({
      reason: 'identity-unverified',
    });
  });

  test('a colleague who puts the other’s certificate to their own signature', async () => {
    const forged = {
      ...signedBy({ ...ben, staffId: rosa.staffId }, incident()),
      certificate: rosa.certificate,
    };
    expect(await heldAs(sealedTo(school, computer, forged))).toMatchObject({
      reason: 'identity-unverified',
    });
  });

  test('a colleague who sends the other’s sealed bytes under an id of their own', async () => {
    const item = sealedBy(school, rosa, incident());
    expect(await heldAs({ ...item, id: v7() })).toMatchObject({ reason: 'not-genuine' });
    expect(await incidentsOf(item.id)).toEqual([]);
    // Rosa’s own arrives all the same.
    expect(await carryTo(school, item)).toMatchObject({ submissionId: item.id });
    expect(await incidentsOf(item.id)).toMatchObject([{ author_id: rosa.staffId }]);
  });

  test('a certificate of another school', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const elsewhere = (bytes: Uint8Array) => sign(null, bytes, privateKey).toString('base64');
    const writer = { ...rosa, certificate: certificateBy(elsewhere, rosa) };
    expect(await heldAs(sealedBy(school, writer, incident()))).toMatchObject({
      reason: 'identity-unverified',
    });
  });

  test('a certificate for another computer', async () => {
    const other = await enrolled(school, 'LIBRARY-1');
    const owner = { ...rosa, computer: other };
    const writer = { ...rosa, certificate: certificateBy(school.house.sign, owner) };
    expect(await heldAs(sealedBy(school, writer, incident()))).toMatchObject({
      reason: 'identity-unverified',
    });
  });

  test('no certificate and a key that the school never saw', async () => {
    const writer = { ...rosa, key: testKey(), certificate: null };
    expect(await heldAs(sealedBy(school, writer, incident()))).toMatchObject({
      reason: 'identity-unverified',
    });
  });

  test('no certificate, but the key was certified since: it is its author’s', async () => {
    const item = sealedBy(school, { ...rosa, certificate: null }, incident());
    await carryTo(school, item);
    expect(await incidentsOf(item.id)).toMatchObject([{ author_id: rosa.staffId }]);
  });

  test('an author whom the school never had', async () => {
    const nobody = { staffId: v7(), computer, key: testKey() };
    const writer = { ...nobody, certificate: certificateBy(school.house.sign, nobody) };
    expect(await heldAs(sealedBy(school, writer, incident()))).toMatchObject({
      reason: 'author-unknown',
    });
  });

  test('an author who has left: held, and the team knows for certain who wrote it', async () => {
    const leaver = await addStaff(school, { name: 'Len Orme' });
    const writer = await writerAt(school, computer, leaver);
    await school.db
      .updateTable('staff')
      .set({ is_active: 0 })
      .where('id', '=', leaver.id)
      .execute();
    const held = await heldAs(sealedBy(school, writer, incident()));
    expect(held).toMatchObject({
      reason: 'author-unknown',
      staff_id: leaver.id,
      identity_is_certain: 1,
    });
  });
});

describe('R81 a computer’s clock', () => {
  const sentAt = (ms: number) => new Date(school.clock.now().getTime() + ms).toISOString();
  const flagOf = async (sent: string | null) => {
    const item = sealedBy(school, rosa, incident());
    const headers = sent === null ? {} : { 'meadowlark-sent-at': sent };
    const answer = await carryTo(school, item, { ...headersOf(item), ...headers });
    expect(answer).toMatchObject({ submissionId: item.id });
    const { clock_is_wrong: flag } = await school.db
      .selectFrom('submission')
      .select('clock_is_wrong')
      .where('id', '=', item.id)
      .executeTakeFirstOrThrow();
    const { clock_offset_ms: offset } = await school.db
      .selectFrom('carried')
      .select('clock_offset_ms')
      .where('id', '=', item.id)
      .executeTakeFirstOrThrow();
    return { flag, offset };
  };

  test.each([
    [0, 0],
    [300_000, 0],
    [-300_000, 0],
    [300_001, 1],
    [-300_001, 1],
    [24 * 3_600_000, 1],
    [-10 * 365 * 24 * 3_600_000, 1],
  ])('off by %i ms: kept, and flagged beyond five minutes (%i)', async (offset, flag) => {
    expect(await flagOf(sentAt(offset))).toEqual({ flag, offset });
  });

  test('one that is not said, or is no time, refuses nothing and is not known', async () => {
    for (const sent of [null, 'yesterday', '']) {
      expect(await flagOf(sent)).toEqual({ flag: 0, offset: null });
    }
  });

  test('S24 what was written days ago without the server, and sent by a right clock, is not flagged', async () => {
    const at = sentAt(-3 * 24 * 3_600_000);
    const item = sealedBy(school, rosa, incident({ writtenAt: at, happenedAt: at }));
    await carryTo(school, item, { ...headersOf(item), 'meadowlark-sent-at': sentAt(900) });
    const rows = await school.db
      .selectFrom('submission')
      .select('clock_is_wrong')
      .where('id', '=', item.id)
      .execute();
    expect(rows).toEqual([{ clock_is_wrong: 0 }]);
  });
});

describe('R42 the computer', () => {
  test('one that the school does not know: kept whole, once, with a receipt', async () => {
    const stranger = testComputer('SOMEWHERE');
    const item = sealedTo(school, stranger, concernFrom(stranger, concern()));
    const held = await heldAs(item);
    expect(held?.reason).toBe('computer-unknown');
    expect(Buffer.from(held?.sealed ?? []).equals(item.sealed)).toBe(true);
    const again = await carryTo(school, item);
    expect(again).toMatchObject({ reference: held?.reference });
  });

  test('one that was revoked: kept, but nobody is taken for its certain author', async () => {
    const stolen = await enrolled(school, 'STOLEN-1');
    const writer = await writerAt(school, stolen, author);
    const before = sealedBy(school, writer, incident());
    await carryTo(school, before);
    expect(await incidentsOf(before.id)).toHaveLength(1);
    const schoolId = school.settings.school.id;
    const at = school.clock.now().toISOString();
    await school.db
      .transaction()
      .execute((trx) => revokeComputer(trx, { schoolId, id: stolen.id, at }));
    const held = await heldAs(sealedBy(school, writer, incident()));
    expect(held).toMatchObject({ reason: 'computer-unknown', identity_is_certain: 0 });
    // Nor by a computer that is trusted, with the stolen one’s certificate.
    const carriedElsewhere = { ...sealedBy(school, writer, incident()), computer };
    expect(await heldAs(carriedElsewhere)).toMatchObject({
      reason: 'identity-unverified',
      identity_is_certain: 0,
    });
    // What it sent before has its receipt still.
    expect(await carryTo(school, before)).toMatchObject({ submissionId: before.id });
  });

  test('R27 one that lost its key carries as a new computer what was sealed there before: it is its author’s', async () => {
    const before = await enrolled(school, 'RECEPTION-9');
    const writer = await writerAt(school, before, author);
    const after = await enrolled(school, 'RECEPTION-9');
    const item = { ...sealedBy(school, writer, incident()), computer: after };
    expect(await carryTo(school, item)).toMatchObject({ submissionId: item.id });
    expect(await incidentsOf(item.id)).toMatchObject([{ author_id: writer.staffId }]);
    // The earlier one stays in the school's list as what it was.
    const listed = await school.db.selectFrom('computer').selectAll().execute();
    expect(listed.filter(({ name }) => name === 'RECEPTION-9')).toMatchObject([
      { id: before.id, revoked_at: null },
      { id: after.id, revoked_at: null },
    ]);
  });

  test('R27 what was sealed on such a computer before the school had certified its author’s key is held', async () => {
    const before = await enrolled(school, 'RECEPTION-8');
    const writer = { staffId: author.id, computer: before, key: testKey(), certificate: null };
    const after = await enrolled(school, 'RECEPTION-8');
    const item = { ...sealedBy(school, writer, incident()), computer: after };
    expect(await heldAs(item)).toMatchObject({ reason: 'identity-unverified' });
    const concernOf = sealedTo(school, before, concernFrom(before, concern()));
    expect(await heldAs({ ...concernOf, computer: after })).toMatchObject({
      reason: 'without-signing-in',
    });
  });

  test('one that signs with another key, or for another item, does not carry it', async () => {
    const thief = { ...computer, key: testKey() };
    expect(await heldAs({ ...sealedBy(school, rosa, incident()), computer: thief })).toMatchObject({
      reason: 'not-genuine',
    });
    const item = sealedBy(school, rosa, incident());
    const other = sealedBy(school, rosa, incident());
    const headers = {
      ...headersOf(item),
      'meadowlark-proof': headersOf(other)['meadowlark-proof'] ?? '',
    };
    expect(await heldAs(item, headers)).toMatchObject({ reason: 'not-genuine' });
  });

  test('strangers who send too much have to wait; computers of the school do not', async () => {
    const stranger = testComputer('FLOOD');
    const answers: unknown[] = [];
    for (let sent = 0; sent < 61; sent += 1) {
      const item = sealedTo(school, stranger, concernFrom(stranger, concern()));
      answers.push(await carryTo(school, item));
    }
    expect(answers.at(59)).toMatchObject({ alerted: 1 });
    expect(answers.at(60)).toBe('too-many-tries');
    const late = sealedTo(school, stranger, concernFrom(stranger, concern()));
    const reply = await school.raw({
      method: 'POST',
      path: CARRY_PATH,
      headers: headersOf(late),
      body: late.sealed,
    });
    expect([reply.status, Number(reply.headers['retry-after']) > 0]).toEqual([429, true]);
    expect(await carryTo(school, sealedBy(school, rosa, incident()))).toMatchObject({ alerted: 1 });
    school.clock.advance(61);
    expect(await carryTo(school, late)).toMatchObject({ alerted: 1 });
  });

  test('R59 a computer of the school that sends 70 in a minute is never held up', async () => {
    const items = Array.from({ length: 70 }, () => sealedBy(school, rosa, incident()));
    for (const item of items) {
      expect(await carryTo(school, item)).toMatchObject({ submissionId: item.id });
    }
  });

  test('R59 one that sends far more than people write is told to wait, and nothing is lost by it', async () => {
    const strict = await startTestServer({ carriesPerMinute: 1 });
    const there = await enrolled(strict);
    const other = await enrolled(strict, 'LIBRARY-1');
    const from = (one: TestComputer) => sealedTo(strict, one, concernFrom(one, concern()));
    for (let sent = 0; sent < 20; sent += 1) {
      expect(await carryTo(strict, from(there))).toHaveProperty('reference');
    }
    const late = from(there);
    const { status, headers } = await strict.raw({
      method: 'POST',
      path: CARRY_PATH,
      headers: headersOf(late),
      body: late.sealed,
    });
    expect([status, headers['retry-after']]).toEqual([429, '60']);
    expect(await carryTo(strict, from(other))).toHaveProperty('reference');
    strict.clock.advance(60);
    expect(await carryTo(strict, late)).toHaveProperty('reference');
    await strict.close();
  });

  test('R59 what a neighbour sends, sense or none, holds up no computer of the school', async () => {
    const strict = await startTestServer({ carriesPerMinute: 1 });
    const there = await enrolled(strict);
    for (let sent = 0; sent < 30; sent += 1) {
      const { status } = await strict.raw({ method: 'POST', path: CARRY_PATH, body: 'x' });
      expect(status).toBe(400);
    }
    const item = sealedTo(strict, there, concernFrom(there, concern()));
    expect(await carryTo(strict, item)).toHaveProperty('reference');
    await strict.close();
  });

  test('bodies that do not end take sixteen places of their network, and none of the school’s', async () => {
    const stranger = testComputer('X');
    const begun = garbageOf(stranger);
    const sockets: ClientRequest[] = [];
    for (let open = 0; open < 16; open += 1) {
      const sending = request({
        port: school.settings.listen.port,
        agent: false,
        ca: readKeys(school.folder).authority ?? undefined,
        method: 'POST',
        path: CARRY_PATH,
        headers: { ...headersOf(begun), 'content-length': 1024, expect: '100-continue' },
      });
      sending.on('error', () => undefined);
      sending.flushHeaders();
      await once(sending, 'continue');
      sockets.push(sending);
    }
    expect(await carryTo(school, garbageOf(stranger))).toBe('too-many-tries');
    expect(await carryTo(school, sealedBy(school, rosa, incident()))).toMatchObject({ alerted: 1 });
    for (const sending of sockets) sending.destroy();
    await vi.waitFor(async () =>
      expect(await carryTo(school, garbageOf(stranger))).toHaveProperty('reference'),
    );
  });
});

describe('what cannot be opened or read', () => {
  test('any flipped bit of the sealed bytes is kept aside, with a receipt, and is no fault', async () => {
    const item = sealedBy(school, rosa, incident());
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: item.sealed.length - 1 }),
        fc.nat({ max: 7 }),
        async (index, bit) => {
          // So that strangers' minute is a new one each time.
          school.clock.advance(61);
          const sealed = Uint8Array.from(item.sealed);
          sealed[index] = (sealed[index] ?? 0) ^ (1 << bit);
          const flipped = { ...item, id: v7(), sealed };
          const held = await heldAs(flipped);
          expect(held).toMatchObject({ reason: 'not-genuine', kind: 'unreadable' });
          expect(Buffer.from(held?.sealed ?? []).equals(sealed)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('R54 whatever is sealed is kept: bytes, JSON of all kinds, nearly an entry', async () => {
    const [sealingKey] = school.house.seal.publicKeys();
    const near = fc.record(
      {
        kind: fc.constantFrom('submission', 'concern', 'other'),
        version: fc.constantFrom(1, 2),
        staffId: fc.constantFrom(rosa.staffId, 'nobody'),
        computerId: fc.constantFrom(computer.id, 7),
        submission: fc.oneof(fc.constant(incident()), fc.jsonValue()),
        concern: fc.oneof(fc.constant(concern()), fc.jsonValue()),
        certificate: fc.oneof(fc.constant(null), fc.jsonValue()),
        signature: fc.string(),
      },
      { requiredKeys: [] },
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .oneof(near, fc.jsonValue())
        .map((value) => new TextEncoder().encode(JSON.stringify(value))),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.boolean(), async (inside, isSealed) => {
        school.clock.advance(61);
        const sealed = isSealed ? sealBytes(sealingKey, inside) : inside;
        const item: TestItem = { id: v7(), isUrgent: false, computer, sealingKey, sealed };
        expect(await carryTo(school, item)).toMatchObject({ submissionId: item.id });
        expect(await incidentsOf(item.id)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('R53 the largest that may come, and one byte more', async () => {
    const item = sealedBy(school, rosa, incident());
    const largest = { ...item, sealed: new Uint8Array(SEALED_LARGEST_BYTES).fill(7) };
    expect(await heldAs(largest)).toMatchObject({ reason: 'not-genuine' });
    const larger = { ...item, id: v7(), sealed: new Uint8Array(SEALED_LARGEST_BYTES + 1) };
    expect(await carryTo(school, larger)).toBe('too-large');
  });

  test.each([
    ['no headers', {}],
    ['JSON', { 'content-type': 'application/json' }],
    ['an id that is none', { 'meadowlark-submission': 'x' }],
    ['a proof that is none', { 'meadowlark-proof': 'x' }],
    ['an urgency that is none', { 'meadowlark-urgent': '2' }],
    ['a key that is none', { 'meadowlark-sealing-key': '../..' }],
  ])('%s outside is refused, and nothing is kept', async (what, changes) => {
    const item = sealedBy(school, rosa, incident());
    const headers = what === 'no headers' ? {} : { ...headersOf(item), ...changes };
    expect(await carryTo(school, item, headers)).toBe('bad-request');
    expect(await heldOf(item)).toBeUndefined();
  });

  test('R55 other methods are told so', async () => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      expect((await school.raw({ method, path: CARRY_PATH })).status).toBe(405);
    }
  });

  test('R103 nothing of what was sealed is in the log', () => {
    expect(school.logLines.join('\n')).not.toMatch(/Amina|nobody was at home|supply teacher/);
    expect(school.logLines.filter((line) => line.includes('a request failed'))).toEqual([]);
  });
});

describe('the sealing key', () => {
  test('R27 after rotate-keys old and new are opened, without a restart', async () => {
    const before = sealedBy(school, rosa, incident());
    rotateSealingKey(school.folder);
    const after = sealedBy(school, rosa, incident());
    expect(after.sealingKey).not.toBe(before.sealingKey);
    await carryTo(school, after);
    await carryTo(school, before);
    expect(await incidentsOf(before.id)).toHaveLength(1);
    expect(await incidentsOf(after.id)).toHaveLength(1);
  });

  test('a wrong name of the key does not cost the entry', async () => {
    const item = sealedBy(school, rosa, incident());
    const headers = { ...headersOf(item), 'meadowlark-sealing-key': '0123456789abcdef' };
    await carryTo(school, item, headers);
    expect(await incidentsOf(item.id)).toHaveLength(1);
  });
});

describe('a concern without signing in', () => {
  test('waits for the safeguarding team alone, and is no incident', async () => {
    const item = sealedTo(school, computer, concernFrom(computer, concern({ isFinished: false })));
    const held = await heldAs(item);
    expect(held).toMatchObject({
      reason: 'without-signing-in',
      kind: 'concern',
      writer: 'A supply teacher',
      staff_id: null,
    });
    const [mail] = await school.db
      .selectFrom('mail')
      .select(['staff_id', 'subject', 'body'])
      .orderBy('position', 'desc')
      .limit(1)
      .execute();
    expect(mail).toMatchObject({
      staff_id: lead.id,
      subject: 'A concern was sent without signing in',
    });
  });

  test('R104 its e-mail says nothing of it', async () => {
    school.inbox.empty();
    const item = sealedTo(school, computer, concernFrom(computer, concern()));
    await carryTo(school, item);
    const { source } = await school.inbox.next(lead.email);
    expect(source).not.toMatch(/Amina|supply|go home|7B/);
  });

  test('from the sixth an hour they are marked, and their e-mails gathered', async () => {
    const mails = async () => {
      const { count } = await school.db
        .selectFrom('mail')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return count;
    };
    const before = await mails();
    const marked: (number | undefined)[] = [];
    for (let sent = 0; sent < 8; sent += 1) {
      const item = sealedTo(school, computer, concernFrom(computer, concern()));
      marked.push((await heldAs(item))?.is_one_of_many);
    }
    expect(marked).toEqual([0, 0, 0, 0, 0, 1, 1, 1]);
    expect((await mails()) - before).toBe(6);
    school.clock.advance(61 * 60);
    const later = sealedTo(school, computer, concernFrom(computer, concern()));
    expect((await heldAs(later))?.is_one_of_many).toBe(0);
  });
});

test('R83 a server that was restored from yesterday takes again what it lost, each once', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'meadowlark-yesterday-'));
  const kept = sealedBy(school, rosa, incident());
  await carryTo(school, kept);
  const { sqlite, db } = openDatabase(databaseFile(school.folder));
  sqlite.prepare('VACUUM INTO ?').run(join(copy, 'meadowlark.sqlite'));
  await db.destroy();
  cpSync(join(school.folder, 'keys'), join(copy, 'keys'), { recursive: true });

  // Today: another key of Rosa’s, and two entries with it.
  const today = await writerAt(school, computer, author);
  const lost = [sealedBy(school, today, incident()), sealedBy(school, today, incident())];
  for (const item of lost) await carryTo(school, item);

  const restored = await startTestServer({
    restoreFrom: copy,
    clockAt: school.clock.now().toISOString(),
    change: (settings) => ({ ...settings, school: school.settings.school }),
  });
  const ids = [kept.id, ...lost.map(({ id }) => id)];
  const asked = { computerId: computer.id, ids };
  const proof = computer.key.sign(lackingBytes(asked));
  const answer = await restored.call(listLacking, { ...asked, proof });
  expect(answer).toMatchObject({ value: { lacking: lost.map(({ id }) => id) } });
  for (const item of [...lost, ...lost, kept]) {
    expect(Receipt.safeParse(await carryTo(restored, item)).success).toBe(true);
  }
  const incidents = await restored.db
    .selectFrom('incident')
    .select(['id', 'author_id'])
    .where('id', 'in', ids)
    .execute();
  const held = await restored.db
    .selectFrom('held')
    .select('item_id')
    .where('item_id', 'in', ids)
    .execute();
  await restored.close();
  rmSync(copy, { recursive: true });
  expect(incidents).toHaveLength(3);
  expect(new Set(incidents.map((row) => row.author_id))).toEqual(new Set([rosa.staffId]));
  expect(held).toEqual([]);
});
