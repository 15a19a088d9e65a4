/** R83: how much of what was delivered is kept. */
import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { openHouse } from '../open-house.ts';
import { TEST_COST, makeKeychain, makeSchool, testFolder } from '../testing/world.ts';
import { listKept, pruneKept } from './kept.ts';
import { insertItem, itemById, markDelivered } from './rows.ts';

test('R83 beyond the limit the oldest lose their bytes, and stay in their author’s list', async () => {
  const { id, signingKey, sealingKey } = makeSchool();
  const { house } = await openHouse(
    {
      keychain: makeKeychain(),
      keychainMs: { first: 200, afterSilence: 50 },
      now: () => new Date('2026-11-24T08:45:00.000Z'),
      steadyMs: () => 0,
      newId: () => randomUUID(),
      wait: () => Promise.resolve(),
      cost: TEST_COST,
      floor: TEST_COST,
      reserveBytes: 0,
      heldFileMs: 0,
    },
    {
      folder: testFolder(),
      computer: { id: randomUUID(), name: 'RECEPTION-2' },
      school: { id, signingKey, sealingKey },
    },
  );
  onTestFinished(() => house.store.close());
  const { sqlite } = house.store;
  const ids = [1, 2, 3, 4].map((number) => `0190a000-0000-7000-8000-00000000000${number}`);
  for (const [index, one] of ids.entries()) {
    insertItem(sqlite, {
      id: one,
      kind: 'submission',
      is_urgent: 0,
      sealed: new Uint8Array(100),
      sealing_key_id: '0123456789abcdef',
      sha256: '',
      queued_at: '2026-11-24T08:45:00.000Z',
      next_try_at: '2026-11-24T08:45:00.000Z',
      written_as: one,
      person: null,
      own_about: null,
      own_copy: null,
      is_finished: 1,
    });
    const receivedAt = `2026-11-24T08:4${index}:00.000Z`;
    if (index < 3) markDelivered(sqlite, { id: one, receipt: '{}', receivedAt });
  }
  pruneKept(house, 250);
  expect(listKept(house).ids).toEqual([ids[2], ids[1]]);
  expect(itemById(sqlite, ids[0] ?? '')).toMatchObject({ state: 'delivered', sealed: null });
  // What still waits is never counted, and never given up.
  pruneKept(house, 0);
  expect(itemById(sqlite, ids[3] ?? '')?.sealed?.length).toBe(100);
});
