/** R42, R83, T13: what a computer hears at its rounds, and what only seems to be an answer to it. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ErrorCode } from '../../src-shared/contract/errors.ts';
import { Rounds, type RoundsParts } from './rounds.ts';

interface Asked {
  readonly path: string;
  readonly id: string;
  readonly count: number;
}

const ENROLLED = {
  ok: true,
  value: {
    sealingKeys: ['key'],
    safeguardingContact: { name: 'Ruth Bell', number: '01632 960001' },
  },
};

/** Rounds whose server and vault answer what the test says; the clock is the test's. */
function made(
  answer: (path: string, request: { readonly staffIds?: readonly string[] }) => unknown,
  people: readonly string[] = [],
) {
  const asked: Asked[] = [];
  const forgotten: string[] = [];
  const noted: ErrorCode[] = [];
  const state = { id: 'none', ms: 0, contact: (): void => undefined };
  const parts = {
    link: {
      ask: async (
        { path }: { readonly path: string },
        request: {
          readonly id?: string;
          readonly computerId?: string;
          readonly staffIds?: string[];
        },
      ) => {
        const id = request.id ?? request.computerId ?? '';
        asked.push({ path, id, count: request.staffIds?.length ?? 0 });
        return await answer(path, request);
      },
    },
    vault: {
      ask: (name: string) => {
        if (name === 'listKept')
          return Promise.resolve({ ok: true, value: { ids: [], proof: '' } });
        if (name === 'listPeople')
          return Promise.resolve({ ok: true, value: { staffIds: people } });
        return Promise.resolve({ ok: true, value: { proof: '' } });
      },
    },
    computer: {
      name: 'RECEPTION-2',
      get id() {
        return state.id;
      },
    },
    enrolmentCode: 'code',
    clock: () => state.ms,
    random: () => 0.5,
    onSealingKey: () => undefined,
    onContact: () => state.contact(),
    onOffered: () => undefined,
    onForgotten: (id: string) => forgotten.push(id),
    note: (code: ErrorCode) => noted.push(code),
  } as unknown as RoundsParts;
  const rounds = new Rounds(parts);
  return {
    rounds,
    asked,
    forgotten,
    noted,
    state,
    become: (id: string): void => {
      state.id = id;
      const opened = { computerId: id, computerKey: `key of ${id}`, enrolmentProof: 'proof' };
      rounds.noteOpened(opened as Parameters<Rounds['noteOpened']>[0]);
    },
  };
}

test.each(['too-many-tries', 'server-failed', 'bad-request', 'not-found', 'method-not-allowed'])(
  '%s says nothing about a computer: what is carried waits for an answer, two minutes at most',
  async (code) => {
    const { rounds, state, become } = made(() => ({ ok: false, code, waitSeconds: 30 }));
    become('A');
    expect(await rounds.enrol()).toEqual({ ok: false, code: 'server-busy', waitSeconds: 30 });
    state.ms += 110_000;
    expect(await rounds.enrol()).toEqual({ ok: false, code: 'server-busy', waitSeconds: 10 });
    state.ms += 10_000;
    expect(await rounds.enrol()).toEqual({ ok: true, value: null });
    // Another computer has two minutes of its own.
    become('B');
    expect((await rounds.enrol()).ok).toBe(false);
  },
);

test('a refusal is an answer: what a refused computer carries is taken, and held', async () => {
  const { rounds, asked, become } = made(() => ({ ok: false, code: 'not-allowed' }));
  become('A');
  expect((await rounds.enrol()).ok).toBe(true);
  expect((await rounds.enrol()).ok).toBe(true);
  expect(asked.length).toBe(1);
});

test('R42 an answer that comes late, for the computer that this was before, is none for the one that it is', async () => {
  const late = Promise.withResolvers<unknown>();
  let times = 0;
  const { rounds, asked, become } = made(() => {
    times += 1;
    return times === 1 ? late.promise : ENROLLED;
  });
  become('A');
  const going = rounds.go();
  const enrolling = rounds.enrol();
  become('B');
  const again = rounds.go();
  late.resolve(ENROLLED);
  await Promise.all([going, again]);
  expect((await enrolling).ok).toBe(true);
  expect(asked.slice(0, 2).map(({ id }) => id)).toEqual(['A', 'B']);
  expect(asked.slice(1).every(({ id }) => id === 'B')).toBe(true);
  expect(rounds.isDone).toBe(true);
});

test('whom to tell cannot be shown or kept: the round goes on', async () => {
  const { rounds, noted, state, become } = made(() => ENROLLED);
  become('A');
  state.contact = () => {
    throw new Error('the disk is full');
  };
  await rounds.go();
  expect(rounds.isDone).toBe(true);
  expect(noted).toEqual(['program-fault']);
});

test('T13 more people than the server takes at once are asked about in parts', async () => {
  const people = Array.from({ length: 1_201 }, () => randomUUID());
  const left = [people[3], people[700], people[1_200]];
  const { rounds, asked, forgotten, become } = made(
    (_path, { staffIds }) =>
      staffIds === undefined
        ? ENROLLED
        : { ok: true, value: { forgotten: left.filter((id) => staffIds.includes(String(id))) } },
    people,
  );
  become('A');
  await rounds.go();
  expect(asked.map(({ count }) => count)).toEqual([0, 500, 500, 201]);
  expect(forgotten).toEqual(left);
});
