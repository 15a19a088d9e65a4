/** The main job: a concern typed on a school computer, read by the people it was meant for. */
import type { Page } from '@playwright/test';
import { filesWith } from '../../tools/demo/find-text.ts';
import { signInColleague } from './colleague.ts';
import { expectAccessible } from './look.ts';
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

test('S4 S6 S8 S9 a teacher signs in and finds the three lists, in the order that staff know', async ({
  school,
  computer: { page },
}) => {
  await person.signIn(page, school.demo.signIns.teacher);
  await expect(
    page.getByRole('heading', { level: 2 }).filter({ hasNotText: 'Recently' }),
  ).toHaveText([/^Alert/, /^My Assigned/, /^My History/]);
  await expect(page.getByText('You are not assigned any open cases.')).toBeVisible();
  await expect(page).toHaveTitle('Larkfield School - Dashboard');
});

test('S7 S9 S13 S29 an incident reaches the safeguarding lead within 2 seconds, without a reload', async ({
  school,
  computer,
  other,
}) => {
  const { lead } = school.demo.signIns;
  const student = studentOf(school);
  const text = 'Said at registration that nobody was at home last night. <b>Not bold</b>';
  const [writing, reading] = [computer.page, other.page];
  await person.signIn(writing, school.colleague);
  const empty = writing.getByText('You have not logged any incidents');
  await expect(writing.getByRole('heading', { name: 'My History' })).toBeVisible();
  await person.signIn(reading, lead);
  await expect(person.alertRows(reading).first()).toBeVisible();
  const before = await person.alertRows(reading).count();

  await person.writeIncident(writing, {
    student: student.pick,
    text,
    categories: ['Cause for Concern', 'Emotional Related'],
  });
  expect(await person.submitIncident(writing)).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
  await expect(person.alertRows(reading)).toHaveCount(before + 1, { timeout: 2_000 });

  // What the form has left behind is never an empty list beside a receipt.
  await expect(empty).toHaveCount(0);
  await expect(writing.getByRole('table', { name: 'My History' })).toContainText(
    `Incident for ${student.name}`,
  );
  await person.openAlert(reading, new RegExp(student.surname));
  await expect(reading.getByText(text)).toBeVisible();
  const mail = await school.inbox.waitFor(lead.email);
  expect(`${mail.subject}${mail.text}`).not.toContain(student.surname);
});

test('S15 after marking as read, a teacher can open the incident no more', async ({
  school,
  computer: { page },
}) => {
  const { teacher } = school.demo.signIns;
  const colleague = await signInColleague(school.demo.schoolFile, teacher);
  const before = await colleague.unread();
  await person.signIn(page, teacher);
  await person.openAlert(page, /added an/);
  await expect(
    page.getByText("You won't be able to open this again. Add any action first."),
  ).toBeVisible();
  await person.markAsRead(page);
  await expect.poll(() => colleague.unread()).toBeLessThan(before);
});

test('S15 two people mark the same incident as read at the same moment, each for themselves', async ({
  school,
  computer,
  other,
}) => {
  const { teacher, lead } = school.demo.signIns;
  const student = studentOf(school);
  const [writer, ...readers] = await Promise.all(
    [school.colleague, teacher, lead].map((who) => signInColleague(school.demo.schoolFile, who)),
  );
  if (writer === undefined) throw new Error('nobody writes');
  const [students, staff, categories] = await Promise.all([
    writer.students(),
    writer.staff(),
    writer.categories(),
  ]);
  const idOf = (list: readonly { id: string; name: string }[], name: string): string => {
    const id = list.find((one) => one.name === name)?.id;
    if (id === undefined) throw new Error(`there is no ${name}`);
    return id;
  };
  const subject = students.find(({ surname }) => surname === student.surname);
  if (subject === undefined) throw new Error('the student is not on roll');
  await writer.addIncident({
    studentId: subject.id,
    text: 'Two will read this.',
    categoryIds: [idOf(categories, 'Near Miss')],
    alertStaffIds: [idOf(staff, teacher.name)],
  });
  const before = await Promise.all(readers.map((reader) => reader.unread()));
  const pages = [computer.page, other.page];
  await Promise.all([person.signIn(computer.page, teacher), person.signIn(other.page, lead)]);
  for (const page of pages) await person.openAlert(page, new RegExp(student.surname));
  for (const page of pages) await expect(page.getByText('Two will read this.')).toBeVisible();
  await Promise.all(pages.map((page) => person.markAsRead(page)));
  await expect
    .poll(() => Promise.all(readers.map((reader) => reader.unread())))
    .toEqual(before.map((count) => count - 1));
});

test('R107 a person signs in, writes and submits a concern by the keyboard alone', async ({
  school,
  computer: { page },
}) => {
  const student = studentOf(school);
  const { email, password } = school.demo.signIns.teacher;
  await page.getByLabel('Email address').fill('');
  await page.getByLabel('Email address').focus();
  await page.keyboard.type(email);
  await tabTo(page, 'Password');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Dashboard', level: 1 })).toBeVisible();
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
  await expectAccessible(page, 'the form, filled in');
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
  await person.logOut(client);
  await client.close();
  const secrets = [text, student.name, teacher.password];
  expect(filesWith(school.demo.client, secrets)).toEqual([]);
  expect(school.log.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([]);
});
