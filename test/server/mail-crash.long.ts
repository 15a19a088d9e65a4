/**
 * S12, S18: the server dies between the mail server's 250 and its own commit. It cannot know then
 * whether the e-mail was taken: it sends it once more, under the same Message-ID, by which a mail
 * system may fold the two; and nothing that was queued is lost.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { queueAlertMails } from '../../server/mail/rows.ts';
import { addStaff, type TestStaff } from '../../server/testing/people.ts';
import { CHEAP_COST } from '../../server/testing/server.ts';
import { SchoolProcess } from './school-process.ts';

const MAILS = 12;
/** The worker sends so many at once: a crash may repeat those that were on their way with it. */
const AT_ONCE = 3;

interface Mail {
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
}

let school: SchoolProcess;
let inbox: SMTPServer;
let taken: Mail[];
/** Called with each e-mail, at once after its 250 was given to the network. */
let afterTaken: (mail: Mail) => void;

beforeEach(async () => {
  taken = [];
  afterTaken = () => undefined;
  inbox = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onData: (stream, _session, accept) => {
      const parsed = text(stream).then((source) => {
        const header = (name: string) =>
          new RegExp(`^${name}: (.*)$`, 'im').exec(source)?.[1]?.trim() ?? '';
        const mail = {
          messageId: header('Message-ID'),
          to: header('To'),
          subject: header('Subject'),
        };
        taken.push(mail);
        accept();
        afterTaken(mail);
      });
      // Of a server that died while it was telling: never taken.
      parsed.catch(() => undefined);
    },
  });
  // The server dies in the middle of talking to it.
  inbox.on('error', () => undefined);
  inbox.listen(0, '127.0.0.1');
  await once(inbox.server, 'listening');
  const { port } = inbox.server.address() as AddressInfo;
  school = await SchoolProcess.make({
    mailUrl: `smtp://127.0.0.1:${port}`,
    hashCost: CHEAP_COST,
    populate: async (server) => {
      const people: TestStaff[] = [];
      for (let number = 0; number < MAILS; number += 1) {
        const email = `person.${number}@larkfield.example`;
        people.push(await addStaff(server, { name: `Person N${number}`, email, password: null }));
      }
      // As an entry that alerts all of them leaves it.
      await server.db.transaction().execute((trx) =>
        queueAlertMails(trx, server.house, {
          raisedBy: 'Ada Okafor',
          categories: ['Behaviour'],
          alerts: people.map(({ id }) => ({ staffId: id, kind: 'incident' })),
        }),
      );
    },
  });
});
afterEach(async () => {
  await school.end();
  inbox.close();
});

interface QueueRow {
  readonly messageId: string;
  readonly sentAt: string | null;
  readonly refusedAt: string | null;
}

function queue(): QueueRow[] {
  const sqlite = new SQLite(school.databaseFile, { readonly: true });
  try {
    return sqlite
      .prepare<[], QueueRow>(
        'SELECT message_id AS messageId, sent_at AS sentAt, refused_at AS refusedAt FROM mail',
      )
      .all();
  } finally {
    sqlite.close();
  }
}

async function untilSent(): Promise<void> {
  const unsent = () => queue().filter(({ sentAt }) => sentAt === null);
  await expect.poll(unsent, { timeout: 60_000 }).toEqual([]);
}

const killNow = () => process.kill(school.pid, 'SIGKILL');

test('S12 killed after each 250: every e-mail arrives, at most once more for each crash, as the same', async () => {
  const queued = queue().map(({ messageId }) => messageId);
  expect(queued).toHaveLength(MAILS);
  expect(taken).toEqual([]);
  /** By Message-ID: how many crashes there were while it could be on its way. */
  const crashes = new Map<string, number>();
  let kills = 0;
  while (queue().some(({ sentAt }) => sentAt === null)) {
    const unsent = queue().filter(({ sentAt }) => sentAt === null);
    const known = new Set(taken.map(({ messageId }) => messageId));
    // Whoever has been taken once is let through, so that the run ends.
    afterTaken = ({ messageId }) => {
      if (known.has(messageId)) return;
      afterTaken = () => undefined;
      kills += 1;
      for (const one of unsent) {
        crashes.set(one.messageId, (crashes.get(one.messageId) ?? 0) + 1);
      }
      killNow();
    };
    await school.start();
    const isLast = unsent.every(({ messageId }) => known.has(messageId));
    if (isLast) await untilSent();
    else await school.ended();
  }
  await school.kill();

  const times = queued.map((id) => taken.filter(({ messageId }) => messageId === id).length);
  expect(kills).toBeGreaterThan(1);
  // Nothing is lost, nothing was made up, and nothing was given up.
  expect(times.every((count) => count >= 1)).toBe(true);
  expect(taken.filter(({ messageId }) => !queued.includes(messageId))).toEqual([]);
  expect(queue().filter(({ refusedAt }) => refusedAt !== null)).toEqual([]);
  // The window was met, and a crash repeats no more than what was on its way at that moment.
  const repeats = times.reduce((sum, count) => sum + count - 1, 0);
  expect(repeats).toBeGreaterThan(0);
  expect(repeats).toBeLessThanOrEqual(kills * AT_ONCE);
  for (const [index, id] of queued.entries()) {
    expect(times[index]).toBeLessThanOrEqual(1 + (crashes.get(id) ?? 0));
    const copies = taken.filter(({ messageId }) => messageId === id);
    expect(new Set(copies.map((mail) => JSON.stringify(mail))).size).toBe(1);
  }
});

test('S12 one crash after one 250: that e-mail comes at most twice, the others once', async () => {
  afterTaken = () => {
    afterTaken = () => undefined;
    killNow();
  };
  await school.start();
  await school.ended();
  const before = new Set(taken.map(({ messageId }) => messageId));
  await school.start();
  await untilSent();
  await school.kill();
  for (const { messageId } of queue()) {
    const copies = taken.filter((mail) => mail.messageId === messageId);
    expect(copies.length).toBeGreaterThanOrEqual(1);
    expect(copies.length).toBeLessThanOrEqual(before.has(messageId) ? 2 : 1);
  }
  expect(taken.length).toBeGreaterThan(MAILS);
});
