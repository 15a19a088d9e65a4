/** R73, R83, R85: what is queued is carried in its order, once, and can be carried again. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { lackingBytes } from '../../src-shared/contract/computer.ts';
import { SealedInside, carryBytes } from '../../src-shared/contract/seal.ts';
import { isSignedBy, sealingKeyId, sha256Hex } from '../crypto.ts';
import { TestComputer, incident, makeSchool, person, signIn } from '../testing/world.ts';

async function signedIn() {
  const computer = new TestComputer();
  const ana = person('Ana');
  const { computerKey } = await computer.begin();
  await signIn(computer, ana);
  const submit = async (text: string, isUrgent = false, id: string = randomUUID()) =>
    (await computer.ask('submit', { submission: incident(text, id), isUrgent })).id;
  const deliver = async (id: string, at: string): Promise<void> => {
    const { sealed } = await computer.ask('readSealed', { id });
    await computer.ask('noteReceipt', { receipt: computer.school.receiptFor(id, sealed, at) });
  };
  const waiting = async () => (await computer.ask('listWaiting', {})).items;
  return { computer, ana, computerKey, submit, deliver, waiting };
}

const concern = (text: string, isFinished: boolean, id: string) => ({
  id,
  writer: 'Mrs Okafor',
  student: 'Ellie, year 4',
  text,
  writtenAt: '2026-11-24T08:45:00.000Z',
  isFinished,
});

test('urgent first, then oldest; a try that failed changes neither', async () => {
  const { computer, submit, waiting } = await signedIn();
  const [first, urgent, third] = [await submit('1'), await submit('2', true), await submit('3')];
  const nextTryAt = '2026-11-24T08:50:00.000Z';
  await computer.ask('noteTry', { id: first, problem: 'server-unreachable', nextTryAt });
  expect((await waiting()).map(({ id }) => id)).toEqual([urgent, first, third]);
  expect((await waiting())[1]).toMatchObject({
    tries: 1,
    nextTryAt,
    problem: 'server-unreachable',
  });
  expect(await computer.codeOf('noteTry', { id: randomUUID(), problem: 'x', nextTryAt })).toBe(
    'not-found',
  );
});

test('R42 the sealed bytes come with the computer’s proof for exactly these bytes', async () => {
  const { computer, computerKey, submit } = await signedIn();
  const id = await submit('Sealed.', true);
  const { sealed, sealingKeyId: keyId, proof, isUrgent } = await computer.ask('readSealed', { id });
  const sha256 = sha256Hex(Buffer.from(sealed, 'base64'));
  expect(isUrgent).toBe(true);
  expect(keyId).toBe(sealingKeyId(computer.school.sealingKey));
  expect(isSignedBy(computerKey, carryBytes({ id, sha256, isUrgent: true }), proof)).toBe(true);
  expect(isSignedBy(computerKey, carryBytes({ id, sha256, isUrgent: false }), proof)).toBe(false);
});

test('R73 the same words submitted twice are one item; corrected before it is carried, still one', async () => {
  const { computer, submit, waiting } = await signedIn();
  const id = await submit('First words.');
  expect(await submit('First words.', false, id)).toBe(id);
  expect(await submit('Corrected words.', false, id)).toBe(id);
  expect((await waiting()).length).toBe(1);
  const { sealed } = await computer.ask('readSealed', { id });
  expect(computer.school.open(sealed)).toMatchObject({ submission: { text: 'Corrected words.' } });
});

test('R73 corrected after it may have been carried: both are sent, each under its own id', async () => {
  const { computer, submit, waiting, deliver } = await signedIn();
  const id = await submit('First words.');
  await computer.ask('readSealed', { id });
  const other = await submit('Corrected words.', false, id);
  expect(other).not.toBe(id);
  expect((await waiting()).map((item) => item.id)).toEqual([id, other]);
  await deliver(id, '2026-11-24T08:50:00.000Z');
  // Also after the receipt, when the author's copy has gone, the same words are known again.
  expect(await submit('First words.', false, id)).toBe(id);
  // And a second press of Submit, whose first answer was lost in a crash, makes no third item.
  expect(await submit('Corrected words.', false, id)).toBe(other);
  const { sealed } = await computer.ask('readSealed', { id: other });
  expect(computer.school.open(sealed)).toMatchObject({
    submission: { id: other, text: 'Corrected words.' },
  });
});

test('a submission that the school would not take is refused as too large, and its draft stays', async () => {
  const { computer } = await signedIn();
  const id = randomUUID();
  const huge = { ...incident('x', id), text: 'x'.repeat(50_001) };
  expect(await computer.codeOf('submit', { submission: huge, isUrgent: false })).toBe('too-large');
});

test('a concern without signing in is sealed at each save, and sent when it is finished', async () => {
  const computer = new TestComputer();
  await computer.begin();
  const id = randomUUID();
  await computer.ask('saveConcern', { concern: concern('She said', false, id) });
  computer.now = new Date('2026-11-24T08:46:00.000Z');
  await computer.ask('saveConcern', { concern: concern('She said he', false, id) });
  const [unfinished] = (await computer.ask('listWaiting', {})).items;
  expect(unfinished).toMatchObject({
    id,
    kind: 'concern',
    isUrgent: true,
    queuedAt: '2026-11-24T08:45:00.000Z',
    nextTryAt: '2026-11-24T08:56:00.000Z',
  });
  await computer.ask('saveConcern', { concern: concern('She said he hit her.', true, id) });
  const { items } = await computer.ask('listWaiting', {});
  expect(items).toMatchObject([{ id, nextTryAt: '2026-11-24T08:46:00.000Z' }]);
  const { sealed } = await computer.ask('readSealed', { id });
  expect(computer.school.open(sealed)).toEqual({
    kind: 'concern',
    version: 1,
    computerId: computer.computerId,
    concern: concern('She said he hit her.', true, id),
  });
});

test('a writer who goes on after the ten minutes: the school gets the earlier words and the later ones', async () => {
  const computer = new TestComputer();
  await computer.begin();
  const id = randomUUID();
  await computer.ask('saveConcern', { concern: concern('She said', false, id) });
  const first = await computer.ask('readSealed', { id });
  await computer.ask('saveConcern', { concern: concern('She said he', false, id) });
  await computer.ask('saveConcern', { concern: concern('She said he hit her.', true, id) });
  const receipt = computer.school.receiptFor(id, first.sealed, '2026-11-24T08:57:00.000Z');
  expect(await computer.codeOf('noteReceipt', { receipt })).toBe('ok');
  const { items } = await computer.ask('listWaiting', {});
  expect(items.length).toBe(1);
  const later = await computer.ask('readSealed', { id: items[0]?.id ?? '' });
  const inside = SealedInside.parse(computer.school.open(later.sealed));
  expect(inside).toMatchObject({
    kind: 'concern',
    concern: { id: items[0]?.id, text: 'She said he hit her.', isFinished: true },
  });
});

test('a concern that was finished is not made unfinished by a save that comes after it', async () => {
  const computer = new TestComputer();
  await computer.begin();
  const id = randomUUID();
  const read = async () => {
    const { items } = await computer.ask('listWaiting', {});
    const opened = items.map(async (item) => {
      const { sealed } = await computer.ask('readSealed', { id: item.id });
      const inside = SealedInside.parse(computer.school.open(sealed));
      return inside.kind === 'concern' ? [inside.concern.text, inside.concern.isFinished] : [];
    });
    return Promise.all(opened);
  };
  await computer.ask('saveConcern', { concern: concern('She said', false, id) });
  await computer.ask('saveConcern', { concern: concern('She said he hit her.', true, id) });
  // Also in a vault that was begun since, and whatever the clock has done.
  computer.now = new Date('2026-11-24T08:40:00.000Z');
  await computer.begin();
  await computer.ask('saveConcern', { concern: concern('She said he hit her. Also', false, id) });
  await computer.ask('saveConcern', {
    concern: concern('She said he hit her. Also her', false, id),
  });
  expect(await read()).toEqual([
    ['She said he hit her.', true],
    ['She said he hit her. Also her', false],
  ]);
});

test('a concern finished again before it was carried is one concern, with its last words', async () => {
  const computer = new TestComputer();
  await computer.begin();
  const id = randomUUID();
  await computer.ask('saveConcern', { concern: concern('He hit her.', true, id) });
  await computer.ask('saveConcern', { concern: concern('He hit her twice', false, id) });
  await computer.ask('saveConcern', { concern: concern('He hit her twice.', true, id) });
  const { items } = await computer.ask('listWaiting', {});
  expect(items.map((item) => item.id)).toEqual([id]);
  const { sealed } = await computer.ask('readSealed', { id });
  expect(computer.school.open(sealed)).toMatchObject({
    concern: { id, text: 'He hit her twice.', isFinished: true },
  });
});

test('R83 what was delivered is offered again to a server that lacks it, byte for byte', async () => {
  const { computer, computerKey, submit, deliver, waiting } = await signedIn();
  const id = await submit('Delivered.');
  const { sealed } = await computer.ask('readSealed', { id });
  await deliver(id, '2026-11-24T08:50:00.000Z');
  expect(await computer.codeOf('readSealed', { id })).toBe('not-found');
  await computer.begin();
  const { ids, proof } = await computer.ask('listKept', {});
  expect(ids).toEqual([id]);
  expect(
    isSignedBy(computerKey, lackingBytes({ computerId: computer.computerId, ids }), proof),
  ).toBe(true);
  await computer.ask('offerAgain', { ids: [id, randomUUID()] });
  expect((await waiting()).map((item) => item.id)).toEqual([id]);
  expect((await computer.ask('readSealed', { id })).sealed).toBe(sealed);
  await deliver(id, '2026-11-24T09:50:00.000Z');
  expect(await waiting()).toEqual([]);
});

test('R83 kept for 14 days by the school’s clock, whatever this computer’s clock says', async () => {
  const { computer, submit, deliver } = await signedIn();
  const old = await submit('Old.');
  await deliver(old, '2026-11-24T08:50:00.000Z');
  computer.now = new Date('2036-11-24T08:50:00.000Z');
  await computer.begin();
  expect((await computer.ask('listKept', {})).ids).toEqual([old]);
  computer.now = new Date('2026-12-09T08:50:00.000Z');
  await signIn(computer, person('Ben'));
  const fresh = await submit('Fresh.');
  await deliver(fresh, '2026-12-09T08:50:00.000Z');
  expect((await computer.ask('listKept', {})).ids).toEqual([fresh]);
});

test('the author sees a delivered item for a week, and as long one whose bytes differ, as such', async () => {
  const { computer, ana, submit, deliver } = await signedIn();
  const [id, other] = [await submit('Delivered.'), await submit('Differs.')];
  await deliver(id, '2026-11-24T08:50:00.000Z');
  await computer.ask('readSealed', { id: other });
  await computer.ask('noteDiffers', { id: other });
  const states = async () =>
    (await computer.ask('listOwnItems', {})).items.map((item) => [item.id, item.state]);
  expect(await states()).toEqual([
    [other, 'differs'],
    [id, 'delivered'],
  ]);
  expect((await computer.ask('listWaiting', {})).items).toEqual([]);
  computer.now = new Date('2026-12-02T08:50:00.000Z');
  await computer.begin();
  await signIn(computer, ana);
  expect(await states()).toEqual([]);
});

test('R83 an item whose bytes differed is offered again to a server that was set back, and ends in two weeks', async () => {
  const { computer, ana, submit, deliver, waiting } = await signedIn();
  const id = await submit('Differs.');
  const { sealed } = await computer.ask('readSealed', { id });
  // Nobody signs that answer: should it have been another's, the school asks for the item again.
  await computer.ask('noteDiffers', { id });
  await deliver(await submit('First.'), '2026-11-24T08:50:00.000Z');
  expect((await computer.ask('listKept', {})).ids).toContain(id);
  await computer.ask('offerAgain', { ids: [id] });
  expect((await waiting()).map((item) => item.id)).toEqual([id]);
  expect((await computer.ask('readSealed', { id })).sealed).toBe(sealed);
  await computer.ask('noteDiffers', { id });

  const own = async () => (await computer.ask('listOwnItems', {})).items.map((item) => item.id);
  await deliver(await submit('Second.'), '2026-11-25T08:50:00.000Z');
  expect(await own()).toContain(id);
  computer.now = new Date('2026-12-03T08:50:00.000Z');
  await computer.begin();
  await signIn(computer, ana);
  expect(await own()).not.toContain(id);
  await deliver(await submit('Third.'), '2026-12-08T08:50:00.000Z');
  expect((await computer.ask('listKept', {})).ids).toContain(id);
  computer.now = new Date('2026-12-10T08:50:00.000Z');
  await deliver(await submit('Fourth.'), '2026-12-10T08:50:00.000Z');
  expect((await computer.ask('listKept', {})).ids).not.toContain(id);
});

test('R27 a rotated sealing key: new items are sealed to it, waiting ones stay as they are', async () => {
  const { computer, submit } = await signedIn();
  const before = await submit('Before.');
  const rotated = makeSchool();
  await computer.ask('useSealingKey', { sealingKey: rotated.sealingKey });
  const after = await submit('After.');
  const read = async (id: string) => computer.ask('readSealed', { id });
  expect(computer.school.open((await read(before)).sealed)).toMatchObject({ kind: 'submission' });
  expect(rotated.open((await read(after)).sealed)).toMatchObject({ kind: 'submission' });
  expect((await read(after)).sealingKeyId).toBe(sealingKeyId(rotated.sealingKey));
});

test('R84 a thousand waiting items are listed in order', async () => {
  const { submit, waiting } = await signedIn();
  const ids: string[] = [];
  for (let number = 0; number < 1_000; number += 1) ids.push(await submit(`Item ${number}.`));
  expect((await waiting()).map(({ id }) => id as string)).toEqual(ids);
  // Each is a commit of its own on the disk: on a slow one a thousand of them take their time.
}, 120_000);

test('R82 a receipt of either form ends the waiting; what it says of being held is signed', async () => {
  const { computer, submit, waiting } = await signedIn();
  for (const isHeld of [undefined, false, true]) {
    // oxlint-disable no-await-in-loop -- each in its turn, on one computer
    const id = await submit(`Held: ${isHeld}.`);
    const { sealed } = await computer.ask('readSealed', { id });
    const at = '2026-11-24T08:57:00.000Z';
    const receipt = computer.school.receiptFor(id, sealed, at, isHeld);
    const forged = { ...receipt, isHeld: isHeld !== true };
    expect(await computer.codeOf('noteReceipt', { receipt: forged })).toBe('not-genuine');
    await computer.ask('noteReceipt', { receipt });
    expect(await waiting()).toEqual([]);
    const { items } = await computer.ask('listOwnItems', {});
    expect(items.find((item) => item.id === id)?.receipt).toEqual(receipt);
    // oxlint-enable no-await-in-loop
  }
});
