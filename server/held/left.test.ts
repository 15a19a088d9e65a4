/** R27, T13: what somebody who has left had not finished reaches the safeguarding team, and nobody else's does. */
import sodium from 'libsodium-wrappers-sumo';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { completeHeld, listHeld, readHeld } from '../../src-shared/contract/held.ts';
import { readIncident } from '../../src-shared/contract/incident.ts';
import {
  PADDED_TO_BYTES,
  draftBelonging,
  type SealedLeft,
} from '../../src-shared/contract/left.ts';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { seal, sealBytes } from '../testing/envelope.ts';
import { openLarkfield, type Larkfield } from '../testing/larkfield.ts';

let school: Larkfield;
beforeEach(async () => {
  school = await openLarkfield();
});
afterEach(() => school.close());

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const base64 = (one: Uint8Array): string => Buffer.from(one).toString('base64');
const CHANGED_AT = '2026-11-20T15:10:00.000Z';

/** A draft as a vault keeps it, and its key as it lies beside it. */
function leftBy(
  who: 'leaver' | 'teacher',
  changes: Partial<SealedLeft> = {},
  text = 'She told me about',
): SealedLeft {
  const staffId = school.staff[who] as SealedLeft['staffId'];
  const key = sodium.randombytes_buf(32);
  const nonce = sodium.randombytes_buf(24);
  const form = { text, studentId: school.students.amina };
  const content = { kind: 'incident', incidentId: null, content: JSON.stringify(form) };
  const draft = { id: v7(), revision: 3, changedAt: CHANGED_AT };
  const locked = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
    sodium.pad(bytes(JSON.stringify(content)), PADDED_TO_BYTES),
    bytes(draftBelonging(staffId, draft).join('\n')),
    null,
    nonce,
    key,
  );
  const [sealingKey] = school.house.seal.publicKeys();
  // Sealed before the computer began anew under another id.
  const escrow = { staffId, computerId: v7(), draftKey: base64(key) };
  return {
    kind: 'left',
    version: 1,
    id: SubmissionId.parse(v7()),
    staffId,
    computerId: school.computer.id,
    escrow: base64(sealBytes(sealingKey, bytes(JSON.stringify(escrow)))),
    draft: { ...draft, content: Buffer.concat([nonce, locked]).toString('base64') },
    ...changes,
  };
}

async function carry(left: SealedLeft) {
  const [sealingKey] = school.house.seal.publicKeys();
  return await school.carry(seal(sealingKey, school.computer, left));
}
const held = async () => (await school.ask('lead', listHeld)).items;

test('the team reads what somebody who has left had typed, marked as unfinished and not checked', async () => {
  const left = leftBy('leaver');
  expect(await carry(left)).toMatchObject({ is: 'taken', as: 'left-unfinished' });
  expect(await held()).toMatchObject([
    {
      id: left.id,
      reason: 'left-unfinished',
      kind: 'incident',
      computerName: 'RECEPTION-2',
      writer: 'Len Orme',
      identityIsCertain: false,
      student: 'Amina Yusuf',
      text: 'She told me about',
      writtenAt: CHANGED_AT,
      isFinished: false,
    },
  ]);
  // It was opened for the team: that is in the trail. The key is kept nowhere.
  expect(school.rows('audit').map(({ event }) => event)).toContain('left-draft-opened');
  expect(JSON.stringify(school.rows('held'))).not.toContain(left.escrow);
});

test('completed, it is the team’s incident and says whose words it holds', async () => {
  const left = leftBy('leaver');
  await carry(left);
  const { incidentId } = await school.ask('lead', completeHeld, {
    heldId: left.id,
    studentId: school.students.amina,
    categoryIds: [school.categories['Cause for Concern']],
  });
  const incident = await school.ask('lead', readIncident, { incidentId, openingId: v7() });
  expect(incident).toMatchObject({ author: { name: 'Iris Lyle' } });
  expect(incident.text).toBe(
    'Left unfinished by somebody who has left the school; it was never submitted.\n' +
      'Written by (not checked): Len Orme.\n\n' +
      'She told me about',
  );
});

test('S19 one that is longer than an incident may be: its beginning is entered, the whole stays with the item', async () => {
  const text = `${'啊'.repeat(49_999)}🙂\u0007${'y'.repeat(60_000)}`;
  const left = leftBy('leaver', {}, text);
  await carry(left);
  expect((await school.ask('lead', readHeld, { heldId: left.id })).text).toBe(
    text.replace('\u0007', ''),
  );
  const { incidentId } = await school.ask('lead', completeHeld, {
    heldId: left.id,
    studentId: school.students.amina,
    categoryIds: [school.categories['Cause for Concern']],
  });
  const incident = await school.ask('lead', readIncident, { incidentId, openingId: v7() });
  const [head, words] = incident.text.split('\n\n');
  expect(head).toContain('It was longer than an incident may be: this is its beginning.');
  expect(words).toBe('啊'.repeat(49_999));
  expect(String(school.rows('held')[0]?.['inside'])).toContain('y'.repeat(60_000));
});

test('a draft of somebody who works here is not opened, whoever sends it; it is kept as it came', async () => {
  const left = leftBy('teacher');
  await carry(left);
  expect(await held()).toMatchObject([
    { reason: 'left-unfinished', kind: 'unreadable', writer: 'Tariq Nasser', text: null },
  ]);
  const [row] = school.rows('held');
  expect(row).toMatchObject({ inside: null });
  expect(Buffer.isBuffer(row?.['sealed'])).toBe(true);
});

test('without its key, with another’s, or damaged it is told of, and kept as it came', async () => {
  const whole = leftBy('leaver');
  const others = [
    leftBy('leaver', { escrow: null }),
    leftBy('leaver', { escrow: leftBy('teacher').escrow }),
    leftBy('leaver', { escrow: whole.escrow }),
    leftBy('leaver', { draft: { ...whole.draft, content: null } }),
    leftBy('leaver', { draft: { ...whole.draft, revision: 2 }, escrow: whole.escrow }),
  ];
  for (const left of others) await carry(left);
  const items = await held();
  expect(items.map(({ kind, text }) => ({ kind, text }))).toEqual(
    others.map(() => ({ kind: 'unreadable', text: null })),
  );
});
