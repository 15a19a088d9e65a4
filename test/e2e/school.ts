/**
 * What every spec stands on: a school with its server, a mail inbox, and computers. One school a
 * worker. `computer` and `other` are two computers that the specs of a worker share, one person
 * after the other, as schools do; `openComputer` opens one without a past. Whatever a spec does,
 * nothing that `watch.ts` watches for may happen at any of them.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { openSchool, settingsFile } from '../../server/folder.ts';
import { parseSettings } from '../../server/settings.ts';
import { electronExecutable } from '../electron/launch.ts';
import { makeDemoFolder, type DemoFolder } from '../../tools/demo/demo-folder.ts';
import { startInbox, type Inbox } from '../../tools/demo/inbox.ts';
import { setPasswords, threeWords } from '../../tools/demo/passwords.ts';
import { serverOf, type ServerAt } from '../../tools/demo/server-request.ts';
import { startServerProcess } from '../../tools/demo/server-process.ts';
import { LARKFIELD, type DemoSchool } from '../../tools/demo/school.ts';
import { openClient, type Client } from './client.ts';
import * as person from './person.ts';
import { watchClient, type Watch } from './watch.ts';

/** A small Larkfield: the tests are about what people do, not about how many there are. */
const SIZE = { ...LARKFIELD, students: 300, staff: 80, incidents: 60, recent: 30 };

export interface TestSchool {
  readonly demo: DemoFolder & { readonly school: DemoSchool };
  /** A second teacher, whose alerts and entries are not the first one's. */
  readonly colleague: person.SignIn;
  /** A third one, whose password and settings one spec changes. */
  readonly mover: person.SignIn;
  readonly inbox: Inbox;
  readonly server: ServerAt;
  /** All that the server has logged, for what must never stand in it (R103). */
  readonly log: readonly string[];
  stopServer(): Promise<void>;
  startServer(): Promise<void>;
}

interface ComputerStart {
  readonly size?: string;
  /** Another school file than the school's own; one that is not there for a computer without. */
  readonly schoolFile?: string;
  /** The same name within a test is the same computer, with what it kept. */
  readonly name?: string;
}

interface PerTest {
  /** Opens a school computer that has never been used, unless it is named as one before. */
  readonly openComputer: (start?: ComputerStart) => Promise<Client>;
  /** The two shared ones; the sign-in page stands there. */
  readonly computer: Client;
  readonly other: Client;
}

interface Shared {
  readonly client: Client;
  readonly watch: Watch;
}

interface PerWorker {
  /** Specs that name one have a school that no others use: for what changes it for everybody. */
  readonly ownSchool: string;
  readonly school: TestSchool;
  /** Opens them when they are first asked for. */
  readonly shared: (number: 0 | 1) => Promise<Shared>;
}

export const test = base.extend<PerTest, PerWorker>({
  ownSchool: ['', { option: true, scope: 'worker' }],
  school: [
    async ({ ownSchool }, use) => {
      const folder = mkdtempSync(join(tmpdir(), `meadowlark-e2e-${ownSchool}`));
      const demo = await makeDemoFolder({ folder, size: { ...SIZE, now: new Date() } });
      const inbox = await startInbox(folder);
      const log: string[] = [];
      const server = serverOf(demo.schoolFile);
      const start = () =>
        startServerProcess({
          folder: demo.server,
          port: Number(new URL(server.origin).port),
          smtpUrl: inbox.smtpUrl,
          onLog: (line) => log.push(line),
        });
      const [colleague, mover] = [
        await teacherOf(demo, 'Key Stage 4'),
        await teacherOf(demo, 'Key Stage 2'),
      ];
      let running = await start();
      await use({
        demo,
        colleague,
        mover,
        inbox,
        server,
        log,
        stopServer: () => running.stop(),
        startServer: async () => {
          running = await start();
        },
      });
      await running.stop();
      await inbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  shared: [
    async ({ school }, use) => {
      const opened: (Promise<Shared> | undefined)[] = [];
      await use((number) => (opened[number] ??= open(school, `shared-${number}`, {})));
      for (const one of opened) await (await one)?.client.close();
    },
    { scope: 'worker' },
  ],
  computer: async ({ shared }, use) => useShared(await shared(0), use),
  other: async ({ shared }, use) => useShared(await shared(1), use),
  openComputer: async ({ school }, use, info) => {
    const opened: Shared[] = [];
    await use(async (wanted = {}) => {
      const name = wanted.name ?? `${opened.length + 1}`;
      const one = await open(school, `${info.testId}-${info.retry}-${name}`, wanted);
      opened.push(one);
      return one.client;
    });
    for (const { client } of opened) await client.close();
    for (const { watch } of opened) expect(watch.faults).toEqual([]);
  },
});

async function open(school: TestSchool, name: string, start: ComputerStart): Promise<Shared> {
  const { size, schoolFile = school.demo.schoolFile } = start;
  const client = await openClient(
    {
      executable: await electronExecutable(),
      schoolFile,
      userData: join(school.demo.client, name),
    },
    size === undefined ? {} : { size },
  );
  return { client, watch: watchClient(client) };
}

/** Lends a shared computer to one test, which leaves nothing unsent; logs out whoever is left. */
async function useShared(
  { client, watch }: Shared,
  use: (client: Client) => Promise<void>,
): Promise<void> {
  await use(client);
  // First: a page that failed has nothing to log out with.
  expect(watch.faults).toEqual([]);
  const isSignedIn = await client.page.getByRole('button', { name: 'LOGOUT' }).isVisible();
  if (isSignedIn) await person.logOut(client);
  await expect(client.page.getByRole('button', { name: 'Login' })).toBeVisible();
  expect(watch.faults).toEqual([]);
}

/** Gives one more teacher a password, in a school whose server does not run yet. */
async function teacherOf(
  { server, school }: TestSchool['demo'],
  stage: string,
): Promise<person.SignIn> {
  const teacher = school.staff.find(
    ({ groups }) => groups.length === 2 && groups.includes('Teachers') && groups.includes(stage),
  );
  if (teacher === undefined) throw new Error(`nobody teaches only in ${stage}`);
  const settings = parseSettings(readFileSync(settingsFile(server), 'utf8'), {});
  const { db } = await openSchool(server, settings, new Date());
  const password = threeWords();
  try {
    await setPasswords({ folder: server, settings, db }, { [teacher.email]: password });
  } finally {
    await db.destroy();
  }
  return { email: teacher.email, password };
}

export { expect };
