/**
 * The tour: the whole main job, carried through the real client and the real server without a hand.
 * Each step is checked and prints `✓ …`; the first that does not hold prints `✗ …` and ends it.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronExecutable } from '../../test/electron/launch.ts';
import {
  openDemoFolder,
  makeDemoFolder,
  portOf,
  removeDemoFolder,
  type DemoFolder,
} from './demo-folder.ts';
import { startInbox } from './inbox.ts';
import { LARKFIELD } from './school.ts';
import { serverOf } from './server-request.ts';
import { startServerProcess } from './server-process.ts';
import { openClient } from '../../test/e2e/client.ts';
import { tourPeople, type Tour } from './tour-people.ts';
import { keepsWhatIsTyped } from './tour-away.ts';
import { firstUse, mainJob, nothingStays } from './tour-steps.ts';

export interface TourOptions {
  /** Where the school and the clients keep their data. */
  readonly folder: string;
  /** Where the numbered pictures go. */
  readonly pictures: string;
  readonly executable: ElectronExecutable;
  /** What is reported; a sentence of the demo's own where none is given. */
  readonly text?: string;
  readonly isFresh: boolean;
}

const OWN_TEXT =
  'In the dining hall they were very quiet and left their lunch. They said “I am fine” and did not want to talk. I said that I am there if they change their mind.';

/** Answers 0 where every step was checked, else 1. */
export async function runTour(options: TourOptions): Promise<number> {
  const ends: (() => Promise<unknown>)[] = [];
  const interrupted = endOnSignals();
  try {
    await Promise.race([walk(options, ends), interrupted]);
    console.log('The tour is complete: every step was checked.');
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    for (const end of ends.toReversed()) await end().catch(() => undefined);
  }
}

async function walk(options: TourOptions, ends: (() => Promise<unknown>)[]): Promise<void> {
  const demo = await schoolIn(options);
  clearPictures(options.pictures);
  const inbox = await startInbox(options.folder);
  ends.push(() => inbox.stop());
  const port = await portOf(demo);
  const start = () => startServerProcess({ folder: demo.server, port, smtpUrl: inbox.smtpUrl });
  let server = await start();
  ends.push(() => server.stop());
  let pictures = 0;
  const tour: Tour = {
    demo,
    people: tourPeople(countTour(demo.folder)),
    server: serverOf(demo.schoolFile),
    inbox,
    text: options.text ?? OWN_TEXT,
    openComputer: async (name) => {
      const client = await openClient({
        executable: options.executable,
        schoolFile: demo.schoolFile,
        userData: join(demo.client, name),
      });
      ends.push(() => client.close());
      return client;
    },
    stopServer: () => server.stop(),
    startServer: async () => {
      server = await start();
    },
    step,
    picture: async (page, name) => {
      pictures += 1;
      const number = String(pictures).padStart(2, '0');
      await page.screenshot({ path: join(options.pictures, `${number}-${name}.png`) });
    },
  };
  const people = await firstUse(tour);
  await mainJob(tour, people);
  await keepsWhatIsTyped(tour, people);
  await nothingStays(tour, people);
}

async function step<T>(words: string, run: () => Promise<T>): Promise<T> {
  try {
    const result = await run();
    console.log(`✓ ${words}`);
    return result;
  } catch (error) {
    console.log(`✗ ${words}`);
    throw error;
  }
}

/**
 * The school of an earlier run is used as it is. What an earlier tour did to it stays: this one's
 * people ask for new passwords, and its incident is another one.
 */
async function schoolIn({ folder, isFresh }: TourOptions): Promise<DemoFolder> {
  if (isFresh) removeDemoFolder(folder);
  const there = openDemoFolder(folder);
  if (there !== null) {
    console.log(`Larkfield School is in ${folder} already and is used as it is.`);
    return there;
  }
  const size = { ...LARKFIELD, now: new Date() };
  return makeDemoFolder({ folder, size, onStep: console.log });
}

/** How many tours this school has seen before; counts this one. */
function countTour(folder: string): number {
  const file = join(folder, 'tours.json');
  const before = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  writeFileSync(file, String(before + 1));
  return before;
}

/** The pictures of an earlier tour would stand between this one's. */
function clearPictures(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (/^\d\d-[a-z-]+\.png$/.test(name)) rmSync(join(folder, name));
  }
}

function endOnSignals(): Promise<never> {
  return new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => reject(new Error('The tour was interrupted.')));
    }
  });
}
