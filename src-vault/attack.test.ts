/** T1, R20, R85: three people at one computer; the attacker has its files, its keychain and two passwords. */
import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import sodium from 'libsodium-wrappers-sumo';
import { expect, test } from 'vitest';
import { SealedInside, insideBytes, signedBytes } from '../src-shared/contract/seal.ts';
import { isSignedBy } from './crypto.ts';
import {
  TestComputer,
  draft,
  formsOf,
  incident,
  person,
  signIn,
  testFolder,
} from './testing/world.ts';

const CANARIES = ['Quagmire Ellison', 'zebra-staircase-41', 'bruise behind the left ear'];
const secret = (what: string): string => `${what}: ${CANARIES.join(', ')}`;

/** Ana has typed, submitted and kept lists; Ben and Cem have signed in since. */
async function sharedComputer() {
  const computer = new TestComputer();
  const [ana, ben, cem] = [person('Ana'), person('Ben'), person('Cem')];
  await computer.begin();
  await signIn(computer, ana);
  await computer.ask('keepProfile', { profile: JSON.stringify({ about: secret('profile') }) });
  const { id: draftId } = await computer.ask('saveDraft', {
    draft: draft(secret('draft')),
    revision: 0,
  });
  const { id: gone } = await computer.ask('saveDraft', {
    draft: draft(secret('gone')),
    revision: 0,
  });
  await computer.ask('discardDraft', { id: gone });
  await computer.ask('keepList', { name: 'roster', value: JSON.stringify([secret('roster')]) });
  const { id } = await computer.ask('submit', {
    submission: incident(secret('sent')),
    isUrgent: true,
  });
  const concern = {
    id: randomUUID(),
    writer: 'Somebody',
    student: CANARIES[0] ?? '',
    text: secret('concern'),
    writtenAt: '2026-11-24T08:45:00.000Z',
    isFinished: true,
  };
  await computer.ask('saveConcern', { concern });
  // Files are scanned while the vault still runs: its log is not folded in yet.
  const running = computer.hitsOf([...CANARIES, ana.email, 'Ana three random words']);
  for (const who of [ben, cem]) {
    await computer.begin();
    await signIn(computer, who);
    await computer.ask('saveDraft', { draft: draft(`Of ${who.email}.`), revision: 0 });
  }
  return { computer, ana, ben, draftId, id, running };
}

test('R20 nothing of what Ana wrote stands in any file: as text, UTF-16 or base64, nor her address', async () => {
  const { computer, ana, running } = await sharedComputer();
  expect(running).toEqual([]);
  expect(computer.hitsOf([...CANARIES, ana.email, 'Ana three random words'])).toEqual([]);
  // The scan itself finds what is there.
  expect(computer.hitsOf([ana.staffId]).length).toBeGreaterThan(0);
  expect(formsOf('Quagmire Ellison').length).toBe(8);
});

test('T1 with every file, the keychain and Ben’s password, nothing of Ana’s opens', async () => {
  const { computer, ana, ben, draftId } = await sharedComputer();
  const thief = new TestComputer(computer.school, testFolder());
  Object.assign(thief, { id: computer.id, keychain: computer.keychain });
  cpSync(computer.folder, thief.folder, { recursive: true });
  await thief.begin();
  const { email, staffId } = ana;
  const guess = { email, password: ben.password };
  expect(await thief.codeOf('unlockOffline', guess)).toBe('wrong-password');
  expect(await thief.ask('unlockOnline', { ...guess, staffId, hasEscrow: true })).toMatchObject({
    is: 'needs-old-password',
  });

  // Ben's keys under Ana's name, and Ana's drafts under Ben's: what they belong to is another.
  const file = join(thief.folder, 'vault.sqlite');
  await thief.end();
  const raw = new SQLite(file);
  raw.pragma('foreign_keys = OFF');
  const key = (who: { staffId: string }): unknown =>
    raw.prepare<[string]>('SELECT key FROM person WHERE staff_id = ?').pluck().get(who.staffId);
  raw.prepare('UPDATE draft SET person = ? WHERE id = ?').run(key(ben), draftId);
  raw.prepare('UPDATE list SET person = ? WHERE person = ?').run(key(ben), key(ana));
  raw.prepare('UPDATE outbox SET person = ? WHERE person = ?').run(key(ben), key(ana));
  raw
    .prepare(
      `UPDATE person SET (salt, wrapped_draft_key, wrapped_signing_key, secret_id) =
    (SELECT salt, wrapped_draft_key, wrapped_signing_key, secret_id FROM person WHERE key = ?)
    WHERE key = ?`,
    )
    .run(key(ben), key(ana));
  raw.close();
  await thief.begin();
  expect(await thief.codeOf('unlockOffline', guess)).toBe('wrong-password');
  await thief.ask('unlockOffline', { email: ben.email, password: ben.password });
  expect((await thief.ask('listDrafts', {})).drafts.length).toBe(1);
  expect(await thief.codeOf('readDraft', { id: draftId })).toBe('not-found');
  expect(await thief.ask('readList', { name: 'roster' })).toEqual({ value: null, keptAt: null });
  expect(await thief.ask('listOwnItems', {})).toEqual({ items: [] });
});

test('R85 Ana’s escrow in Ben’s hands says Ana inside: the school has what it needs to refuse', async () => {
  const { computer, ana, ben } = await sharedComputer();
  const { sealed } = await computer.ask('beginRecovery', { staffId: ana.staffId });
  expect(computer.school.open(sealed)).toMatchObject({ staffId: ana.staffId });
  // And what the school sealed for one recovery is no use in another.
  const { recipient } = await computer.ask('beginRecovery', { staffId: ana.staffId });
  const answer = computer.school.recover(sealed, recipient);
  const { staffId, email, password } = ben;
  const finish = { staffId, email, password, sealed: answer };
  expect(await computer.codeOf('finishRecovery', finish)).toBe('not-found');
});

test('R85 Ben cannot pass Ana’s sealed item off as his: he cannot open it, and the key inside is hers', async () => {
  const { computer, ana, ben, id } = await sharedComputer();
  const { sealed } = await computer.ask('readSealed', { id });
  const inside = SealedInside.parse(computer.school.open(sealed));
  if (inside.kind !== 'submission') throw new Error('not a submission');
  expect(inside.staffId).toBe(ana.staffId);
  const key = inside.certificate?.signingKey ?? '';
  const renamed = { ...inside, staffId: ben.staffId as typeof inside.staffId };
  expect(isSignedBy(key, signedBytes(inside), inside.signature)).toBe(true);
  expect(isSignedBy(key, signedBytes(renamed), inside.signature)).toBe(false);
  const resealed = sodium.crypto_box_seal(
    insideBytes(renamed),
    Buffer.from(computer.school.sealingKey, 'base64'),
  );
  const receipt = computer.school.receiptFor(
    id,
    Buffer.from(resealed).toString('base64'),
    '2026-11-24T09:00:00.000Z',
  );
  expect(await computer.codeOf('noteReceipt', { receipt })).toBe('not-genuine');
});
