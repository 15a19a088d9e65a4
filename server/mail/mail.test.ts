import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { requestReset } from '../../src-shared/contract/password.ts';
import { startInbox } from '../testing/inbox.ts';
import { addStaff, type TestStaff } from '../testing/people.ts';
import { freePort, startTestServer, type TestServer } from '../testing/server.ts';
import { htmlOf } from './html.ts';
import { alertMessage, resetMessage } from './message.ts';
import { queueAlertMails } from './rows.ts';
import { connectionOf } from './sending.ts';
import { waitBefore } from './worker.ts';

let school: TestServer;
let rosa: TestStaff;
let people = 0;
beforeAll(async () => {
  school = await startTestServer();
});
afterAll(() => school.close());
beforeEach(async () => {
  await school.db.deleteFrom('mail').execute();
  school.inbox.empty();
  school.inbox.refuse = () => undefined;
  school.clock.set('2026-11-24T08:45:00.000Z');
  rosa = await newStaff('Rosa Blake');
});

async function newStaff(name: string, isKeyUser = false): Promise<TestStaff> {
  people += 1;
  return await addStaff(school, { name, email: `person${people}@larkfield.example`, isKeyUser });
}

async function alert(to: TestStaff, raisedBy = 'Ada Okafor'): Promise<void> {
  await school.db.transaction().execute((trx) =>
    queueAlertMails(trx, school.house, {
      raisedBy,
      categories: ['Behaviour', 'Against Peers'],
      alerts: [{ staffId: to.id, kind: 'incident' }],
    }),
  );
  school.house.mailWaits();
}

/** Two of the safeguarding team; whoever was of it before is not any more. */
async function team(): Promise<[TestStaff, TestStaff]> {
  await school.db.deleteFrom('alert_group_member').execute();
  return [await newStaff('Iris Lyle', true), await newStaff('Owen Marsh', true)];
}

const rows = () =>
  school.db
    .selectFrom('mail')
    .select(['tries', 'sent_at', 'refused_at', 'last_problem', 'body', 'next_try_at'])
    .orderBy('position')
    .execute();

/** Wakes the worker until the queue looks as it should; the worker's own clock stands still. */
async function untilQueue(matches: (queue: Awaited<ReturnType<typeof rows>>) => boolean) {
  for (;;) {
    const queue = await rows();
    if (matches(queue)) return queue;
    school.house.mailWaits();
    await new Promise(setImmediate);
  }
}

/** Waits until the server has logged this. */
async function untilLogged(words: string): Promise<void> {
  while (!school.logLines.some((line) => line.includes(words))) await new Promise(setImmediate);
}

describe('S12 the e-mail of an alert', () => {
  test('says who alerted and the categories, where to go, and the one fixed sentence', async () => {
    await alert(rosa);
    const mail = await school.inbox.next(rosa.email);
    expect(mail.subject).toBe('Ada Okafor alerted you to an incident');
    expect(mail.from).toBe('"Meadowlark, Larkfield School" <meadowlark@larkfield.example>');
    expect(mail.text.trim()).toBe(
      [
        'Ada Okafor alerted you to an incident at Larkfield School.',
        '',
        'Categories: Behaviour, Against Peers',
        '',
        'Open Meadowlark on a school computer to read it. How to do that:',
        `https://localhost:${school.settings.listen.port}/open`,
        '',
        "If you should not have received this, tell the school's administrator.",
      ].join('\n'),
    );
    expect(mail.html).toContain(`<a href="https://localhost:${school.settings.listen.port}/open">`);
  });

  test('R104 leaves the categories out where the school says so', () => {
    const settings = {
      ...school.settings,
      school: { ...school.settings.school, categoryInEmail: false },
    };
    const message = alertMessage(settings, {
      kind: 'action',
      raisedBy: 'Ada Okafor',
      categories: ['Self Harm'],
    });
    expect(message.body).not.toContain('Self Harm');
    expect(message.body).not.toContain('Categories');
  });

  test('a name can neither add a header nor another recipient', async () => {
    await alert(rosa, 'Eve\r\nBcc: thief@elsewhere.example\r\n\r\n<script>x</script>');
    const mail = await school.inbox.next(rosa.email);
    const headers = mail.source.slice(0, mail.source.indexOf('\r\n\r\n'));
    expect(headers).not.toMatch(/^Bcc:/im);
    expect(school.inbox.offered).toEqual([rosa.email]);
    expect(mail.html).not.toContain('<script>');
  });

  test('its words are wiped from the queue once it is sent', async () => {
    await alert(rosa);
    await school.inbox.next(rosa.email);
    const [row] = await untilQueue(([first]) => first?.sent_at !== null);
    expect(row).toMatchObject({ body: '', tries: 1, last_problem: null });
  });
});

describe('a mail server that does not do what it should', () => {
  test('down: the e-mail waits, and goes once the server is back, with the same Message-ID', async () => {
    const { port } = new URL(school.inbox.url);
    await school.inbox.close();
    await alert(rosa);
    const [row] = await untilQueue(([first]) => first?.tries === 1);
    expect(row).toMatchObject({ sent_at: null, refused_at: null, last_problem: 'ESOCKET' });
    const { message_id: messageId } = await school.db
      .selectFrom('mail')
      .select('message_id')
      .executeTakeFirstOrThrow();
    const back = await startInbox(Number(port));
    school.clock.advance(600);
    school.house.mailWaits();
    const mail = await back.next(rosa.email);
    await back.close();
    school.inbox = await startInbox(Number(port));
    expect(mail.messageId).toBe(messageId);
  });

  test('slow: a server that accepts and says nothing is left after its time, nothing is lost', async () => {
    const sockets = new Set<Socket>();
    const mute = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const at = mute.address();
    if (at === null || typeof at === 'string') throw new Error('no port');
    const slow = await startTestServer({
      mailTimeLimits: {
        connectionTimeout: 300,
        greetingTimeout: 300,
        socketTimeout: 300,
        dnsTimeout: 300,
      },
      change: (settings) => ({
        ...settings,
        mail: { ...settings.mail, url: `smtp://127.0.0.1:${at.port}` },
      }),
    });
    const person = await addStaff(slow, { name: 'Rosa Blake' });
    const answer = await slow.call(requestReset, { email: person.email });
    await slow.tools.later.finish();
    let row;
    do {
      row = await slow.db.selectFrom('mail').selectAll().executeTakeFirstOrThrow();
      await new Promise(setImmediate);
    } while (row.tries === 0);
    await slow.close();
    for (const socket of sockets) socket.destroy();
    mute.close();
    expect(answer.ok).toBe(true);
    expect(row).toMatchObject({ sent_at: null, refused_at: null, last_problem: 'ETIMEDOUT' });
    expect(row.body).toContain('set-password');
  });

  test('full (452): it is tried again until the server takes it', async () => {
    let tries = 0;
    school.inbox.refuse = () => ((tries += 1) <= 3 ? 452 : undefined);
    await alert(rosa);
    for (let count = 1; count <= 3; count += 1) {
      const [row] = await untilQueue(([first]) => first?.tries === count);
      expect(row).toMatchObject({ sent_at: null, refused_at: null, last_problem: '452' });
      school.clock.advance(600);
      school.house.mailWaits();
    }
    expect((await school.inbox.next(rosa.email)).to).toBe(rosa.email);
  });

  test('a recipient that does not exist (550) is marked with the code, the others get theirs', async () => {
    const ada = await newStaff('Ada Okafor');
    school.inbox.refuse = (address) => (address === rosa.email ? 550 : undefined);
    await alert(rosa);
    await alert(ada);
    await school.inbox.next(ada.email);
    const queue = await untilQueue(([first, second]) =>
      Boolean(first?.refused_at && second?.sent_at),
    );
    expect(queue).toMatchObject([
      { refused_at: expect.any(String), last_problem: '550', body: '' },
      { refused_at: null, sent_at: expect.any(String) },
    ]);
    school.clock.advance(3600);
    await alert(ada);
    await school.inbox.next(ada.email, 2);
    expect(school.inbox.offered.filter((address) => address === rosa.email)).toHaveLength(1);
  });

  test.each(['552 Quota exceeded', '550 5.2.2 Mailbox full', '554 5.7.1 Rate limit'])(
    'a full mailbox or a limit (%s) is tried again for four days, each hour, and then given up',
    async (refusal) => {
      school.inbox.refuse = () => refusal;
      await alert(rosa);
      const [first] = await untilQueue(([row]) => row?.tries === 1);
      expect(first).toMatchObject({ refused_at: null, last_problem: refusal.slice(0, 3) });
      expect(first?.next_try_at).toMatch(/^2026-11-24T09:(4[5-9]|5[0-7])/);
      school.clock.set('2026-11-28T08:44:00.000Z');
      await untilQueue(([row]) => row?.tries === 2);
      school.clock.set('2026-11-28T10:00:00.000Z');
      const [last] = await untilQueue(([row]) => row?.tries === 3);
      expect(last?.refused_at).not.toBeNull();
    },
  );

  test('a mailbox that has room again gets what waited', async () => {
    school.inbox.refuse = () => '552 5.2.2 Mailbox full';
    await alert(rosa);
    await untilQueue(([row]) => row?.tries === 1);
    school.inbox.refuse = () => undefined;
    school.clock.advance(2 * 3600);
    school.house.mailWaits();
    expect((await school.inbox.next(rosa.email)).to).toBe(rosa.email);
  });

  test('the safeguarding team is told whom no e-mail reaches, once a day, and nobody of the telling', async () => {
    const [lead, deputy] = await team();
    school.inbox.refuse = (address) =>
      [rosa.email, deputy.email].includes(address) ? '550 5.1.1 Unknown' : undefined;
    await alert(rosa);
    await alert(rosa);
    const mail = await school.inbox.next(lead.email);
    expect(mail.subject).toBe('Rosa Blake does not get e-mails about alerts');
    expect(mail.text).toContain('Rosa Blake finds the alert on the dashboard');
    // Two to Rosa, and one to each of the team: what the deputy did not get is told to nobody.
    const queue = await untilQueue((all) => all.every((row) => row.sent_at ?? row.refused_at));
    expect(queue).toHaveLength(4);
    school.clock.advance(24 * 3600);
    await alert(rosa);
    await school.inbox.next(lead.email, 2);
  });

  test('taken by the mail server while the database is busy: noted later, and not sent a second time', async () => {
    // The database refuses to note it, as it does while an import holds it for too long.
    await sql`CREATE TRIGGER busy BEFORE UPDATE ON mail WHEN NEW.sent_at IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'busy'); END`.execute(school.db);
    await alert(rosa);
    await school.inbox.next(rosa.email);
    await untilLogged('mail queue failed');
    await sql`DROP TRIGGER busy`.execute(school.db);
    await untilQueue(([first]) => first?.sent_at !== null);
    expect(school.inbox.offered).toEqual([rosa.email]);
  });

  test('R103 no address and no word of an e-mail is logged when it does not go', async () => {
    school.inbox.refuse = () => 550;
    await alert(rosa);
    await untilQueue(([first]) => first?.refused_at !== null);
    const lines = school.logLines.join('');
    expect(lines).toContain('e-mail did not go');
    expect(lines).not.toMatch(/@larkfield|Okafor|Behaviour/);
  });
});

test('an e-mail whose link has expired meanwhile is not sent any more', async () => {
  school.inbox.refuse = () => 452;
  await school.call(requestReset, { email: rosa.email });
  await school.tools.later.finish();
  await untilQueue(([first]) => first?.tries === 1);
  school.inbox.refuse = () => undefined;
  school.clock.set('2026-11-25T00:00:00.000Z');
  const [row] = await untilQueue(([first]) => first?.refused_at !== null);
  expect(row).toMatchObject({ sent_at: null, last_problem: 'useless', body: '' });
  expect(school.inbox.mails).toEqual([]);
});

test('an e-mail to somebody who has left is not sent any more', async () => {
  await school.db.updateTable('staff').set({ is_active: 0 }).execute();
  await alert(rosa);
  await untilQueue(([first]) => first?.refused_at !== null);
  expect(school.inbox.offered).toEqual([]);
});

test('what is queued and rolled back is not sent', async () => {
  await school.db
    .transaction()
    .execute(async (trx) => {
      await queueAlertMails(trx, school.house, {
        raisedBy: 'Ada Okafor',
        categories: [],
        alerts: [{ staffId: rosa.id, kind: 'incident' }],
      });
      throw new Error('the alert could not be written');
    })
    .catch(() => undefined);
  expect(await rows()).toEqual([]);
});

test('the wait between tries doubles from a second to five minutes, spread by a fifth', () => {
  const waits = [1, 2, 3, 9, 10, 1_000].map((tries) => waitBefore(tries, 0));
  expect(waits).toEqual([1_000, 2_000, 4_000, 256_000, 300_000, 300_000]);
  expect(waitBefore(1, 0.999_999)).toBe(1_200);
});

describe('the words', () => {
  test('S1 the first e-mail carries link and code and says how long they work', async () => {
    const { subject, body } = resetMessage(school.settings, {
      name: 'Rosa Blake',
      linkToken: 'T'.repeat(43),
      code: 'ABCDE23456',
    });
    expect(subject).toBe('Choose your Meadowlark password for Larkfield School');
    expect(body).toContain('\nABCDE-23456\n');
    expect(body).toContain(`/set-password/${'T'.repeat(43)}\n`);
    expect(body).toContain('until midnight tonight');
  });

  test('HTML says the same, and nothing in a name is read as HTML', () => {
    const document = htmlOf(
      'A & B',
      '<b>"Rosa"</b> & Ada\nsecond line\n\nhttps://a.example/x?y=1&z',
    );
    expect(document).toContain(
      '<p>&lt;b&gt;&quot;Rosa&quot;&lt;/b&gt; &amp; Ada<br>\nsecond line</p>',
    );
    expect(document).toContain('<a href="https://a.example/x?y=1&amp;z">');
  });
});

test.each([
  ['smtp://localhost:1025', { port: 1025, secure: false, requireTLS: false, ignoreTLS: true }],
  ['smtp://mail.example', { port: 587, secure: false, requireTLS: true, ignoreTLS: false }],
  ['smtp://mail.example:25?tls=never', { port: 25, requireTLS: false, ignoreTLS: true }],
  ['smtps://mail.example', { port: 465, secure: true, requireTLS: false, ignoreTLS: false }],
  ['smtps://a%40b:p%3Aw@mail.example', { auth: { user: 'a@b', pass: 'p:w' } }],
])('R57 e-mails travel encrypted unless the address says otherwise: %s', (url, expected) => {
  expect(connectionOf(url)).toMatchObject(expected);
});

test('a port where nobody listens is no reason not to start', async () => {
  const port = await freePort();
  const alone = await startTestServer({
    change: (settings) => ({
      ...settings,
      mail: { ...settings.mail, url: `smtp://127.0.0.1:${port}` },
    }),
  });
  expect((await alone.raw({ path: '/health' })).status).toBe(200);
  await alone.close();
});
