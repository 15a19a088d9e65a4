/** The main job: a concern typed on a school computer, read by the people it was meant for. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { listAlerts } from '../../src-shared/contract/alert.ts';
import { filesWith } from '../../tools/demo/find-text.ts';
import { askServer, signInToServer } from '../../tools/demo/server-request.ts';
import * as person from './person.ts';
import { expect, test, type TestSchool } from './school.ts';

/** A name that no other student of the school has. */
function studentOf({ demo }: TestSchool) {
  const { students } = demo.school;
  const student = students.find(
    (one) => students.filter(({ surname }) => surname === one.surname).length === 1,
  );
  if (student === undefined) throw new Error('every surname is shared');
  return {
    ...student,
    name: `${student.forename} ${student.surname}`,
    pick: { typed: student.surname, option: new RegExp(student.className) },
  };
}

/** R107: nothing serious on this screen, by axe. */
async function expectAccessible(page: Page): Promise<void> {
  // Legacy mode: a page of a desktop program cannot open another one for axe.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`),
  ).toEqual([]);
}

test('S4 S6 S8 S9 a teacher signs in and finds the three lists, in the order that staff know', async ({
  school,
  openComputer,
}) => {
  const { page } = await openComputer();
  await expectAccessible(page);
  await person.signIn(page, school.demo.signIns.teacher);
  await expect(
    page.getByRole('heading', { level: 2 }).filter({ hasNotText: 'Recently' }),
  ).toHaveText([/^Alert/, /^My Assigned/, /^My History/]);
  await expect(page.getByText('You are not assigned any open cases.')).toBeVisible();
  await expect(page).toHaveTitle('Larkfield School - Dashboard');
  await expectAccessible(page);
});

test('S4 R32 a wrong password is refused in the same words as an unknown address', async ({
  school,
  openComputer,
}) => {
  const { page } = await openComputer();
  const sentence = page.getByText('The e-mail address or the password is not right.');
  for (const email of [school.demo.signIns.teacher.email, 'nobody@larkfield.example']) {
    await person.typeSignIn(page, { email, password: 'not-the-right-password' });
    await expect(sentence).toBeVisible();
  }
});

test('S7 S13 S29 an incident reaches the safeguarding lead within seconds, without a reload', async ({
  school,
  openComputer,
}) => {
  const { teacher, lead } = school.demo.signIns;
  const student = studentOf(school);
  const text = 'Said at registration that nobody was at home last night. <b>Not bold</b>';
  const [writing, reading] = await Promise.all([openComputer(), openComputer()]);
  await person.signIn(writing.page, teacher);
  await person.signIn(reading.page, lead);
  const before = await person.alertRows(reading.page).count();
  const violations: string[] = [];
  for (const { page } of [writing, reading]) {
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text());
    });
  }

  await person.writeIncident(writing.page, {
    student: student.pick,
    text,
    categories: ['Cause for Concern', 'Emotional Related'],
  });
  await expectAccessible(writing.page);
  expect(await person.submitIncident(writing.page)).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);

  await expect(person.alertRows(reading.page)).toHaveCount(before + 1);
  await person.openAlert(reading.page, new RegExp(student.surname));
  await expect(reading.page.getByText(text)).toBeVisible();
  await expectAccessible(reading.page);
  const mail = await school.inbox.waitFor(lead.email);
  expect(`${mail.subject}${mail.text}`).not.toContain(student.surname);
  expect(violations).toEqual([]);
});

test('S15 after marking as read, a teacher can open the incident no more', async ({
  school,
  openComputer,
}) => {
  const { teacher } = school.demo.signIns;
  const { page } = await openComputer();
  await person.signIn(page, teacher);
  const before = await person.alertRows(page).count();
  await person.openAlert(page, /added an/);
  await expect(
    page.getByText('You won’t be able to open this again. Add any action first.'),
  ).toBeVisible();
  await person.markAsRead(page);
  const token = await signInToServer(school.server, teacher);
  await expect(async () => {
    const left = await askServer(school.server, listAlerts, {}, token);
    expect('value' in left ? left.value.alerts.length : left.code).toBeLessThan(before);
  }).toPass();
});

test('R107 a concern is written and submitted by the keyboard alone', async ({
  school,
  openComputer,
}) => {
  const student = studentOf(school);
  const { page } = await openComputer();
  await person.signIn(page, school.demo.signIns.teacher);
  await tabTo(page, 'Add Incident');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Add Incident', level: 1 })).toBeVisible();
  await tabTo(page, 'Student');
  await page.keyboard.type(student.surname);
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: `Remove ${student.name}` })).toBeVisible();
  await tabTo(page, 'Incident');
  await page.keyboard.type('Came in without a coat again.');
  await tabTo(page, 'Near Miss');
  await page.keyboard.press('Space');
  await tabTo(page, 'Submit Incident');
  await page.keyboard.press('Enter');
  expect(await person.referenceOf(page)).not.toBe('');
});

/** Presses Tab until what has the focus bears this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement)) return '';
      const labels =
        element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
          ? [...(element.labels ?? [])].map((label) => label.innerText)
          : [];
      return [element.getAttribute('aria-label') ?? '', element.innerText, ...labels].join('\n');
    });
    if (focused.split('\n').some((line) => line.trim() === name)) return;
  }
  throw new Error(`Tab never came to "${name}"`);
}

test('R8 R103 nothing that was read or typed stays in the files of the computer or in the log', async ({
  school,
  openComputer,
}) => {
  const student = studentOf(school);
  const text = `Canary ${Math.random().toString(36).slice(2)} of this run`;
  const { teacher } = school.demo.signIns;
  const client = await openComputer();
  await person.signIn(client.page, teacher);
  await person.writeIncident(client.page, {
    student: student.pick,
    text,
    categories: ['Near Miss'],
  });
  await person.submitIncident(client.page);
  await person.logOut(client.page);
  await client.close();
  const secrets = [text, student.name, teacher.password];
  expect(filesWith(school.demo.client, secrets)).toEqual([]);
  expect(school.log.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([]);
});
