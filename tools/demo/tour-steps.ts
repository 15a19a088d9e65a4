/** The steps of the tour, in the order a school would live them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { v4 as randomId } from 'uuid';
import { listHistory, readIncident } from '../../src-shared/contract/incident.ts';
import { openBrowser } from '../../test/e2e/browser.ts';
import type { Client } from '../../test/e2e/client.ts';
import * as person from '../../test/e2e/person.ts';
import { filesWith } from './find-text.ts';
import { threeWords } from './passwords.ts';
import { askServer, signInToServer } from './server-request.ts';
import type { Tour } from './tour-people.ts';

export interface People {
  /** At the first computer; another client there once it was killed. */
  author: Client;
  readonly authorPassword: string;
  readonly colleague: Client;
  readonly colleaguePassword: string;
}

export const fullName = (one: { forename: string; surname: string }): string =>
  `${one.forename} ${one.surname}`;

/** S1 to S5: two people come to their passwords, one by the code, one by the link. */
export async function firstUse(tour: Tour): Promise<People> {
  const { step, picture, inbox } = tour;
  const { author, colleague } = tour.people;
  const first = await step('A computer of the school shows the sign-in page', async () => {
    const client = await tour.openComputer('room-12');
    await expect(client.page.getByRole('button', { name: 'Login' })).toBeVisible();
    await picture(client.page, 'sign-in');
    return client;
  });

  const authorPassword = threeWords();
  await step(`${fullName(author)} asks for a first password by e-mail`, async () => {
    await person.askForReset(first.page, author.email);
    await picture(first.page, 'first-use');
  });
  await step('The e-mail arrives; its code, typed in the program, sets the password', async () => {
    const { text } = await inbox.waitFor(author.email);
    const code = /^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$/m.exec(text)?.[0];
    expect(code, 'a code in the e-mail').toBeDefined();
    await person.setPasswordByCode(first.page, { code: code ?? '', password: authorPassword });
  });
  await step(`${fullName(author)} signs in and sees the dashboard`, async () => {
    await person.signIn(first.page, { email: author.email, password: authorPassword });
    await expect(first.page.getByRole('heading', { name: 'My History' })).toBeVisible();
    await picture(first.page, 'dashboard');
  });

  const second = await step(`${fullName(colleague)} asks for one at another computer`, async () => {
    const client = await tour.openComputer('staff-room');
    await person.askForReset(client.page, colleague.email);
    await client.page.getByRole('button', { name: 'Back to sign in' }).click();
    return client;
  });
  const colleaguePassword = threeWords();
  await chooseByLink(tour, colleaguePassword);
  await step(`${fullName(colleague)} signs in with it`, async () => {
    await person.signIn(second.page, { email: colleague.email, password: colleaguePassword });
  });
  return { author: first, authorPassword, colleague: second, colleaguePassword };
}

async function chooseByLink(tour: Tour, password: string): Promise<void> {
  const { step, picture, inbox } = tour;
  const { colleague } = tour.people;
  const { text } = await inbox.waitFor(colleague.email);
  const link = /https:\/\/\S+\/set-password\/\S+/.exec(text)?.[0] ?? '';
  const certificate = readFileSync(join(tour.demo.server, 'keys', 'server.pem'), 'utf8');
  const browser = await openBrowser(certificate);
  try {
    const page = await browser.newPage();
    await step('The link of the e-mail opens in a browser, twice, and spends nothing', async () => {
      await page.goto(link);
      await page.goto(link);
      await expect(page.getByRole('heading', { name: 'Choose your password' })).toBeVisible();
      await picture(page, 'link-page');
    });
    await step('The page sets the password, and the link works no more', async () => {
      await page.getByLabel('New password').fill(password);
      await page.getByRole('button', { name: 'Set password' }).click();
      await expect(page.getByRole('heading', { name: 'Your password is set' })).toBeVisible();
      await page.goto(link);
      await expect(
        page.getByRole('heading', { name: 'This link does not work any more' }),
      ).toBeVisible();
      await picture(page, 'link-used');
    });
  } finally {
    await browser.close();
  }
}

/** S6 to S18: a concern is written, delivered, read, acted on, and closed to the reader. */
export async function mainJob(tour: Tour, people: People): Promise<void> {
  const { step, picture, inbox } = tour;
  const { author, colleague, student, lead } = tour.people;
  const studentName = fullName(student);
  const writing = people.author.page;
  const reading = people.colleague.page;
  const mailsBefore = inbox.mails.length;

  await step(`An incident about ${studentName} (${student.className}) is written`, async () => {
    await person.writeIncident(writing, {
      student: {
        typed: student.surname.slice(0, 4),
        option: new RegExp(`${escaped(studentName)}.*${student.className}`),
      },
      text: tour.text,
      categories: ['Cause for Concern', 'Emotional Related'],
      staff: [{ typed: colleague.surname, option: new RegExp(escaped(fullName(colleague))) }],
    });
    await picture(writing, 'incident-form');
    await writing.getByRole('button', { name: 'Submit Incident' }).scrollIntoViewIfNeeded();
    await picture(writing, 'incident-form-end');
  });
  await step('The form says who will be told, and that nobody has been told yet', async () => {
    await expect(
      writing.getByRole('status').filter({ hasText: 'would not normally' }),
    ).toBeVisible();
    await expect(writing.getByText(/nobody has been told/i).first()).toBeVisible();
  });
  const unreadBefore = await unreadOf(reading);
  let sentAt = 0;
  const reference = await step('It is delivered, with a receipt signed by the school', async () => {
    sentAt = performance.now();
    const text = await person.submitIncident(writing);
    expect(text).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
    await picture(writing, 'delivered');
    return text;
  });
  await step(`${fullName(colleague)} sees the alert without a reload (${reference})`, async () => {
    await expect(person.alertRows(reading)).toHaveCount(unreadBefore + 1, { timeout: 5_000 });
    const seconds = ((performance.now() - sentAt) / 1000).toFixed(1);
    await expect(person.alertRows(reading).first()).toContainText(studentName);
    await picture(reading, 'alert');
    console.log(`  ${seconds} s after Submit was pressed`);
  });
  await step(
    'The e-mail about it names who alerted and the category, no student and no text',
    async () => {
      const mail = await inbox.waitFor(colleague.email, { after: mailsBefore });
      expect(mail.text).toContain('Emotional Related');
      expect(mail.subject).toContain(author.surname);
      for (const secret of [student.surname, tour.text.slice(0, 30)]) {
        expect(`${mail.subject}\n${mail.text}`).not.toContain(secret);
      }
    },
  );
  await step('The safeguarding team was e-mailed too, without being chosen', async () => {
    await inbox.waitFor(lead.email, { after: mailsBefore });
  });
  await step(`${fullName(colleague)} opens it and reads it word for word`, async () => {
    await person.openAlert(reading, new RegExp(escaped(studentName)));
    const written = await reading.getByRole('article', { name: 'Incident' }).innerText();
    expect(written.replace(/\s+/g, ' ')).toContain(tour.text.trim().replace(/\s+/g, ' '));
    await picture(reading, 'incident');
  });
  await step('An action is added to it and delivered', async () => {
    const added = await person.addAction(reading, 'Sat with them at afternoon break. They smiled.');
    expect(added).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
    await expect(reading.getByText('Sat with them at afternoon break.')).toBeVisible();
    await picture(reading, 'action');
  });
  await step('The program says what marking as read costs before it is done', async () => {
    await expect(
      reading.getByText("You won't be able to open this again. Add any action first."),
    ).toBeVisible();
  });
  await step('It is marked as read and leaves the dashboard', async () => {
    await person.markAsRead(reading);
    await expect(person.alertRows(reading)).toHaveCount(unreadBefore);
    await picture(reading, 'marked-as-read');
  });
}

/** S15, S16, R8: what can no longer be read, by the page or by the server, and what stays behind. */
export async function nothingStays(tour: Tour, people: People): Promise<void> {
  const { step, picture } = tour;
  const { colleague, student } = tour.people;
  const studentName = fullName(student);
  const reading = people.colleague.page;
  const incidentId = await ownIncidentId(tour, people);

  await step('Recently Viewed names it and does not open it any more', async () => {
    const recent = reading.getByRole('listitem').filter({ hasText: `Incident for ${studentName}` });
    await expect(recent.first()).toBeVisible();
    await expect(recent.first().getByRole('link')).toHaveCount(0);
  });
  await step('The server refuses it too, exactly as if it had never existed', async () => {
    const sign = { email: colleague.email, password: people.colleaguePassword };
    const token = await signInToServer(tour.server, sign);
    const ask = (id: string) =>
      askServer(tour.server, readIncident, { incidentId: id, openingId: randomId() }, token);
    const [gone, never] = await Promise.all([ask(incidentId), ask(randomId())]);
    expect(gone).toEqual({ status: 404, code: 'not-found' });
    expect(never).toEqual(gone);
  });
  await step('The author sees their report as they wrote it, and not the action', async () => {
    const writing = people.author.page;
    await writing.getByRole('link', { name: 'Dashboard' }).click();
    await writing
      .getByRole('link', { name: new RegExp(`^Incident for ${escaped(studentName)}`) })
      .first()
      .click();
    await expect(writing.getByText('This is your report as you wrote it.')).toBeVisible();
    await expect(writing.getByText('Sat with them at afternoon break.')).toHaveCount(0);
    await picture(writing, 'own-report');
  });
  await step('Both log out', async () => {
    await person.logOut(people.author);
    await person.logOut(people.colleague);
    await picture(people.author.page, 'logged-out');
  });
  await step('Nothing of it is left in the files of either computer', async () => {
    await people.author.close();
    await people.colleague.close();
    const secrets = [tour.text.trim().slice(0, 40), student.surname, 'Sat with them at afternoon'];
    expect(filesWith(tour.demo.client, secrets)).toEqual([]);
  });
}

async function unreadOf(page: Page): Promise<number> {
  await expect(page.getByRole('heading', { name: /^Alert/ })).toBeVisible();
  return person.alertRows(page).count();
}

/** The incident's id, which no screen shows: from the author's own history, asked of the server. */
async function ownIncidentId(tour: Tour, people: People): Promise<string> {
  const { email } = tour.people.colleague;
  const token = await signInToServer(tour.server, { email, password: people.colleaguePassword });
  const answer = await askServer(tour.server, listHistory, {}, token);
  if (!('value' in answer)) throw new Error(`the history cannot be read: ${answer.code}`);
  const action = answer.value.rows.find((row) => row.kind === 'action');
  if (action === undefined) throw new Error('the action is not in the history');
  return action.incidentId;
}

export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
