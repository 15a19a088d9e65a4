/**
 * Whether the page stays responsive while a person signs in, when two Argon2id of 64 MiB are
 * computed on the computer and on the server: the longest time between two frames of the real page,
 * from pressing Login until the dashboard stands there, and beside it the longest of the idle page.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { electronExecutable } from '../electron/launch.ts';
import { openClient } from '../e2e/client.ts';
import { figure, median, type Figure } from './figure.ts';
import type { BenchSchool } from './schools.ts';

const FRAME_AT_MOST_MS = 50;
const IDLE_MS = 1_500;

/** Each round on a computer where the person has never been. */
export async function measureSignIn(school: BenchSchool, rounds: number): Promise<Figure[]> {
  const executable = await electronExecutable();
  const folder = mkdtempSync(join(tmpdir(), 'meadowlark-sign-in-'));
  const busy: number[] = [];
  const idle: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const client = await openClient({
        executable,
        schoolFile: school.demo.schoolFile,
        userData: join(folder, `client-${round}`),
      });
      try {
        const { page } = client;
        const { email, password } = school.demo.signIns.teacher;
        await page.getByLabel('Email address').fill(email);
        await page.getByLabel('Password', { exact: true }).fill(password);
        idle.push(await longestFrame(page, () => page.waitForTimeout(IDLE_MS)));
        busy.push(
          await longestFrame(page, async () => {
            await page.getByRole('button', { name: 'Login', exact: true }).click();
            await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
          }),
        );
      } finally {
        await client.close();
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const what = 'Signing in, the longest frame';
  const measured = median(busy);
  return [
    figure({
      what,
      measured,
      against: 'what nobody notices',
      reference: FRAME_AT_MOST_MS,
      unit: 'ms',
      atMost: 1,
    }),
    figure({ what, measured, against: 'of the idle page', reference: median(idle), unit: 'ms' }),
  ];
}

/** The longest time between two frames while `run` goes on, in ms, as the page itself sees it. */
async function longestFrame(page: Page, run: () => Promise<void>): Promise<number> {
  const watch = await page.evaluateHandle(() => {
    const seen = { longest: 0, isOver: false };
    let last = performance.now();
    const onFrame = (): void => {
      const now = performance.now();
      seen.longest = Math.max(seen.longest, now - last);
      last = now;
      if (!seen.isOver) requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
    return seen;
  });
  await run();
  const longest = await watch.evaluate((seen) => {
    seen.isOver = true;
    return seen.longest;
  });
  await watch.dispose();
  return longest;
}
