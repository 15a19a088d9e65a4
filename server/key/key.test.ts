/** Keys over real HTTPS: certified for their person alone, and drafts' keys given back to theirs (R27). */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { recoverDraftKey, registerKey } from '../../src-shared/contract/key.ts';
import { certificateBytes } from '../../src-shared/contract/seal.ts';
import { readSession } from '../../src-shared/contract/session.ts';
import { rotateSealingKey } from '../certificate/make.ts';
import { revokeComputer } from '../computer/rows.ts';
import {
  registrationOf,
  sealBytes,
  testComputer,
  testKey,
  testRecipient,
  type TestComputer,
} from '../testing/envelope.ts';
import { enrolled, writerAt } from '../testing/office.ts';
import { addStaff, type TestStaff } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let school: TestServer;
let computer: TestComputer;
let rosa: TestStaff;
let ben: TestStaff;
beforeAll(async () => {
  school = await startTestServer();
  computer = await enrolled(school);
  rosa = await addStaff(school, { name: 'Rosa Blake' });
  ben = await addStaff(school, { name: 'Ben Okoro' });
});
beforeEach(() => school.clock.advance(60 * 60));
afterAll(() => school.close());

const DRAFT_KEY = Buffer.alloc(32, 9).toString('base64');

function escrowFor(who: TestStaff, where = computer, on = school): string {
  const inside = { staffId: who.id, computerId: where.id, draftKey: DRAFT_KEY };
  const [sealingKey] = on.house.seal.publicKeys();
  const bytes = new TextEncoder().encode(JSON.stringify(inside));
  return Buffer.from(sealBytes(sealingKey, bytes)).toString('base64');
}

async function recover(sealed: string, token: string, recipient = testRecipient()) {
  const asked = { sealed, recipient: recipient.publicKey };
  const answer = await school.call(recoverDraftKey, asked, token);
  if (!answer.ok) return answer.error.code;
  return JSON.parse(new TextDecoder().decode(recipient.open(answer.value.sealed))) as unknown;
}

const recoveries = () =>
  school.db
    .selectFrom('audit')
    .select(['staff_id', 'object_id', 'result'])
    .where('event', '=', 'draft-key-recovered')
    .orderBy('position', 'desc')
    .execute();

test('a key is certified by the school, for its person and computer, and the same again', async () => {
  const writer = await writerAt(school, computer, rosa);
  const { certificate } = writer;
  if (certificate === null) throw new Error('no certificate');
  expect(certificate).toMatchObject({
    staffId: rosa.id,
    computerId: computer.id,
    signingKey: writer.key.publicKey,
    issuedAt: school.clock.now().toISOString(),
  });
  expect(school.house.seal.isOurs(certificateBytes(certificate), certificate.signature)).toBe(true);
  school.clock.advance(60);
  const again = await school.call(registerKey, registrationOf(writer), writer.token);
  expect(again).toMatchObject({ value: certificate });
});

test('nobody registers a key that they do not hold, or that is another’s', async () => {
  const writer = await writerAt(school, computer, rosa);
  const token = await school.signInAs(ben, computer.id);
  const own = { staffId: ben.id, computer, key: testKey() };
  const refused = [
    // Proven by another key.
    { ...registrationOf(own), signingKey: testKey().publicKey },
    // Proven for another person.
    registrationOf({ ...own, staffId: rosa.id }),
    // Rosa’s own registration, sent by Ben.
    registrationOf(writer),
    // Rosa’s key, proven for Ben: it is hers already.
    registrationOf({ ...writer, staffId: ben.id }),
    // On a computer that the session is not on.
    registrationOf({ ...own, computer: await enrolled(school) }),
  ];
  for (const registration of refused) {
    const answer = await school.call(registerKey, registration, token);
    expect(answer).toMatchObject({ error: { code: 'not-allowed' } });
  }
});

test('no key is certified on a computer that is unknown or revoked', async () => {
  for (const where of [testComputer(), await revoked()]) {
    const token = await school.signInAs(rosa, where.id);
    const owner = { staffId: rosa.id, computer: where, key: testKey() };
    const answer = await school.call(registerKey, registrationOf(owner), token);
    expect(answer).toMatchObject({ error: { code: 'not-allowed' } });
  }
});

async function revoked(): Promise<TestComputer> {
  const stolen = await enrolled(school);
  const schoolId = school.settings.school.id;
  const at = school.clock.now().toISOString();
  await school.db
    .transaction()
    .execute((trx) => revokeComputer(trx, { schoolId, id: stolen.id, at }));
  return stolen;
}

test('R27 a person gets the key of their drafts back, sealed to the key of this moment', async () => {
  const token = await school.signInAs(rosa, computer.id);
  expect(await recover(escrowFor(rosa), token)).toEqual({
    staffId: rosa.id,
    computerId: computer.id,
    draftKey: DRAFT_KEY,
  });
  const [audited] = await recoveries();
  expect(audited).toEqual({ staff_id: rosa.id, object_id: computer.id, result: 'done' });
});

test('R27 escrow that was sealed to an earlier key still opens', async () => {
  const sealed = escrowFor(rosa);
  rotateSealingKey(school.folder);
  const token = await school.signInAs(rosa, computer.id);
  expect(await recover(sealed, token)).toMatchObject({ draftKey: DRAFT_KEY });
});

test('a colleague who posts another’s escrow gets nothing, and it is audited', async () => {
  const token = await school.signInAs(ben, computer.id);
  expect(await recover(escrowFor(rosa), token)).toBe('not-allowed');
  const [audited] = await recoveries();
  expect(audited).toEqual({ staff_id: ben.id, object_id: null, result: 'refused' });
});

test('nothing comes back for a computer that is unknown or revoked, for nonsense, to no key', async () => {
  const token = await school.signInAs(rosa, computer.id);
  expect(await recover(escrowFor(rosa, testComputer()), token)).toBe('not-allowed');
  expect(await recover(escrowFor(rosa, await revoked()), token)).toBe('not-allowed');
  expect(await recover(Buffer.alloc(200, 1).toString('base64'), token)).toBe('not-allowed');
  const asked = { sealed: escrowFor(rosa), recipient: Buffer.alloc(32).toString('base64') };
  const answer = await school.call(recoverDraftKey, asked, token);
  expect(answer).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
});

test('R27 a school without escrow gives no key back, and tells its people so', async () => {
  const without = await startTestServer({
    change: (settings) => ({ ...settings, school: { ...settings.school, escrow: false } }),
  });
  const person = await addStaff(without, { name: 'Rosa Blake' });
  const at = await enrolled(without);
  const token = await without.signInAs(person, at.id);
  const session = await without.call(readSession, {}, token);
  const asked = { sealed: escrowFor(person, at, without), recipient: testRecipient().publicKey };
  const answer = await without.call(recoverDraftKey, asked, token);
  await without.close();
  expect(session).toMatchObject({ value: { school: { escrow: false } } });
  expect(answer).toMatchObject({ error: { code: 'not-allowed' } });
});

test('whoever asks again and again has to wait', async () => {
  const token = await school.signInAs(rosa, computer.id);
  const answers: unknown[] = [];
  for (let tries = 0; tries < 21; tries += 1) answers.push(await recover(escrowFor(rosa), token));
  expect(answers.at(19)).toMatchObject({ draftKey: DRAFT_KEY });
  expect(answers.at(20)).toBe('too-many-tries');
});
