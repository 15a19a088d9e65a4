/**
 * A chaos run (R74, R75): real clients with their vaults and couriers, a real server, and a proxy
 * between them that hurts more than every second attempt. Then it heals, the rest is drained, and
 * the server's database is compared with what was done.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { v7 as newId } from 'uuid';
import type { TestStaff } from '../../server/testing/people.ts';
import { wrongAlerts } from './alerts.ts';
import { ClientProcess, pause, until, type ClientHandle } from './client-handle.ts';
import { actionBy, incidentBy, markOf, marksIn, wordsFor, type Entry } from './entries.ts';
import { judge, type Moment } from './history.ts';
import { Proxy } from './proxy.ts';
import { seeded, type Random } from './random.ts';
import { ChaosSchool } from './school.ts';

export interface ChaosAsked {
  readonly submissions: number;
  readonly clients: number;
  readonly seed: number;
  /** Healed at the latest after this long, in seconds. */
  readonly longest: number;
}

export interface ChaosResult {
  readonly submissions: number;
  readonly attempts: number;
  readonly faulted: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly phantoms: number;
  readonly alertsWrong: number;
  /** Receipts that a client shows and the school does not know, or entries still undelivered. */
  readonly receiptsWrong: number;
  readonly held: number;
  readonly seconds: number;
  /** From healing until nothing waited any more. */
  readonly drainSeconds: number;
  readonly by: Readonly<Record<string, number>>;
}

/** Healed when so much of everything is still waiting. */
const LEFT_TO_DRAIN = 0.08;
const DRAIN_LIMIT_MS = 300_000;
/** Of what is sent: actions by the team, concerns without signing in. */
const ACTIONS = 0.3;
const CONCERNS = 0.02;

interface Desk {
  readonly client: ClientHandle;
  readonly person: TestStaff;
  readonly isOfTeam: boolean;
  readonly random: Random;
}

/** `say` is told how it goes. */
export async function runChaos(
  asked: ChaosAsked,
  say: (words: string) => void,
): Promise<ChaosResult> {
  const random = seeded(asked.seed);
  const folder = mkdtempSync(join(tmpdir(), 'meadowlark-chaos-'));
  const processes: ClientProcess[] = [];
  let proxy: Proxy | null = null;
  let school: ChaosSchool | null = null;
  try {
    school = await ChaosSchool.make(join(folder, 'school'), asked.clients);
    await school.start();
    proxy = await Proxy.start({ serverPort: school.serverPort }, random);
    const hosts = Math.min(asked.clients, cpus().length);
    for (let host = 0; host < hosts; host += 1) processes.push(new ClientProcess());
    const desks = await openDesks(asked, { folder, school, proxy, processes });
    say(`${asked.clients} people are signed in, ${processes.length} processes of clients`);
    const base = proxy.counts;
    proxy.hurt();
    const started = performance.now();
    const work = await submitAll(asked, school, desks);
    say(`all ${asked.submissions} submitted after ${secondsSince(started).toFixed(1)} s`);
    const left = async (): Promise<number> => {
      const counts = await Promise.all(desks.map(async ({ client }) => client.waiting()));
      return counts.reduce((sum, { count }) => sum + count, 0);
    };
    const enough = asked.submissions * LEFT_TO_DRAIN;
    await until(
      async () => (await left()) <= enough,
      Math.max(0, asked.longest * 1000 - (performance.now() - started)),
    );
    const rest = await left();
    proxy.heal();
    const healed = performance.now();
    say(`healed after ${secondsSince(started).toFixed(1)} s, ${rest} still wait`);
    await until(async () => (await left()) === 0, DRAIN_LIMIT_MS);
    const drainSeconds = secondsSince(healed);
    const seconds = secondsSince(started);
    const { attempts, faulted, by } = proxy.counts;
    const shown = await receiptsOf(desks);
    for (const { client } of desks) await client.close();
    await school.stop();
    return {
      ...compare(asked, school, work, shown),
      attempts: attempts - base.attempts,
      faulted: faulted - base.faulted,
      seconds: rounded(seconds),
      drainSeconds: rounded(drainSeconds),
      by,
    };
  } finally {
    for (const one of processes) await one.kill();
    await school?.stop();
    await proxy?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Work {
  readonly moments: Moment[];
  readonly entries: Entry[];
}

async function openDesks(
  asked: ChaosAsked,
  made: {
    readonly folder: string;
    readonly school: ChaosSchool;
    readonly proxy: Proxy;
    readonly processes: readonly ClientProcess[];
  },
): Promise<Desk[]> {
  const { folder, school, proxy, processes } = made;
  const file = school.fileFor(proxy.port);
  const { team, teachers } = school.people;
  // Two of the team work at computers too, where there are more than two.
  const staff = [...(asked.clients > 2 ? team.slice(0, 2) : []), ...teachers];
  const desks: Desk[] = [];
  // One after the other: each derives a key at both ends, and none of this is what is measured.
  for (let index = 0; index < asked.clients; index += 1) {
    const person = staff[index];
    const host = processes[index % processes.length];
    if (person === undefined || host === undefined) throw new Error('too few people');
    const client = await host.open(String(index), {
      file,
      folder: join(folder, `client-${index}`),
      computer: { id: randomUUID(), name: `ROOM-${index}` },
      home: folder,
      temp: folder,
    });
    await client.signIn(person);
    const random = seeded(asked.seed * 1_000 + index);
    desks.push({ client, person, isOfTeam: team.includes(person), random });
  }
  return desks;
}

/** Everybody submits what is theirs, one after the other, as fast as their vault answers. */
async function submitAll(
  asked: ChaosAsked,
  school: ChaosSchool,
  desks: readonly Desk[],
): Promise<Work> {
  const work: Work = { moments: [], entries: [] };
  const { people } = school;
  let number = 0;
  await Promise.all(
    desks.map(async (desk) => {
      const { client, person, isOfTeam, random } = desk;
      /** Delivered entries of their own, to add to. */
      let known: string[] = [];
      while (number < asked.submissions) {
        number += 1;
        const mine = number;
        const mark = markOf(mine);
        work.moments.push({ is: 'invoke', element: mark });
        if (random.chance(CONCERNS)) {
          const concern = concernWith(mark, random);
          note(work, mark, await client.ask('finishConcern', { concern }));
          continue;
        }
        if (isOfTeam && random.chance(0.1)) known = await deliveredIncidents(client);
        const entry =
          known.length > 0 && random.chance(ACTIONS)
            ? actionBy(person, people, mine, random, random.pick(known))
            : incidentBy(person, people, mine, random);
        work.entries.push(entry);
        const { submission, isUrgent } = entry;
        note(work, mark, await client.ask('submit', { submission, isUrgent }));
        if (random.chance(0.05)) await pause(random.between(1, 50));
      }
    }),
  );
  return work;
}

function note(work: Work, element: string, answer: { ok: boolean; code?: string }): void {
  // A vault that ended while it was asked may have kept it.
  const is = answer.ok ? 'ok' : answer.code === 'vault-gone' ? 'info' : 'fail';
  work.moments.push({ is, element });
}

function concernWith(mark: string, random: Random) {
  return {
    id: newId(),
    writer: 'Somebody',
    student: 'A boy in 7B',
    text: wordsFor(mark, random),
  };
}

interface ShownItem {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly receipt: { readonly reference: string } | null;
}

async function ownItems(client: ClientHandle): Promise<ShownItem[]> {
  const { items } = await client.must('listOwnItems');
  return items as ShownItem[];
}

async function deliveredIncidents(client: ClientHandle): Promise<string[]> {
  return (await ownItems(client))
    .filter(({ kind, state }) => kind === 'incident' && state === 'delivered')
    .map(({ id }) => id);
}

/** What each person is shown of their own items at the end. */
async function receiptsOf(desks: readonly Desk[]): Promise<ShownItem[]> {
  return (await Promise.all(desks.map(({ client }) => ownItems(client)))).flat();
}

function compare(
  asked: ChaosAsked,
  school: ChaosSchool,
  { moments, entries }: Work,
  shown: readonly ShownItem[],
) {
  const read = school.read();
  const verdict = judge(
    moments,
    read.texts.flatMap(({ text }) => marksIn(text)),
  );
  const wrong = shown.filter(
    ({ id, state, receipt }) =>
      state !== 'delivered' || receipt?.reference !== read.receipts.get(id),
  );
  return {
    submissions: asked.submissions,
    lost: verdict.lost.length,
    duplicated: verdict.duplicated.length,
    phantoms: verdict.phantoms.length,
    alertsWrong: wrongAlerts(entries, read),
    receiptsWrong: wrong.length + Math.abs(entries.length - shown.length),
    held: read.texts.filter(({ held }) => held).length,
  };
}

const secondsSince = (started: number): number => (performance.now() - started) / 1000;
const rounded = (seconds: number): number => Math.round(seconds * 10) / 10;
