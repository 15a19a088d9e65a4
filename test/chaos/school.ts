/**
 * A real school for fault runs: its folder made as `init` makes it, people and students in it, its
 * server a process of its own that can be killed. Its database is read when all is over.
 */
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { SchoolFile } from '../../src-shared/school-file.ts';
import { makeKeys } from '../../server/certificate/make.ts';
import { schoolFileOf } from '../../server/cli/school-file.ts';
import { databaseFile, settingsFile } from '../../server/folder.ts';
import { makeLog } from '../../server/log.ts';
import { startServer } from '../../server/main.ts';
import { addGroup, addStaff, addStudent, type TestStaff } from '../../server/testing/people.ts';
import { CHEAP_COST, freePort, testSettings } from '../../server/testing/server.ts';
import { startServerProcess, type ServerProcess } from '../../tools/demo/server-process.ts';

/** Nobody listens there: e-mails are queued and stay, so that they can be counted. */
const NO_MAIL = 'smtp://127.0.0.1:9';
const STUDENTS = 40;

export interface SchoolPeople {
  /** The first few work at computers too; the last is the lead, who only reads. */
  readonly team: readonly TestStaff[];
  readonly teachers: readonly TestStaff[];
  readonly group: { readonly id: string; readonly members: readonly TestStaff[] };
  readonly students: readonly string[];
  readonly categories: readonly { readonly id: string; readonly isUrgent: boolean }[];
}

/** What the database says at the end. */
export interface SchoolRead {
  /** Every entry, action and held item, by its words. */
  readonly texts: readonly { readonly id: string; readonly text: string; readonly held: boolean }[];
  /** By entry or action: who was alerted, as often as they were. */
  readonly alerts: ReadonlyMap<string, readonly string[]>;
  /** E-mails that tell of alerts, by person; those that tell of held items are not among them. */
  readonly mails: ReadonlyMap<string, number>;
  /** The receipts that were given, by item. */
  readonly receipts: ReadonlyMap<string, string>;
  readonly isSound: boolean;
}

export class ChaosSchool {
  readonly folder: string;
  readonly people: SchoolPeople;
  readonly serverPort: number;
  readonly #file: SchoolFile;
  #process: ServerProcess | null = null;

  private constructor(folder: string, people: SchoolPeople, serverPort: number, file: SchoolFile) {
    this.folder = folder;
    this.people = people;
    this.serverPort = serverPort;
    this.#file = file;
  }

  /** Makes the school with these teachers, or so many, in a folder that does not exist yet. */
  static async make(folder: string, teachers: number | readonly string[]): Promise<ChaosSchool> {
    const names =
      typeof teachers === 'number'
        ? Array.from({ length: teachers }, (_, number) => `Teacher N${number}`)
        : teachers;
    const serverPort = await freePort();
    const settings = testSettings({ port: serverPort, mailUrl: NO_MAIL });
    const { name } = settings.school;
    const domain = settings.listen.domain;
    await makeKeys(folder, { name, domain }, new Date(), null);
    const log = makeLog({ write: () => undefined });
    const server = await startServer({ folder, settings, log, hashCost: CHEAP_COST });
    const people = await populate(server, names);
    await server.close();
    writeFileSync(settingsFile(folder), JSON.stringify(settings), { mode: 0o600 });
    return new ChaosSchool(folder, people, serverPort, schoolFileOf(folder, settings));
  }

  /** The school file, as a computer has it that reaches the server through `port`. */
  fileFor(port: number): SchoolFile {
    return SchoolFile.parse({ ...this.#file, server: `https://localhost:${port}` });
  }

  async start(): Promise<void> {
    this.#process = await startServerProcess({
      folder: this.folder,
      port: this.serverPort,
      smtpUrl: NO_MAIL,
    });
  }

  async stop(): Promise<void> {
    await this.#process?.stop();
    this.#process = null;
  }

  /** As a power cut: resolves once the process no longer exists. */
  async kill(): Promise<void> {
    if (this.#process === null) return;
    process.kill(this.#process.pid, 'SIGKILL');
    await this.#process.ended;
    this.#process = null;
  }

  /** A backup of the folder; the server has to be stopped. */
  backUp(to: string): void {
    cpSync(this.folder, to, { recursive: true });
  }

  /** Puts a backup in the place of the folder; the server has to be stopped. */
  restore(from: string): void {
    rmSync(this.folder, { recursive: true });
    cpSync(from, this.folder, { recursive: true });
  }

  get databaseFile(): string {
    return databaseFile(this.folder);
  }

  read(): SchoolRead {
    const sqlite = new SQLite(this.databaseFile, { readonly: true });
    try {
      return readAll(sqlite);
    } finally {
      sqlite.close();
    }
  }
}

/** Whether SQLite itself finds nothing wrong with a database. */
export function isSoundDatabase(sqlite: SQLite.Database): boolean {
  const check: unknown = sqlite.pragma('integrity_check', { simple: true });
  const foreign: unknown = sqlite.pragma('foreign_key_check');
  return check === 'ok' && Array.isArray(foreign) && foreign.length === 0;
}

async function populate(
  server: Parameters<typeof addStaff>[0],
  teachers: readonly string[],
): Promise<SchoolPeople> {
  const person = (name: string, isKeyUser: boolean) =>
    addStaff(server, {
      name,
      email: `${name.replace(' ', '.').toLowerCase()}@example.org`,
      isKeyUser,
      // Each their own: somebody else's must open nothing.
      password: `${name} copper hammer otter`,
    });
  const team: TestStaff[] = [];
  const others: TestStaff[] = [];
  const students: string[] = [];
  for (const name of ['Key One', 'Key Two', 'Key Lead']) team.push(await person(name, true));
  for (const name of teachers) others.push(await person(name, false));
  for (let number = 0; number < STUDENTS; number += 1) {
    students.push(await addStudent(server, { forename: 'Student', surname: `N${number}` }));
  }
  const members = [...others.slice(0, 2), ...team.slice(0, 1)];
  const categories = await server.db
    .selectFrom('category')
    .select(['id', 'is_urgent as isUrgent'])
    .where('archived_at', 'is', null)
    .execute();
  return {
    team,
    teachers: others,
    group: { id: await addGroup(server, 'Year 7', members), members },
    students,
    categories: categories.map(({ id, isUrgent }) => ({ id, isUrgent: isUrgent === 1 })),
  };
}

function readAll(sqlite: SQLite.Database): SchoolRead {
  const texts = sqlite
    .prepare<[], { id: string; text: string; held: number }>(
      `SELECT id, text, 0 AS held FROM incident UNION ALL SELECT id, text, 0 FROM action
       UNION ALL SELECT id, coalesce(inside, ''), 1 FROM held`,
    )
    .all()
    .map(({ id, text, held }) => ({ id, text, held: held === 1 }));
  const alerts = new Map<string, string[]>();
  for (const { entry, staff } of sqlite
    .prepare<[], { entry: string; staff: string }>(
      'SELECT coalesce(action_id, incident_id) AS entry, staff_id AS staff FROM alert',
    )
    .all()) {
    const told = alerts.get(entry) ?? [];
    told.push(staff);
    alerts.set(entry, told);
  }
  // Of alerts, the subject begins with who raised it; of held items, it is a sentence of its own.
  const mails = sqlite
    .prepare<[], { staff: string; count: number }>(
      `SELECT staff_id AS staff, count(*) AS count FROM mail WHERE kind = 'alert'
       AND EXISTS (SELECT 1 FROM staff WHERE mail.subject LIKE staff.name || ' %')
       GROUP BY staff_id`,
    )
    .all();
  const receipts = sqlite
    .prepare<[], { id: string; reference: string }>('SELECT id, reference FROM carried')
    .all();
  return {
    texts,
    alerts,
    mails: new Map(mails.map(({ staff, count }) => [staff, count])),
    receipts: new Map(receipts.map(({ id, reference }) => [id, reference])),
    isSound: isSoundDatabase(sqlite),
  };
}
