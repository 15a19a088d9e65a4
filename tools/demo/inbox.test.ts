import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAIL_TIME_LIMITS, makeSender } from '../../server/mail/sending.ts';
import { Settings } from '../../server/settings.ts';
import { startInbox, type Inbox } from './inbox.ts';

let folder: string;
let inbox: Inbox;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meadowlark-inbox-'));
  inbox = await startInbox(folder);
});
afterEach(async () => {
  await inbox.stop();
  rmSync(folder, { recursive: true });
});

/** The server's own way of sending, to this inbox. */
function send(mail: { to: string; subject: string; body: string }): Promise<void> {
  const settings = Settings.parse({
    school: {
      id: '0198c0de-0000-7000-8000-000000000001',
      name: 'Larkfield School',
      timeZone: 'Europe/London',
      safeguardingContact: { name: 'Grace Hill', number: '01632 960001' },
      support: { email: 'it@larkfield.example', link: null },
      userGuide: [],
      frequentQuestions: [],
      sentences: { aboutAdults: 'Tell the headteacher.', familyWords: null },
    },
    listen: { domain: 'localhost' },
    mail: { url: inbox.smtpUrl, from: 'meadowlark@larkfield.example' },
  });
  return makeSender(settings, MAIL_TIME_LIMITS)({ ...mail, messageId: '<1@larkfield.example>' });
}

describe('the local inbox', () => {
  test('receives over SMTP and can be read in a browser', async () => {
    const to = 'grace.hill@larkfield.example';
    await send({ to, subject: 'Alert', body: 'Ms Hill alerted you.' });
    const mail = await inbox.waitFor(to);
    expect({ ...mail, text: mail.text.trim() }).toEqual({
      to: [to],
      from: 'meadowlark@larkfield.example',
      subject: 'Alert',
      text: 'Ms Hill alerted you.',
      messageId: '<1@larkfield.example>',
    });
    const list = (await (await fetch(`${inbox.webUrl}/api/email`)).json()) as unknown;
    expect(JSON.stringify(list)).toContain(to);
  });

  test('says what came instead of what was waited for', async () => {
    await send({ to: 'c@d.example', subject: 'Other', body: '.' });
    await inbox.waitFor('c@d.example');
    await expect(inbox.waitFor('e@f.example', { withinMs: 10 })).rejects.toThrow(
      'no such e-mail to e@f.example; there came: c@d.example: Other',
    );
  });
});
