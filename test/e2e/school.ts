/**
 * What every spec stands on: a school with its server, a mail inbox, and clients that open on
 * displays of their own. One school a worker; each test gets clients without a past.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { electronExecutable } from '../electron/launch.ts';
import { makeDemoFolder, type DemoFolder } from '../../tools/demo/demo-folder.ts';
import { startInbox, type Inbox } from '../../tools/demo/inbox.ts';
import { serverOf, type ServerAt } from '../../tools/demo/server-request.ts';
import { startServerProcess } from '../../tools/demo/server-process.ts';
import { LARKFIELD, type DemoSchool } from '../../tools/demo/school.ts';
import { openClient, type Client } from './client.ts';

/** A small Larkfield: the tests are about what people do, not about how many there are. */
const SIZE = { ...LARKFIELD, students: 300, staff: 80, incidents: 60, recent: 30 };

export interface TestSchool {
  readonly demo: DemoFolder & { readonly school: DemoSchool };
  readonly inbox: Inbox;
  readonly server: ServerAt;
  /** All that the server has logged, for what must never stand in it (R103). */
  readonly log: readonly string[];
}

interface PerTest {
  /** Opens a school computer that has never been used. */
  readonly openComputer: (options?: { readonly size?: string }) => Promise<Client>;
}

export const test = base.extend<PerTest, { school: TestSchool }>({
  school: [
    // Playwright reads the names of fixtures from this pattern: none is needed here.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'meadowlark-e2e-'));
      const demo = await makeDemoFolder({ folder, size: { ...SIZE, now: new Date() } });
      const inbox = await startInbox(folder);
      const log: string[] = [];
      const server = serverOf(demo.schoolFile);
      const process = await startServerProcess({
        folder: demo.server,
        port: Number(new URL(server.origin).port),
        smtpUrl: inbox.smtpUrl,
        onLog: (line) => log.push(line),
      });
      await use({ demo, inbox, server, log });
      await process.stop();
      await inbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  openComputer: async ({ school }, use, info) => {
    const executable = await electronExecutable();
    const clients: Client[] = [];
    let computers = 0;
    await use(async (options = {}) => {
      computers += 1;
      const name = `${info.testId}-${info.retry}-${computers}`;
      const userData = join(school.demo.client, name);
      const { schoolFile } = school.demo;
      const client = await openClient({ executable, schoolFile, userData }, options);
      clients.push(client);
      return client;
    });
    for (const client of clients) await client.close();
  },
});

export { expect } from '@playwright/test';
