/** R22, R23, R76: drafts are kept as acknowledged, are gone when discarded, and open to nobody else. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TestComputer, draft, incident, person, signIn } from '../testing/world.ts';

async function signedIn() {
  const computer = new TestComputer();
  const ana = person('Ana');
  await computer.begin();
  await signIn(computer, ana);
  return { computer, ana, file: join(computer.folder, 'vault.sqlite') };
}

test('a draft changed on both sides of a crash: both versions are kept, none silently', async () => {
  const { computer } = await signedIn();
  const first = draft('One.');
  await computer.ask('saveDraft', { draft: first, revision: 0 });
  await computer.ask('saveDraft', { draft: { ...first, content: 'One. Two.' }, revision: 1 });
  const stale = { ...first, content: 'One. Three.' };
  const saved = await computer.ask('saveDraft', { draft: stale, revision: 1 });
  expect(saved).toMatchObject({ id: first.id, revision: 3, keptBoth: true });
  const { drafts } = await computer.ask('listDrafts', {});
  expect(drafts.map(({ content, otherVersionOf }) => ({ content, otherVersionOf }))).toEqual(
    expect.arrayContaining([
      { content: 'One. Three.', otherVersionOf: null },
      { content: 'One. Two.', otherVersionOf: first.id },
    ]),
  );
  expect(drafts.length).toBe(2);
  // The same words again, from a page that had not heard of its save, make no third.
  const again = await computer.ask('saveDraft', { draft: stale, revision: 2 });
  expect(again).toMatchObject({ revision: 4, keptBoth: false });
});

test('a draft larger than may be kept is refused as too large, and the earlier one stays', async () => {
  const { computer } = await signedIn();
  const small = draft('Small.');
  await computer.ask('saveDraft', { draft: small, revision: 0 });
  const large = { ...small, content: 'x'.repeat(256 * 1024 + 1) };
  expect(await computer.codeOf('saveDraft', { draft: large, revision: 1 })).toBe('too-large');
  expect((await computer.ask('readDraft', { id: small.id })).draft).toEqual(small);
});

test('a discarded draft can be brought back for a minute, and not after it', async () => {
  const { computer } = await signedIn();
  const { id } = await computer.ask('saveDraft', { draft: draft('Discarded.'), revision: 0 });
  await computer.ask('discardDraft', { id });
  expect((await computer.ask('listDrafts', {})).drafts).toEqual([]);
  expect(await computer.codeOf('readDraft', { id })).toBe('not-found');
  computer.steadyMs += 59_000;
  await computer.tick();
  await computer.ask('undiscardDraft', { id });
  expect((await computer.ask('listDrafts', {})).drafts.length).toBe(1);
  await computer.ask('discardDraft', { id });
  computer.steadyMs += 61_000;
  await computer.tick();
  expect(await computer.codeOf('undiscardDraft', { id })).toBe('not-found');
});

test('R23 of a discarded draft not even the encrypted bytes are left, in no file', async () => {
  const { computer, ana, file } = await signedIn();
  const { id } = await computer.ask('saveDraft', { draft: draft('y'.repeat(9_000)), revision: 0 });
  const sqlite = new SQLite(file, { readonly: true });
  const row = sqlite
    .prepare<[string], { content: Buffer }>('SELECT content FROM draft WHERE id = ?')
    .get(id);
  sqlite.close();
  const pieces = [0, 1, 2, 3].map(
    (n) => row?.content.subarray(100 + n * 2_000, 132 + n * 2_000) ?? Buffer.alloc(0),
  );
  const found = (): number =>
    pieces.filter((piece) => computer.files().some(({ bytes }) => bytes.includes(piece))).length;
  expect(found()).toBe(4);
  await computer.ask('discardDraft', { id });
  await computer.begin();
  expect(found()).toBe(0);
  await signIn(computer, ana);
  expect((await computer.ask('listDrafts', {})).drafts).toEqual([]);
});

test('R22 each bit of a 256-byte sample flipped, rows swapped, a revision put back: nothing opens', async () => {
  const { computer, file } = await signedIn();
  const ben = person('Ben');
  const [one, two] = [draft('One.'.repeat(50)), draft('Two.'.repeat(50))];
  await computer.ask('saveDraft', { draft: one, revision: 0 });
  const raw = new SQLite(file);
  const read = raw.prepare<[string], { content: Buffer }>('SELECT content FROM draft WHERE id = ?');
  const write = raw.prepare('UPDATE draft SET content = ?, revision = ? WHERE id = ?');
  const first = read.get(one.id)?.content ?? Buffer.alloc(0);
  await computer.ask('saveDraft', { draft: { ...one, content: 'Later.' }, revision: 1 });
  await computer.ask('saveDraft', { draft: two, revision: 0 });
  const second = read.get(two.id)?.content ?? Buffer.alloc(0);
  const code = () => computer.codeOf('readDraft', { id: two.id });

  expect(second.length).toBeGreaterThan(256);
  let opened = 0;
  for (let bit = 0; bit < 256 * 8; bit += 1) {
    const flipped = Buffer.from(second);
    flipped.writeUInt8((flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3);
    write.run(flipped, 1, two.id);
    if ((await code()) === 'ok') opened += 1;
  }
  expect(opened).toBe(0);
  write.run(first, 1, two.id);
  expect(await code()).toBe('not-found');
  write.run(second, 1, two.id);
  expect(await code()).toBe('ok');
  // The earlier revision under the present number, and with its own number set back, as a thief could.
  write.run(first, 2, one.id);
  expect(await computer.codeOf('readDraft', { id: one.id })).toBe('not-found');
  // Ana's row given to Ben.
  await signIn(computer, ben);
  const bens = await computer.ask('saveDraft', { draft: draft('Of Ben.'), revision: 0 });
  raw
    .prepare('UPDATE draft SET person = (SELECT person FROM draft WHERE id = ?) WHERE id = ?')
    .run(bens.id, two.id);
  expect(await code()).toBe('not-found');
  raw.close();
});

test('R20 nothing of a colleague’s drafts is listed, counted, read, discarded or brought back', async () => {
  const { computer, ana } = await signedIn();
  const { id } = await computer.ask('saveDraft', { draft: draft('Of Ana.'), revision: 0 });
  await computer.ask('submit', { submission: incident('Of Ana.'), isUrgent: false });
  await computer.begin();
  await signIn(computer, person('Ben'));
  expect(await computer.ask('listDrafts', {})).toEqual({ drafts: [], losses: [] });
  expect(await computer.ask('listOwnItems', {})).toEqual({ items: [] });
  expect(await computer.codeOf('readDraft', { id })).toBe('not-found');
  expect(await computer.codeOf('discardDraft', { id })).toBe('not-found');
  // Even a draft of Ben's with the very same id stands beside Ana's.
  await computer.ask('saveDraft', { draft: draft('Of Ben.', id), revision: 0 });
  await computer.begin();
  await signIn(computer, ana);
  expect((await computer.ask('readDraft', { id })).draft.content).toBe('Of Ana.');
});

test('a save of what was submitted is answered with that, does not bring the draft back, and is let go by nobody', async () => {
  const { computer, ana } = await signedIn();
  const id = randomUUID();
  await computer.ask('saveDraft', { draft: draft('Typed.', id), revision: 0 });
  const [, late] = await Promise.all([
    computer.codeOf('submit', { submission: incident('Typed.', id), isUrgent: false }),
    computer.codeOf('saveDraft', { draft: draft('Typed.', id), revision: 1 }),
  ]);
  expect(late).toBe('already-submitted');
  expect((await computer.ask('listDrafts', {})).drafts).toEqual([]);
  // The page that never heard that it was queued, and its person clears the form.
  await computer.begin();
  await signIn(computer, ana);
  const typedOn = { draft: draft('Typed on.', id), revision: 1 };
  expect(await computer.codeOf('saveDraft', typedOn)).toBe('already-submitted');
  expect(await computer.codeOf('discardDraft', { id })).toBe('already-submitted');
  // Of a colleague's items nothing is told, not even that there are any.
  await signIn(computer, person('Ben'));
  expect(await computer.codeOf('discardDraft', { id })).toBe('not-found');
  expect(await computer.codeOf('saveDraft', typedOn)).toBe('ok');
});

test('R76 whatever is saved, discarded, submitted and cut off by crashes: what was acknowledged is there', async () => {
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        is: fc.constant('save' as const),
        form: fc.nat(2),
        text: fc.string({ maxLength: 40, unit: 'grapheme' }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ is: fc.constant('discard' as const), form: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ is: fc.constant('submit' as const), form: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ is: fc.constant('crash' as const) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const { computer, ana } = await signedIn();
      const ids = [randomUUID(), randomUUID(), randomUUID()];
      const known = new Map<string, { text: string; revision: number }>();
      const sent: string[] = [];
      for (const one of steps) {
        if (one.is === 'crash') {
          await computer.begin();
          await signIn(computer, ana);
          continue;
        }
        const id = ids[one.form] ?? '';
        const before = known.get(id);
        if (one.is === 'save') {
          const request = { draft: draft(one.text, id), revision: before?.revision ?? 0 };
          const { revision } = await computer.ask('saveDraft', request);
          known.set(id, { text: one.text, revision });
        } else if (before !== undefined) {
          if (one.is === 'discard') await computer.ask('discardDraft', { id });
          else {
            await computer.ask('submit', { submission: incident('Sent.', id), isUrgent: false });
            sent.push(id);
            ids[one.form] = randomUUID();
          }
          known.delete(id);
        }
      }
      await computer.begin();
      await signIn(computer, ana);
      const { drafts } = await computer.ask('listDrafts', {});
      expect(new Map(drafts.map((row) => [row.id as string, row.content]))).toEqual(
        new Map([...known].map(([id, { text }]) => [id, text])),
      );
      const { items } = await computer.ask('listWaiting', {});
      expect(items.map((item) => item.id as string)).toEqual(sent);
      await computer.end();
    }),
    { numRuns: 12 },
  );
});
