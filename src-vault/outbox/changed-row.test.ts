/**
 * R25, R84: one changed character of what stands in the clear, which SQLite calls sound, costs at most
 * its own row. R83: nor does one wrong time of the school cost what is kept.
 */
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { SealedInside } from '../../src-shared/contract/seal.ts';
import { TestComputer, draft, incident, person, signIn } from '../testing/world.ts';

async function withAna() {
  const computer = new TestComputer();
  const ana = person('Ana');
  await computer.begin();
  await signIn(computer, ana);
  const submit = async (text: string): Promise<string> =>
    (await computer.ask('submit', { submission: incident(text), isUrgent: false })).id;
  const deliver = async (text: string, at: string): Promise<string> => {
    const id = await submit(text);
    const { sealed } = await computer.ask('readSealed', { id });
    await computer.ask('noteReceipt', { receipt: computer.school.receiptFor(id, sealed, at) });
    return id;
  };
  /** Changes rows while no vault is there, and begins another. */
  const change = async (sql: string): Promise<void> => {
    await computer.end();
    const sqlite = new SQLite(join(computer.folder, 'vault.sqlite'));
    expect(sqlite.prepare(sql).run().changes).toBe(1);
    expect(sqlite.pragma('quick_check', { simple: true })).toBe('ok');
    sqlite.close();
    await computer.begin();
  };
  const waiting = async () => (await computer.ask('listWaiting', {})).items;
  return { computer, ana, submit, deliver, change, waiting };
}

test.each([
  "queued_at = 'x' || substr(queued_at, 2)",
  "next_try_at = 'x' || substr(next_try_at, 2)",
  "id = 'x' || substr(id, 2)",
  'tries = -9223372036854775808',
  'problem = hex(zeroblob(80))',
])('an item with %s is carried, and so are the others', async (how) => {
  const { computer, ana, submit, change, waiting } = await withAna();
  const ids = [await submit('one'), await submit('two')];
  await change(`UPDATE outbox SET ${how} WHERE number = 1`);
  expect((await waiting()).map(({ id }) => id)).toEqual(ids);
  for (const id of ids) expect(await computer.codeOf('readSealed', { id })).toBe('ok');
  await signIn(computer, ana);
  expect((await computer.ask('listOwnItems', {})).items.length).toBe(2);
});

test('an item whose id nobody knows any more is listed as damaged, and the others are carried', async () => {
  const { computer, submit, change, waiting } = await withAna();
  await submit('one');
  const two = await submit('two');
  await change("UPDATE outbox SET id = 'nothing', written_as = 'nothing either' WHERE number = 1");
  const [one, other] = await waiting();
  expect(one).toMatchObject({ problem: 'damaged' });
  expect(other).toMatchObject({ id: two, problem: null });
  // Its number in the list is one that the school can be asked about.
  expect((await computer.ask('listKept', {})).ids).toEqual([one?.id]);
});

test.each(["'x' || substr(received_at, 2)", "'29' || substr(received_at, 3)", "''"])(
  'R83 a delivered item whose time has become %s is kept, with the others, and the vault opens',
  async (how) => {
    const { computer, ana, deliver, submit, change, waiting } = await withAna();
    const ids = [
      await deliver('one', '2026-11-23T08:45:00.000Z'),
      await deliver('two', '2026-11-24T08:45:00.000Z'),
    ];
    const third = await submit('three');
    await change(`UPDATE outbox SET received_at = ${how} WHERE number = 1`);
    expect((await waiting()).map(({ id }) => id)).toEqual([third]);
    expect((await computer.ask('listKept', {})).ids.toSorted()).toEqual(ids.toSorted());
    await signIn(computer, ana);
    expect((await computer.ask('listOwnItems', {})).items.length).toBe(3);
  },
);

test('a receipt and a certificate that are none any more keep nobody out', async () => {
  const { computer, ana, deliver, change } = await withAna();
  const id = await deliver('one', '2026-11-24T08:45:00.000Z');
  await change("UPDATE outbox SET receipt = '{'");
  await change("UPDATE person SET certificate = '{'");
  await signIn(computer, ana);
  expect((await computer.ask('listOwnItems', {})).items).toMatchObject([{ id, receipt: null }]);
});

test('R83 a school’s clock that was wrong for a day, ten years ahead or behind, costs nothing that is kept', async () => {
  for (const wrong of ['2036-11-24T08:10:00.000Z', '2016-11-24T08:10:00.000Z']) {
    const { computer, deliver } = await withAna();
    const kept = async () => (await computer.ask('listKept', {})).ids.length;
    await deliver('a', '2026-11-23T08:00:00.000Z');
    await deliver('b', '2026-11-24T08:10:00.000Z');
    await deliver('c', wrong);
    await deliver('d', '2026-11-24T08:20:00.000Z');
    expect(await kept()).toBe(4);
    computer.now = new Date('2026-11-26T08:00:00.000Z');
    await deliver('e', '2026-11-26T08:10:00.000Z');
    expect(await kept()).toBe(5);
    await computer.begin();
    expect(await kept()).toBe(wrong.startsWith('2036') ? 5 : 4);
  }
});

test('R83 fourteen days by the school’s clock after it, what was delivered goes, also with the clock here far behind', async () => {
  const { computer, ana, deliver } = await withAna();
  await deliver('a', '2026-11-01T08:00:00.000Z');
  await computer.begin();
  computer.now = new Date('2016-11-24T08:45:00.000Z');
  await signIn(computer, ana);
  await deliver('b', '2026-11-18T08:00:00.000Z');
  const last = await deliver('c', '2026-11-19T08:00:00.000Z');
  await computer.begin();
  const { ids } = await computer.ask('listKept', {});
  expect(ids.length).toBe(2);
  expect(ids).toContain(last);
});

test.each(['id = id || hex(zeroblob(50))', 'revision = 9223372036854775807'])(
  'T13 somebody who has left, one of whose drafts has %s: the team is told of it, and their keys go',
  async (how) => {
    const { computer, ana, change, waiting } = await withAna();
    await computer.ask('saveDraft', { draft: draft('Typed.'), revision: 0 });
    await change(`UPDATE draft SET ${how}`);
    expect(await computer.codeOf('forgetPerson', { staffId: ana.staffId })).toBe('ok');
    expect((await computer.ask('listPeople', {})).staffIds).toEqual([]);
    const [item] = await waiting();
    const { sealed } = await computer.ask('readSealed', { id: item?.id ?? '' });
    const inside = SealedInside.parse(computer.school.open(sealed));
    expect(inside).toMatchObject({ kind: 'left', staffId: ana.staffId });
  },
);

test('T13 an id of a person that is none any more keeps nobody else from being asked about', async () => {
  const { computer, change } = await withAna();
  const ben = person('Ben');
  await signIn(computer, ben);
  await change("UPDATE person SET staff_id = 'x' || substr(staff_id, 2) WHERE key = 1");
  expect((await computer.ask('listPeople', {})).staffIds).toEqual([ben.staffId]);
});
