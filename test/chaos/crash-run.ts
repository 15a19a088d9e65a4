/**
 * A crash run (R76): while somebody types and submits, the vault, the whole client and the server
 * are killed at random moments, again and again. What was shown as saved must be there afterwards,
 * what was shown as delivered must be in the school's database, and no database may be damaged.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import SQLite from 'better-sqlite3';
import { wrongAlerts } from './alerts.ts';
import { ClientProcess, pause, until, type ClientHandle } from './client-handle.ts';
import { marksIn } from './entries.ts';
import { judge } from './history.ts';
import { seeded, type Random } from './random.ts';
import { ChaosSchool, isSoundDatabase } from './school.ts';
import { Typist } from './typist.ts';

export interface CrashAsked {
  /** Of each: the vault, the client, the server. */
  readonly kills: number;
  readonly seed: number;
}

export interface CrashResult {
  /** Of all three together. */
  readonly kills: number;
  readonly saved: number;
  readonly received: number;
  readonly missing: number;
  readonly corrupt: number;
  readonly duplicated: number;
  readonly alertsWrong: number;
  readonly seconds: number;
}

/** When it is killed, counted from when the typing begins. */
const KILLED_AFTER_MS = [50, 300] as const;
const DRAIN_LIMIT_MS = 120_000;
const SERVER_ENTRIES = 6;

/** `say` is told how it goes, every now and then. */
export async function runCrash(
  asked: CrashAsked,
  say: (words: string) => void,
): Promise<CrashResult> {
  const folder = mkdtempSync(join(tmpdir(), 'meadowlark-crash-'));
  const random = seeded(asked.seed);
  const school = await ChaosSchool.make(join(folder, 'school'), 3);
  const [person] = school.people.teachers;
  if (person === undefined) throw new Error('no teacher');
  const typist = new Typist(person, school.people, random);
  const store = join(folder, 'client', 'vault.sqlite');
  const computerId = randomUUID();
  let host = new ClientProcess();
  let kills = 0;
  let corrupt = 0;
  const started = performance.now();

  const open = async (): Promise<ClientHandle> => {
    const client = await host.open('it', {
      file: school.fileFor(school.serverPort),
      folder: join(folder, 'client'),
      computer: { id: computerId, name: 'ROOM-1' },
      home: folder,
      temp: folder,
    });
    await client.signIn(person);
    return client;
  };
  const look = async (client: ClientHandle): Promise<void> => {
    await typist.look(client);
    corrupt += Number(!isSound(store)) + Number(!isSound(school.databaseFile));
    kills += 1;
    if (kills % 25 === 0) {
      say(`${kills} kills, ${typist.saved} saved, ${secondsSince(started)} s`);
    }
  };

  try {
    await school.start();
    let client = await open();
    for (let kill = 0; kill < asked.kills; kill += 1) {
      const pid = await client.vaultPid();
      await whileTyping(typist, client, random, () => void process.kill(pid, 'SIGKILL'));
      // The page asks for the password again; signing out first is what its button does.
      await client.must('signOut');
      await client.signIn(person);
      await look(client);

      await whileTyping(typist, client, random, () => host.kill());
      host = new ClientProcess();
      client = await open();
      await look(client);

      await typist.submitSome(client, SERVER_ENTRIES);
      await client.wokeUp();
      await whileTyping(typist, client, random, () => school.kill());
      await school.start();
      await client.wokeUp();
      await look(client);
    }
    await until(async () => (await client.waiting()).count === 0, DRAIN_LIMIT_MS);
    await typist.look(client);
    await client.close();
    await school.stop();
    corrupt += Number(!isSound(store)) + Number(!isSound(school.databaseFile));
    return { ...compare(school, typist), kills, corrupt, seconds: secondsSince(started) };
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
  const sqlite = new SQLite(file, { readonly: true, timeout: 10_000 });
  try {
    return isSoundDatabase(sqlite);
  } finally {
    sqlite.close();
  }
}

function compare(school: ChaosSchool, typist: Typist) {
  const read = school.read();
  const verdict = judge(
    typist.moments,
    read.texts.flatMap(({ text }) => marksIn(text)),
  );
  const notThere = [...typist.delivered].filter(([id, told]) => read.receipts.get(id) !== told);
  for (const what of typist.missing) process.stderr.write(`missing: ${what}\n`);
  return {
    saved: typist.saved,
    received: typist.delivered.size,
    missing: typist.missing.length + verdict.lost.length + notThere.length,
    duplicated: verdict.duplicated.length + verdict.phantoms.length,
    alertsWrong: wrongAlerts(typist.entries, read),
  };
}

const secondsSince = (started: number): number =>
  Math.round((performance.now() - started) / 100) / 10;
