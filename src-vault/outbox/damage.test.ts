/** R25: what is damaged in the outbox is told of, to the school too, and does not wait for ever. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { SealedInside } from '../../src-shared/contract/seal.ts';
import { TestComputer, incident, person, signIn } from '../testing/world.ts';

/** Three submitted; the bytes of the first are damaged, and of the third its id alone is known. */
async function damaged() {
  const computer = new TestComputer();
  const ana = person('Ana');
  await computer.begin();
  await signIn(computer, ana);
  const submit = async (text: string) =>
    (await computer.ask('submit', { submission: incident(text, randomUUID()), isUrgent: false }))
      .id;
  const [first, sound, third] = [await submit('1'), await submit('2'), await submit('3')];
  const sqlite = new SQLite(join(computer.folder, 'vault.sqlite'));
  sqlite.prepare('UPDATE outbox SET sealed = zeroblob(9), own_copy = NULL WHERE id = ?').run(first);
  sqlite
    .prepare(
      `UPDATE outbox SET sealed = NULL, sha256 = '', sealing_key_id = '', person = NULL,
         written_as = NULL, own_copy = NULL, problem = 'damaged',
         queued_at = '1970-01-01T00:00:00.000Z', next_try_at = '9999-12-31T23:59:59.999Z'
       WHERE id = ?`,
    )
    .run(third);
  sqlite.close();
  await computer.begin();
  expect(await computer.codeOf('readSealed', { id: first })).toBe('fault');
  const listed = async () =>
    (await computer.ask('listWaiting', {})).items.map(({ id, kind, problem }) => ({
      id,
      kind,
      problem,
    }));
  return { computer, ana, first, sound, third, listed };
}

test('the school is asked which of the damaged it has; of those it lacks its team is told, once', async () => {
  const { computer, first, sound, third, listed } = await damaged();
  const { ids } = await computer.ask('listKept', {});
  expect(ids.toSorted()).toEqual([first, third].toSorted());
  await computer.ask('offerAgain', { ids: [first], has: [third] });
  await computer.ask('offerAgain', { ids: [first], has: [third] });
  const [report, ...others] = await listed();
  expect(others).toEqual([
    { id: first, kind: 'submission', problem: 'damaged-told' },
    { id: sound, kind: 'submission', problem: null },
  ]);
  expect(report).toMatchObject({ kind: 'concern', problem: null });
  const { sealed } = await computer.ask('readSealed', { id: report?.id ?? '' });
  const inside = SealedInside.parse(computer.school.open(sealed));
  if (inside.kind !== 'concern') throw new Error('not a concern');
  expect(inside.concern.isFinished).toBe(true);
  expect(inside.concern.text).toContain(first);
  expect(inside.concern.text).not.toContain(third);
});

test('what the team was told of goes from the list once somebody here has read it; not before', async () => {
  const { computer, first, third, listed } = await damaged();
  await computer.ask('noteDamageRead', { ids: [first, third] });
  expect((await listed()).map(({ id }) => id)).toContain(first);
  await computer.ask('offerAgain', { ids: [first, third] });
  await computer.ask('noteDamageRead', { ids: [first, third] });
  expect((await listed()).map(({ problem }) => problem)).toEqual([null, null]);
  expect((await computer.ask('listKept', {})).ids).toEqual([]);
});

test('its author is told that it is damaged, not that it waits', async () => {
  const { computer, ana, first, sound } = await damaged();
  await signIn(computer, ana);
  const { items } = await computer.ask('listOwnItems', {});
  expect(items.map(({ id, state }) => [id, state])).toEqual([
    [sound, 'waiting'],
    [first, 'damaged'],
  ]);
});

test('of what only the id is known, nothing else is said', async () => {
  const { third, listed } = await damaged();
  expect(await listed()).toContainEqual({ id: third, kind: 'unknown', problem: 'damaged' });
});

test('what arrived before it was damaged is nobody’s loss: not listed, and never sealed again', async () => {
  const { computer, ana, first, sound, third } = await damaged();
  await computer.ask('offerAgain', { ids: [third], has: [first] });
  await signIn(computer, ana);
  const { items } = await computer.ask('listOwnItems', {});
  expect(items.map(({ id }) => id)).toEqual([sound]);
  expect(await computer.codeOf('readSealed', { id: first })).not.toBe('ok');
});

test('what somebody else has read about is sealed again all the same, once its author is here', async () => {
  const computer = new TestComputer();
  const ana = person('Ana');
  await computer.begin();
  await signIn(computer, ana);
  const submission = incident('Her words.', randomUUID());
  const { id } = await computer.ask('submit', { submission, isUrgent: false });
  const sqlite = new SQLite(join(computer.folder, 'vault.sqlite'));
  sqlite.prepare('UPDATE outbox SET sealed = zeroblob(9) WHERE id = ?').run(id);
  sqlite.close();
  await computer.begin();
  expect(await computer.codeOf('readSealed', { id })).toBe('fault');
  await computer.ask('offerAgain', { ids: [id] });
  await computer.ask('noteDamageRead', { ids: [id] });
  await signIn(computer, ana);
  const { sealed } = await computer.ask('readSealed', { id });
  expect(computer.school.open(sealed)).toMatchObject({ submission: { text: 'Her words.' } });
});
