/** When the server is told of drafts: soon, again where it did not hear, and before leaving. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Person } from '../session/person.ts';
import type { Vault } from '../vault/host.ts';
import { draftsToTell, TELL_EVERY_MS } from './tell-drafts.ts';

const DRAFT = {
  id: '01936f00-0000-7000-8000-000000000001',
  changedAt: '2026-11-24T10:42:00.000Z',
};
const COMPUTER = { id: '01936f00-0000-7000-8000-00000000000c' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function room() {
  const vault = {
    ask: async () => ({ ok: true, value: { drafts: [DRAFT] } }),
  } as unknown as Vault;
  const heard: unknown[] = [];
  const server = { isThere: true, answers: Promise.resolve() };
  const person = {
    isOpen: true,
    async carry(_endpoint: unknown, request: unknown) {
      await server.answers;
      if (!server.isThere) return { ok: false, code: 'server-unreachable' };
      heard.push(request);
      return { ok: true, value: {} };
    },
  } as unknown as Person;
  return { drafts: draftsToTell(vault, person, COMPUTER), heard, server };
}
const told = { computerId: COMPUTER.id, drafts: [DRAFT] };

test('many changes are told of once, half a minute after the first', async () => {
  const { drafts, heard } = room();
  drafts.changed();
  await vi.advanceTimersByTimeAsync(TELL_EVERY_MS / 2);
  drafts.changed();
  await vi.advanceTimersByTimeAsync(TELL_EVERY_MS / 2);
  expect(heard).toEqual([told]);
  await vi.advanceTimersByTimeAsync(10 * TELL_EVERY_MS);
  expect(heard).toHaveLength(1);
});

test('a server that did not hear is told again until it has', async () => {
  const { drafts, heard, server } = room();
  server.isThere = false;
  drafts.changed();
  await vi.advanceTimersByTimeAsync(3 * TELL_EVERY_MS);
  expect(heard).toEqual([]);
  server.isThere = true;
  await vi.advanceTimersByTimeAsync(TELL_EVERY_MS);
  expect(heard).toEqual([told]);
});

test('before leaving it is told at once, also what changed while it was being told', async () => {
  const { drafts, heard, server } = room();
  const slow = Promise.withResolvers<void>();
  server.answers = slow.promise;
  drafts.changed();
  await vi.advanceTimersByTimeAsync(TELL_EVERY_MS);
  drafts.changed();
  let isFinished = false;
  const finishing = drafts.finish().then(() => (isFinished = true));
  await vi.advanceTimersByTimeAsync(0);
  expect(isFinished).toBe(false);
  slow.resolve();
  await finishing;
  expect(heard).toEqual([told, told]);
  await vi.advanceTimersByTimeAsync(10 * TELL_EVERY_MS);
  expect(heard).toHaveLength(2);
});

test('leaving is tried once: without the server nothing goes on afterwards', async () => {
  const { drafts, heard, server } = room();
  server.isThere = false;
  drafts.changed();
  await drafts.finish();
  server.isThere = true;
  await vi.advanceTimersByTimeAsync(10 * TELL_EVERY_MS);
  expect(heard).toEqual([]);
});
