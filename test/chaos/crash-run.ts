/**
 * A crash run (R76): while somebody types and submits, the vault, the whole client and the server
 * are killed at random moments, again and again. What was shown as saved must be there afterwards,
 * what was shown as delivered must be in the school's database, no database may be damaged, and of
 * what the server writes together all is there or nothing (R68).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import SQLite from 'better-sqlite3';
import type { TestStaff } from '../../server/testing/people.ts';
import { wrongAlerts } from './alerts.ts';
import { ClientProcess, pause, until, type ClientHandle } from './client-handle.ts';
import { marksIn } from './entries.ts';
import { halvesIn } from './halves.ts';
import { judge } from './history.ts';
import { seeded, type Random } from './random.ts';
import { ChaosSchool, isSoundDatabase } from './school.ts';
import { Typist } from './typist.ts';

export interface CrashAsked {
  /** Of each: the vault, the client, the server. */
  readonly kills: number;
  /** Of the server alone, while several people submit at once. */
  readonly serverKills: number;
  readonly seed: number;
}

export interface CrashResult {
  /** Of all together. */
  readonly kills: number;
  readonly saved: number;
  readonly received: number;
  readonly missing: number;
  readonly corrupt: number;
  /** How often something of the server's was found by halves. */
  readonly halves: number;
  readonly duplicated: number;
  readonly alertsWrong: number;
  readonly seconds: number;
}

/** When it is killed, counted from when the typing begins. */
const KILLED_AFTER_MS = [50, 300] as const;
const DRAIN_LIMIT_MS = 120_000;
const SERVER_ENTRIES = 6;
/** Who submit while the server alone is killed. */
const RUSHING = 3;

/** `say` is told how it goes, every now and then. */
export async function runCrash(
  asked: CrashAsked,
  say: (words: string) => void,
): Promise<CrashResult> {
  const folder = mkdtempSync(join(tmpdir(), 'meadowlark-crash-'));
  const random = seeded(asked.seed);
  const school = await ChaosSchool.make(join(folder, 'school'), 1 + RUSHING);
  const [person, ...others] = school.people.teachers;
  if (person === undefined) throw new Error('no teacher');
  const typist = new Typist(person, school.people, random, () => (given += 1));
  const store = join(folder, 'client', 'vault.sqlite');
  const computerId = randomUUID();
  let host = new ClientProcess();
  let kills = 0;
  let corrupt = 0;
  let halves = 0;
  let given = 0;
  const started = performance.now();

  const open = async (name: string, who: TestStaff, id: string): Promise<ClientHandle> => {
    const client = await host.open(name, {
      file: school.fileFor(school.serverPort),
      folder: join(folder, name),
      computer: { id, name: 'ROOM-1' },
      home: folder,
      temp: folder,
    });
    await client.signIn(who);
    return client;
  };
  const lookAtSchool = (): void => {
    const found = inside(school.databaseFile, halvesIn);
    for (const what of found) process.stderr.write(`by halves: ${what}\n`);
    halves += found.length;
    corrupt += Number(!isSound(school.databaseFile));
    kills += 1;
    if (kills % 25 === 0) say(`${kills} kills, ${given} submitted, ${secondsSince(started)} s`);
  };
  const look = async (client: ClientHandle): Promise<void> => {
    await typist.look(client);
    corrupt += Number(!isSound(store));
    lookAtSchool();
  };
  const drain = async (client: ClientHandle, by: Typist): Promise<void> => {
    await client.wokeUp();
    await until(async () => (await client.waiting()).count === 0, DRAIN_LIMIT_MS);
    await by.look(client);
    await client.close();
  };

  try {
    await school.start();
    let client = await open('client', person, computerId);
    for (let kill = 0; kill < asked.kills; kill += 1) {
      const pid = await client.vaultPid();
      await whileTyping(typist, client, random, () => void process.kill(pid, 'SIGKILL'));
      // The page asks for the password again; signing out first is what its button does.
      await client.must('signOut');
      await client.signIn(person);
      await look(client);

      await whileTyping(typist, client, random, () => host.kill());
      host = new ClientProcess();
      client = await open('client', person, computerId);
      await look(client);

      await typist.submitSome(client, SERVER_ENTRIES);
      await client.wokeUp();
      await whileTyping(typist, client, random, () => school.kill());
      await school.start();
      await client.wokeUp();
      await look(client);
    }
    await drain(client, typist);
    say(`all delivered after ${secondsSince(started)} s; now the server alone`);
    const desks: { readonly client: ClientHandle; readonly typist: Typist }[] = [];
    for (const [index, other] of (asked.serverKills > 0 ? others : []).entries()) {
      desks.push({
        client: await open(`client-${index}`, other, randomUUID()),
        typist: new Typist(other, school.people, random, () => (given += 1)),
      });
    }
    for (let kill = 0; kill < asked.serverKills; kill += 1) {
      const submitting = desks.map(async (desk) => {
        await desk.client.wokeUp();
        await desk.typist.submitSome(desk.client, SERVER_ENTRIES);
      });
      await pause(random.between(...KILLED_AFTER_MS));
      await school.kill();
      await Promise.all(submitting);
      lookAtSchool();
      await school.start();
    }
    for (const desk of desks) await drain(desk.client, desk.typist);
    await school.stop();
    corrupt += Number(!isSound(store)) + Number(!isSound(school.databaseFile));
    halves += inside(school.databaseFile, halvesIn).length;
    const typists = [typist, ...desks.map((desk) => desk.typist)];
    return { ...compare(school, typists), kills, corrupt, halves, seconds: secondsSince(started) };
  } finally {
    await host.kill();
    await school.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function whileTyping(
  typist: Typist,
  client: ClientHandle,
  random: Random,
  kill: () => void | Promise<void>,
): Promise<void> {
  let isOver = false;
  const typing = typist.type(client, () => isOver);
  await pause(random.between(...KILLED_AFTER_MS));
  await kill();
  isOver = true;
  await typing;
}

function isSound(file: string): boolean {
  return inside(file, isSoundDatabase);
}

function inside<T>(file: string, look: (sqlite: SQLite.Database) => T): T {
  const sqlite = new SQLite(file, { readonly: true, timeout: 10_000 });
  try {
    return look(sqlite);
  } finally {
    sqlite.close();
  }
}

function compare(school: ChaosSchool, typists: readonly Typist[]) {
  const read = school.read();
  const verdict = judge(
    typists.flatMap(({ moments }) => moments),
    read.texts.flatMap(({ text }) => marksIn(text)),
  );
  const delivered = typists.flatMap((one) => [...one.delivered]);
  const notThere = delivered.filter(([id, told]) => read.receipts.get(id) !== told);
  const missing = typists.flatMap((one) => one.missing);
  for (const what of missing) process.stderr.write(`missing: ${what}\n`);
  return {
    saved: typists.reduce((sum, { saved }) => sum + saved, 0),
    received: delivered.length,
    missing: missing.length + verdict.lost.length + notThere.length,
    duplicated: verdict.duplicated.length + verdict.phantoms.length,
    alertsWrong: wrongAlerts(
      typists.flatMap(({ entries }) => entries),
      read,
    ),
  };
}

const secondsSince = (started: number): number =>
  Math.round((performance.now() - started) / 100) / 10;
