/** R21, R26, R27, T13: who gets which keys, when, and what is left of the drafts. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { Escrow } from '../../src-shared/contract/key.ts';
import { draftBelonging } from '../../src-shared/contract/left.ts';
import { SealedInside } from '../../src-shared/contract/seal.ts';
import { fromBase64, openText, sealTo } from '../crypto.ts';
import {
  TestComputer,
  certify,
  draft,
  incident,
  makeSchool,
  person,
  signIn,
} from '../testing/world.ts';

const DAY_MS = 24 * 60 * 60_000;

async function withDraft(hasEscrow = true) {
  const computer = new TestComputer();
  const ana = person('Ana');
  await computer.begin();
  await signIn(computer, ana, hasEscrow);
  const typed = draft('What Ana typed.');
  await computer.ask('saveDraft', { draft: typed, revision: 0 });
  await computer.ask('submit', { submission: incident('What Ana submitted.'), isUrgent: false });
  await computer.begin();
  const texts = async (): Promise<string[]> =>
    (await computer.ask('listDrafts', {})).drafts.map(({ content }) => content);
  return { computer, ana, typed, texts };
}

test('R27 a password changed elsewhere: the old one is asked for once, and drafts and outbox are there', async () => {
  const { computer, ana, texts } = await withDraft();
  const changed = { ...ana, password: 'another three words' };
  expect(await computer.ask('unlockOnline', { ...changed, hasEscrow: true })).toEqual({
    is: 'needs-old-password',
    mayRecover: true,
    mayUseOld: true,
  });
  const { staffId, email } = ana;
  const old = { staffId, email, old: 'not that', password: changed.password };
  expect(await computer.codeOf('unlockWithOld', old)).toBe('wrong-password');
  expect(await computer.codeOf('listDrafts', {})).toBe('locked');
  const unlocked = await computer.ask('unlockWithOld', { ...old, old: ana.password });
  // Also the signing key was under the old password: a new one is registered.
  expect(unlocked.registrationProof).not.toBeNull();
  expect(await texts()).toEqual(['What Ana typed.']);
  expect((await computer.ask('listOwnItems', {})).items[0]?.submission?.text).toBe(
    'What Ana submitted.',
  );
  await computer.begin();
  await signIn(computer, changed);
  expect(await texts()).toEqual(['What Ana typed.']);
  await computer.begin();
  expect(await computer.ask('unlockOnline', { ...ana, hasEscrow: true })).toMatchObject({
    is: 'needs-old-password',
  });
});

test('R27 a password changed here: drafts, lists and profile come along, the old password opens nothing', async () => {
  const { computer, ana, texts } = await withDraft();
  await signIn(computer, ana);
  const [own] = (await computer.ask('listOwnItems', {})).items;
  await computer.ask('keepList', { name: 'roster', value: '["Zara"]' });
  await computer.ask('changePassword', { password: 'another three words' });
  expect(await texts()).toEqual(['What Ana typed.']);
  await computer.begin();
  const { email } = ana;
  expect(await computer.codeOf('unlockOffline', { email, password: ana.password })).toBe(
    'wrong-password',
  );
  await computer.ask('unlockOffline', { email, password: 'another three words' });
  expect(await texts()).toEqual(['What Ana typed.']);
  expect((await computer.ask('listDrafts', {})).losses).toEqual([]);
  expect((await computer.ask('readList', { name: 'roster' })).value).toBe('["Zara"]');
  expect((await computer.ask('listOwnItems', {})).items).toEqual([own]);
  // The same words under the same id are still known to be the same.
  const again = incident('What Ana submitted.', own?.id);
  expect((await computer.ask('submit', { submission: again, isUrgent: false })).id).toBe(own?.id);
  expect((await computer.ask('listWaiting', {})).items.length).toBe(1);
});

test('R27 after a reset the school gives the draft key back, the outbox goes on, and a new signing key is registered', async () => {
  const { computer, ana, texts } = await withDraft();
  const reset = { ...ana, password: 'after the reset' };
  const before = await signingKeyOf(computer, ana);
  await computer.begin();
  expect(await computer.ask('unlockOnline', { ...reset, hasEscrow: true })).toMatchObject({
    is: 'needs-old-password',
  });
  const { sealed, recipient } = await computer.ask('beginRecovery', { staffId: ana.staffId });
  const escrow = Escrow.parse(computer.school.open(sealed));
  expect(escrow).toMatchObject({ staffId: ana.staffId, computerId: computer.computerId });
  const { staffId, email, password } = reset;
  const finish = { staffId, email, password, sealed: computer.school.recover(sealed, recipient) };
  const reply = await computer.ask('finishRecovery', finish);
  expect(reply.registrationProof).not.toBeNull();
  expect(reply.signingKey).not.toBe(before);
  await certify(computer, reply);
  expect(await texts()).toEqual(['What Ana typed.']);
  expect(await ownTexts(computer)).toEqual(['What Ana submitted.']);
  // It is carried as it was signed, by the key of before.
  expect(await signersOf(computer)).toEqual([before]);
  // The answer was good for one recovery only.
  expect(await computer.codeOf('finishRecovery', finish)).toBe('not-found');
});

/** The words of the items whose receipts are still to come, as their author reads them. */
async function ownTexts(computer: TestComputer): Promise<(string | undefined)[]> {
  const { items } = await computer.ask('listOwnItems', {});
  return items.map(({ submission }) => submission?.text);
}

/** Whose signature each waiting submission carries to the school: nobody's keys are needed for it. */
async function signersOf(computer: TestComputer): Promise<(string | undefined)[]> {
  const { items } = await computer.ask('listWaiting', {});
  return await Promise.all(
    items.map(async ({ id }) => {
      const { sealed } = await computer.ask('readSealed', { id });
      const inside = SealedInside.parse(computer.school.open(sealed));
      return inside.kind === 'submission' ? inside.certificate?.signingKey : undefined;
    }),
  );
}

test('R27 an answer that is not the very draft key would lose the drafts, and is refused', async () => {
  const { computer, ana } = await withDraft();
  const ben = person('Ben');
  await signIn(computer, ben);
  const ofBen = await computer.ask('beginRecovery', { staffId: ana.staffId });
  await computer.begin();
  await computer.ask('unlockOnline', { ...ana, password: 'after the reset', hasEscrow: true });
  const { recipient } = await computer.ask('beginRecovery', { staffId: ana.staffId });
  const wrong = {
    staffId: ana.staffId,
    computerId: computer.computerId,
    draftKey: Buffer.alloc(32, 7).toString('base64'),
  };
  const answers = [
    sealFor(recipient, wrong),
    computer.school.recover(ofBen.sealed, ofBen.recipient),
    Buffer.from('nothing sealed').toString('base64'),
  ];
  for (const sealed of answers) {
    const { staffId, email } = ana;
    const finish = { staffId, email, password: 'after the reset', sealed };
    expect(await computer.codeOf('finishRecovery', finish)).toBe('not-genuine');
  }
});

test('R27 a device secret that is lost: the escrow restores, the outbox needs no secret at all', async () => {
  const { computer, ana, texts } = await withDraft();
  computer.keychain.entries.clear();
  expect((await computer.begin()).protection).toBe('keychain');
  const { items } = await computer.ask('listWaiting', {});
  const carried = await computer.ask('readSealed', { id: items[0]?.id ?? '' });
  expect(computer.school.open(carried.sealed)).toMatchObject({ kind: 'submission' });
  expect(await computer.codeOf('unlockOffline', { email: ana.email, password: ana.password })).toBe(
    'never-here',
  );
  expect(await computer.ask('unlockOnline', { ...ana, hasEscrow: true })).toEqual({
    is: 'needs-old-password',
    mayRecover: true,
    mayUseOld: false,
  });
  const { sealed, recipient } = await computer.ask('beginRecovery', { staffId: ana.staffId });
  const answer = computer.school.recover(sealed, recipient);
  await computer.ask('finishRecovery', { ...ana, sealed: answer });
  expect(await texts()).toEqual(['What Ana typed.']);
  await computer.begin();
  await signIn(computer, ana);
  expect(await texts()).toEqual(['What Ana typed.']);
});

test('R26, R27 a keychain that was away for a day: what it protects comes home when it is back', async () => {
  const { computer, ana, texts } = await withDraft(false);
  const computerKey = (await computer.begin()).computerKey;
  computer.parts = { keychain: failing };
  const reduced = await computer.begin();
  expect(reduced.protection).toBe('reduced');
  expect(await computer.ask('unlockOnline', { ...ana, hasEscrow: false })).toEqual({
    is: 'needs-old-password',
    mayRecover: false,
    mayUseOld: false,
  });
  await computer.ask('beginAnew', { ...ana, hasEscrow: false });
  await computer.ask('saveDraft', { draft: draft('Typed meanwhile.'), revision: 0 });
  expect(await texts()).toEqual(['Typed meanwhile.']);
  computer.parts = {};
  const back = await computer.begin();
  expect(back).toMatchObject({ protection: 'keychain', computerKey });
  await signIn(computer, ana, false);
  expect((await texts()).toSorted()).toEqual(['Typed meanwhile.', 'What Ana typed.']);
  // Of anybody's nothing needs the file any more; it stays for the computer's key of such days.
  const store = new SQLite(join(computer.folder, 'vault.sqlite'), { readonly: true });
  expect(store.prepare('SELECT COUNT(DISTINCT secret_id) FROM person').pluck().get()).toBe(1);
  expect(store.prepare('SELECT COUNT(DISTINCT secret_id) FROM computer_key').pluck().get()).toBe(2);
  store.close();
  await computer.begin();
  await signIn(computer, ana, false);
  expect((await texts()).length).toBe(2);
});

test('R27 without escrow a person begins anew, and an old password that is remembered brings the drafts back', async () => {
  const { computer, ana, texts } = await withDraft(false);
  const reset = { ...ana, password: 'after the reset' };
  expect(await computer.ask('unlockOnline', { ...reset, hasEscrow: false })).toMatchObject({
    is: 'needs-old-password',
    mayRecover: false,
  });
  expect(await computer.codeOf('beginRecovery', { staffId: ana.staffId })).toBe('not-found');
  const signers = await signersOf(computer);
  await computer.ask('beginAnew', { ...reset, hasEscrow: false });
  expect(await texts()).toEqual([]);
  // The outbox is carried as before, though its author cannot read it back for now.
  expect(await signersOf(computer)).toEqual(signers);
  expect(signers.length).toBe(1);
  expect(await ownTexts(computer)).toEqual([]);
  const { staffId, email } = ana;
  const old = { staffId, email, password: reset.password };
  expect(await computer.codeOf('unlockWithOld', { ...old, old: 'not that' })).toBe(
    'wrong-password',
  );
  await computer.ask('unlockWithOld', { ...old, old: ana.password });
  expect(await texts()).toEqual(['What Ana typed.']);
  expect((await computer.ask('listOwnItems', {})).items[0]?.submission?.text).toBe(
    'What Ana submitted.',
  );
});

test('R27 after beginning anew what is still closed is counted, and opened later without the present password', async () => {
  const { computer, ana, texts } = await withDraft();
  const { staffId, email } = ana;
  const reset = { ...ana, password: 'after the reset' };
  expect(await computer.codeOf('readEarlierDrafts', {})).toBe('locked');
  await computer.ask('beginAnew', { ...reset, hasEscrow: true });
  const closed = { count: 1, mayUseOld: true, mayRecover: true };
  expect(await computer.ask('readEarlierDrafts', {})).toEqual(closed);
  const old = { staffId, email, password: null };
  expect(await computer.codeOf('unlockWithOld', { ...old, old: 'not that' })).toBe(
    'wrong-password',
  );
  await computer.ask('unlockWithOld', { ...old, old: ana.password });
  expect(await texts()).toEqual(['What Ana typed.']);
  const none = { count: 0, mayUseOld: false, mayRecover: false };
  expect(await computer.ask('readEarlierDrafts', {})).toEqual(none);
});

test('R27 after beginning anew the school’s key opens what is still closed', async () => {
  const { computer, ana, texts } = await withDraft();
  const { staffId, email } = ana;
  await computer.ask('beginAnew', { ...ana, password: 'after the reset', hasEscrow: true });
  const { sealed, recipient } = await computer.ask('beginRecovery', { staffId });
  const answer = computer.school.recover(sealed, recipient);
  await computer.ask('finishRecovery', { staffId, email, password: null, sealed: answer });
  expect(await texts()).toEqual(['What Ana typed.']);
});

test('R27 of many beginnings anew each is opened by its own password, however long ago', async () => {
  const { computer, ana, texts } = await withDraft(false);
  for (let times = 1; times <= 5; times += 1) {
    await computer.ask('beginAnew', { ...ana, password: `password ${times}`, hasEscrow: false });
    await computer.ask('saveDraft', { draft: draft(`Typed under ${times}.`), revision: 0 });
  }
  const { staffId, email } = ana;
  const old = { staffId, email, password: null };
  expect(await computer.ask('readEarlierDrafts', {})).toMatchObject({
    count: 5,
    mayRecover: false,
  });
  for (const word of [ana.password, 'password 3']) {
    await computer.ask('unlockWithOld', { ...old, old: word });
  }
  expect((await texts()).toSorted()).toEqual([
    'Typed under 3.',
    'Typed under 5.',
    'What Ana typed.',
  ]);
  // Closed keys are wrapped under a password: none would be no lock at all.
  await computer.begin();
  expect(await computer.codeOf('unlockWithOld', { ...old, old: 'password 5' })).toBe('locked');
});

test('R27 a deleted profile with the data folder in it: drafts and outbox are gone with it, and nothing says otherwise', async () => {
  const { computer, ana } = await withDraft();
  const anew = new TestComputer(computer.school);
  Object.assign(anew, { id: computer.id });
  expect((await anew.begin()).store).toBe('ok');
  // Not asked for an old password: there is nothing here that one could open.
  await signIn(anew, ana);
  expect(await anew.ask('listDrafts', {})).toEqual({ drafts: [], losses: [] });
  expect(await anew.ask('listWaiting', {})).toEqual({ items: [] });
  await anew.ask('saveDraft', { draft: draft('Typed since.'), revision: 0 });
  await anew.begin();
  await signIn(anew, ana);
  expect((await anew.ask('listDrafts', {})).drafts.length).toBe(1);
});

test('R27 a deleted profile with the data folder elsewhere: the escrow restores the drafts, the outbox is carried', async () => {
  const { computer, ana, texts } = await withDraft();
  const signers = await signersOf(computer);
  computer.keychain.entries.clear();
  await computer.begin();
  expect(await signersOf(computer)).toEqual(signers);
  const { sealed, recipient } = await computer.ask('beginRecovery', { staffId: ana.staffId });
  const answer = computer.school.recover(sealed, recipient);
  await computer.ask('finishRecovery', { ...ana, sealed: answer });
  expect(await texts()).toEqual(['What Ana typed.']);
  expect(await ownTexts(computer)).toEqual(['What Ana submitted.']);
  expect((await computer.ask('listDrafts', {})).losses).toEqual([]);
});

test('R27 the school turns escrow on, rotates its key, turns escrow off: the record follows', async () => {
  const { computer, ana } = await withDraft(false);
  await signIn(computer, ana, true);
  const first = await computer.ask('beginRecovery', { staffId: ana.staffId }).catch(() => null);
  expect(first).toBeNull();
  await computer.begin();
  const { sealed } = await computer.ask('beginRecovery', { staffId: ana.staffId });
  expect(computer.school.open(sealed)).toMatchObject({ staffId: ana.staffId });
  const rotated = makeSchool();
  await computer.ask('useSealingKey', { sealingKey: rotated.sealingKey });
  await signIn(computer, ana, true);
  await computer.begin();
  const again = await computer.ask('beginRecovery', { staffId: ana.staffId });
  expect(rotated.open(again.sealed)).toMatchObject({ staffId: ana.staffId });
  await signIn(computer, ana, false);
  await computer.begin();
  expect(await computer.codeOf('beginRecovery', { staffId: ana.staffId })).toBe('not-found');
});

test('R27, T13 a person who has left: no wrapped key, draft or list is left, what they submitted is carried', async () => {
  const { computer, ana } = await withDraft();
  await signIn(computer, ana);
  await computer.ask('keepList', { name: 'roster', value: '[]' });
  expect(await computer.ask('listPeople', {})).toEqual({ staffIds: [ana.staffId] });
  const { items: before } = await computer.ask('listWaiting', {});
  await computer.ask('forgetPerson', { staffId: ana.staffId });
  expect(await computer.codeOf('listDrafts', {})).toBe('locked');
  expect(await computer.ask('listPeople', {})).toEqual({ staffIds: [] });
  expect(await computer.codeOf('unlockOffline', { email: ana.email, password: ana.password })).toBe(
    'never-here',
  );
  expect(computer.hitsOf([ana.staffId])).toEqual([]);
  const { items } = await computer.ask('listWaiting', {});
  expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining(before.map(({ id }) => id)));
});

/** What was queued for the team when somebody had left, as the school opens it. */
async function leftOf(computer: TestComputer) {
  const { items } = await computer.ask('listWaiting', {});
  const sealed = await Promise.all(
    items.map(async ({ id }) => (await computer.ask('readSealed', { id })).sealed),
  );
  const opened = sealed.map((one) => SealedInside.parse(computer.school.open(one)));
  return opened.filter((inside) => inside.kind === 'left');
}

test('R27, T13 the drafts of a person who has left go to the school, which opens them by the escrow; not those they discarded', async () => {
  const { computer, ana } = await withDraft();
  await signIn(computer, ana);
  const { id } = await computer.ask('saveDraft', { draft: draft('Let go.'), revision: 0 });
  await computer.ask('discardDraft', { id });
  await computer.ask('forgetPerson', { staffId: ana.staffId });
  const left = await leftOf(computer);
  expect(left).toMatchObject([{ staffId: ana.staffId, computerId: computer.computerId }]);
  const [{ escrow, draft: row } = { escrow: null, draft: null }] = left;
  const { draftKey } = Escrow.parse(computer.school.open(escrow ?? ''));
  const text = openText(
    fromBase64(draftKey),
    fromBase64(row?.content ?? ''),
    draftBelonging(ana.staffId, row ?? { id: '', revision: 0 }),
  );
  expect(JSON.parse(text ?? '{}')).toMatchObject({ content: 'What Ana typed.' });
  // The keys are destroyed and the drafts queued in one commit: a crash leaves both or neither.
  await computer.begin();
  expect((await leftOf(computer)).length).toBe(1);
  await computer.ask('forgetPerson', { staffId: ana.staffId });
  expect((await leftOf(computer)).length).toBe(1);
});

test('R27, T13 without escrow the school is told that there was a draft of a person who has left, which nobody can read', async () => {
  const { computer, ana } = await withDraft(false);
  await computer.ask('forgetPerson', { staffId: ana.staffId });
  expect(await leftOf(computer)).toMatchObject([{ staffId: ana.staffId, escrow: null }]);
});

test('S4 offline: the address in capitals and the password in other Unicode forms are the same', async () => {
  const computer = new TestComputer();
  const zoe = { ...person('Zoe'), password: 'Zo\u00eb caf\u00e9 river' };
  await computer.begin();
  await signIn(computer, zoe);
  await computer.begin();
  const reply = await computer.ask('unlockOffline', {
    email: ' ZOE@Larkfield.example ',
    password: 'Zoe\u0308 cafe\u0301 river',
  });
  expect(reply).toMatchObject({
    staffId: zoe.staffId,
    profile: JSON.stringify({ name: zoe.email }),
  });
});

test('T13 offline ends 14 days after the last contact, and a clock set back makes it no longer', async () => {
  const { computer, ana } = await withDraft();
  await signIn(computer, ana);
  const contact = computer.now.getTime();
  const offline = async (days: number): Promise<string> => {
    computer.now = new Date(contact + days * DAY_MS);
    await computer.begin();
    const { email, password } = ana;
    return computer.codeOf('unlockOffline', { email, password });
  };
  expect(await offline(13.9)).toBe('ok');
  expect(await offline(14.1)).toBe('too-long-ago');
  expect(await offline(1)).toBe('too-long-ago');
  await signIn(computer, ana);
  const back = computer.now.getTime();
  expect(await offline((back - contact) / DAY_MS + 13)).toBe('ok');
});

test('T13 with the clock held still, what passes while the vault runs counts', async () => {
  const { computer, ana } = await withDraft();
  await signIn(computer, ana);
  const { email, password } = ana;
  for (let day = 0; day < 14; day += 1) {
    expect(await computer.codeOf('unlockOffline', { email, password })).toBe('ok');
    computer.steadyMs += DAY_MS + 60_000;
    await computer.tick();
  }
  expect(await computer.codeOf('unlockOffline', { email, password })).toBe('too-long-ago');
});

test('R81 a clock wrong by ten years either way: signing in and submitting work, offline asks for the school', async () => {
  for (const years of [10, -10]) {
    const { computer, ana } = await withDraft();
    await signIn(computer, ana);
    const right = computer.now;
    computer.now = new Date(right.getTime() + years * 365 * DAY_MS);
    await computer.begin();
    const { email, password } = ana;
    expect(await computer.codeOf('unlockOffline', { email, password })).toBe('too-long-ago');
    await signIn(computer, ana);
    await computer.ask('submit', { submission: incident('Written then.'), isUrgent: false });
    expect((await computer.ask('listWaiting', {})).items.length).toBe(2);
    computer.now = right;
    await signIn(computer, ana);
    await computer.begin();
    expect(await computer.codeOf('unlockOffline', { email, password })).toBe('ok');
  }
});

test('ten tries without the server, then 15 minutes, also across a restart', async () => {
  const { computer, ana } = await withDraft();
  await signIn(computer, ana);
  const { email, password } = ana;
  for (let number = 1; number <= 10; number += 1) {
    if (number === 6) await computer.begin();
    expect(await computer.codeOf('unlockOffline', { email, password: 'guess' })).toBe(
      'wrong-password',
    );
  }
  await computer.begin();
  const refused = await computer.tryAsk('unlockOffline', { email, password });
  expect(refused).toEqual({ ok: false, code: 'too-many-tries', waitSeconds: 15 * 60 });
  computer.now = new Date(computer.now.getTime() + 15 * 60_000);
  expect(await computer.codeOf('unlockOffline', { email, password })).toBe('ok');
});

test('R21 a stored cost below the floor is refused, one below today’s is raised at the next sign-in', async () => {
  const { computer, ana } = await withDraft();
  const higher = { memoryKib: 16, passes: 2, lanes: 1 };
  computer.parts = { cost: higher };
  await computer.begin();
  await signIn(computer, ana);
  computer.parts = { cost: higher, floor: higher };
  await computer.begin();
  await signIn(computer, ana);
  computer.parts = { cost: higher, floor: { ...higher, memoryKib: 32 } };
  await computer.begin();
  expect(await computer.ask('unlockOnline', { ...ana, hasEscrow: true })).toEqual({
    is: 'needs-old-password',
    mayRecover: true,
    mayUseOld: false,
  });
  const { email, password } = ana;
  expect(await computer.codeOf('unlockOffline', { email, password })).toBe('wrong-password');
});

test('a certificate of another school, person, computer or key is not genuine', async () => {
  const computer = new TestComputer();
  const ana = person('Ana');
  await computer.begin();
  const reply = await computer.ask('unlockOnline', { ...ana, hasEscrow: true });
  if (reply.is !== 'unlocked') throw new Error(reply.is);
  const right = {
    staffId: reply.staffId,
    computerId: computer.computerId,
    signingKey: reply.signingKey,
    issuedAt: '2026-11-24T08:45:00.000Z',
  };
  const { school } = computer;
  const wrong = [
    makeSchool().certify(right),
    { ...school.certify(right), issuedAt: '2026-11-25T08:45:00.000Z' },
    school.certify({ ...right, computerId: randomUUID() }),
    school.certify({ ...right, staffId: randomUUID() as typeof right.staffId }),
    school.certify({ ...right, signingKey: school.signingKey }),
  ];
  for (const certificate of wrong) {
    expect(await computer.codeOf('keepCertificate', { certificate })).toBe('not-genuine');
  }
  expect(await computer.codeOf('keepCertificate', { certificate: school.certify(right) })).toBe(
    'ok',
  );
});

const failing = {
  getPassword: () => Promise.reject(new Error('denied')),
  setPassword: () => Promise.reject(new Error('denied')),
};

function sealFor(recipient: string, value: unknown): string {
  const bytes = Buffer.from(JSON.stringify(value));
  return Buffer.from(sealTo(recipient, bytes)).toString('base64');
}

async function signingKeyOf(
  computer: TestComputer,
  who: ReturnType<typeof person>,
): Promise<string> {
  const reply = await computer.ask('unlockOnline', { ...who, hasEscrow: true });
  return reply.is === 'unlocked' ? reply.signingKey : '';
}
