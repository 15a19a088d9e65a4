/** The way of an ordinary day through the vault: typing, submitting, carrying, the receipt. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { SealedInside, signedBytes } from '../src-shared/contract/seal.ts';
import { isSignedBy } from './crypto.ts';
import { TestComputer, draft, incident, person, signIn } from './testing/world.ts';

test('a draft is there again, caret and all, after the vault has ended', async () => {
  const computer = new TestComputer();
  const ana = person('Ana');
  await computer.begin();
  await signIn(computer, ana);
  const typed = draft('Ellie said she has not eaten since yesterday.');
  const saved = await computer.ask('saveDraft', { draft: typed, revision: 0 });
  expect(saved).toEqual({
    id: typed.id,
    revision: 1,
    savedAt: '2026-11-24T08:45:00.000Z',
    keptBoth: false,
  });
  await computer.begin();
  expect(await computer.codeOf('listDrafts', {})).toBe('locked');
  await signIn(computer, ana);
  const read = await computer.ask('readDraft', { id: typed.id });
  expect(read).toEqual({ draft: typed, revision: 1, changedAt: '2026-11-24T08:45:00.000Z' });
  const { drafts } = await computer.ask('listDrafts', {});
  expect(drafts.map(({ id, content }) => ({ id, content }))).toEqual([
    { id: typed.id, content: typed.content },
  ]);
});

test('a submission is signed, then sealed: the school reads it and knows who wrote it', async () => {
  const computer = new TestComputer();
  const ana = person('Ana');
  await computer.begin();
  await signIn(computer, ana);
  const id = randomUUID();
  await computer.ask('saveDraft', { draft: draft('typed', id), revision: 0 });
  const answer = await computer.ask('submit', {
    submission: incident('Bruise.', id),
    isUrgent: true,
  });
  expect(answer).toEqual({ id, queuedAt: '2026-11-24T08:45:00.000Z' });
  expect((await computer.ask('listDrafts', {})).drafts).toEqual([]);

  await computer.begin();
  const { items } = await computer.ask('listWaiting', {});
  expect(items).toEqual([
    {
      id,
      kind: 'submission',
      isUrgent: true,
      queuedAt: '2026-11-24T08:45:00.000Z',
      tries: 0,
      nextTryAt: '2026-11-24T08:45:00.000Z',
      problem: null,
    },
  ]);
  const carried = await computer.ask('readSealed', { id });
  const inside = SealedInside.parse(computer.school.open(carried.sealed));
  if (inside.kind !== 'submission') throw new Error('not a submission');
  expect(inside.staffId).toBe(ana.staffId);
  expect(inside.submission).toMatchObject({ id, text: 'Bruise.' });
  const key = inside.certificate?.signingKey ?? '';
  expect(isSignedBy(key, signedBytes(inside), inside.signature)).toBe(true);
});

test('only the receipt that the school signed for these bytes ends the waiting', async () => {
  const computer = new TestComputer();
  const ana = person('Ana');
  await computer.begin();
  await signIn(computer, ana);
  const { id } = await computer.ask('submit', { submission: incident('Bruise.'), isUrgent: false });
  const { sealed } = await computer.ask('readSealed', { id });
  const at = '2026-11-24T08:46:00.000Z';
  const receipt = computer.school.receiptFor(id, sealed, at);
  const state = async () => (await computer.ask('listOwnItems', {})).items[0];
  expect(await state()).toMatchObject({ state: 'sending', receipt: null, submission: { id } });

  const forged = [
    { ...receipt, alerted: 4 },
    { ...receipt, signature: Buffer.alloc(64).toString('base64') },
    computer.school.receiptFor(id, Buffer.from('other bytes').toString('base64'), at),
    new TestComputer().school.receiptFor(id, sealed, at),
  ];
  for (const one of forged) {
    expect(await computer.codeOf('noteReceipt', { receipt: one })).toBe('not-genuine');
  }
  expect(await state()).toMatchObject({ state: 'waiting', receipt: null });
  await computer.ask('noteReceipt', { receipt });
  expect(await state()).toMatchObject({ state: 'delivered', receipt, submission: null });
  expect((await computer.ask('listWaiting', {})).items).toEqual([]);
  expect((await computer.ask('listKept', {})).ids).toEqual([id]);
});

test('everything that needs a key is refused as locked before a password was given', async () => {
  const computer = new TestComputer();
  await computer.begin();
  const id = randomUUID();
  const codes = await Promise.all([
    computer.codeOf('saveDraft', { draft: draft('x'), revision: 0 }),
    computer.codeOf('listDrafts', {}),
    computer.codeOf('readDraft', { id }),
    computer.codeOf('discardDraft', { id }),
    computer.codeOf('undiscardDraft', { id }),
    computer.codeOf('submit', { submission: incident('x'), isUrgent: false }),
    computer.codeOf('listOwnItems', {}),
    computer.codeOf('keepList', { name: 'roster', value: '[]' }),
    computer.codeOf('readList', { name: 'roster' }),
    computer.codeOf('keepProfile', { profile: '{}' }),
    computer.codeOf('changePassword', { password: 'x' }),
  ]);
  expect(codes).toEqual(codes.map(() => 'locked'));
});
