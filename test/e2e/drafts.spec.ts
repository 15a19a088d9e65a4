/** What is typed and not submitted: it outlives a kill and a lock, and is known elsewhere by its time alone. */
import type { Page } from '@playwright/test';
import { expectGoodLooks } from './look.ts';
import * as person from './person.ts';
import { expect, test, type TestSchool } from './school.ts';

// Some screens are drawn five times and looked through twice.
test.describe.configure({ timeout: 180_000 });

const BEFORE = 'She said that she';
const ADDED = ' never';
const AFTER = ' wants to go home by bus';

test('R79 a client that is killed while somebody types has the draft again, the caret where it stood', async ({
  school,
  openComputer,
}) => {
  const { teacher } = school.demo.signIns;
  const killed = await openComputer({ name: 'staff room' });
  await person.signIn(killed.page, teacher);
  const words = await beginIncident(killed.page, school);
  const running = killed.app.process();
  const ended = new Promise((resolve) => running.once('exit', resolve));
  running.kill('SIGKILL');
  await ended;
  await killed.close();

  const { page } = await openComputer({ name: 'staff room' });
  await person.signIn(page, teacher);
  await expect(page.getByText('Not submitted: nobody has been told yet.')).toBeVisible();
  await expectGoodLooks(page, 'dashboard, unfinished');
  await page.getByRole('button', { name: `Go on: ${words}` }).click();
  await expectAsItWasLeft(page);
  await discardAll(page);
});

test('Locked, the page and its text are gone; the password brings the same form back, caret and all', async ({
  school,
  computer,
}) => {
  const { teacher } = school.demo.signIns;
  await person.signIn(computer.page, teacher);
  await beginIncident(computer.page, school);
  const before = computer.page;
  const fresh = computer.app.waitForEvent('window');
  await before.getByRole('button', { name: 'Lock', exact: true }).click();
  const locked = await fresh;
  const password = person.passwordField(locked);
  await expect(password).toBeFocused();
  // On a busy disk the page is out of sight first, and ends as soon as it is saved.
  await expect.poll(() => before.isClosed()).toBe(true);
  expect(await locked.content()).not.toContain(AFTER.trim());
  await password.fill(school.colleague.password);
  await locked.getByRole('button', { name: 'Unlock' }).click();
  await expect(locked.getByText('This password is not right. Try again.')).toBeVisible();
  await expectGoodLooks(locked, 'locked');
  await password.fill(teacher.password);
  await locked.getByRole('button', { name: 'Unlock' }).click();
  await expectAsItWasLeft(locked);
  await discardAll(locked);
});

test('A draft is known at another computer by its place and time; discarding it can be taken back', async ({
  school,
  computer,
  other,
}) => {
  const { mover } = school;
  await person.signIn(computer.page, mover);
  const words = await beginIncident(computer.page, school);
  await person.logOut(computer);

  await person.signIn(other.page, mover);
  await expect(other.page.getByText(/^Unfinished on .+ since /)).toBeVisible();
  await expect(other.page.getByRole('button', { name: /^Go on/ })).toHaveCount(0);
  await person.logOut(other);

  // Whoever signs in there next is shown nothing of it.
  await person.signIn(computer.page, school.colleague);
  await expect(computer.page.getByRole('table', { name: 'My History' })).toBeVisible();
  await expect(computer.page.getByRole('heading', { name: 'Unfinished' })).toHaveCount(0);
  await person.logOut(computer);

  await person.signIn(computer.page, mover);
  const { page } = computer;
  await page.getByRole('button', { name: `Discard: ${words}` }).click();
  await expect(page.getByText('Discarded. Nobody was told about it.')).toBeVisible();
  await expect(page.getByRole('button', { name: `Go on: ${words}` })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: `Go on: ${words}` }).click();
  await expect(field(page)).toHaveValue(`${BEFORE}${ADDED}${AFTER}`);
  await discardAll(page);
});

function field(page: Page) {
  return page.getByRole('textbox', { name: 'Incident', exact: true });
}

/** Types with the caret going back, until it is said to be saved; answers with how the draft is called. */
async function beginIncident(page: Page, { demo }: TestSchool): Promise<string> {
  const [student] = demo.school.students;
  if (student === undefined) throw new Error('there is no student');
  const name = `${student.forename} ${student.surname}`;
  await person.writeIncident(page, {
    student: { typed: name, option: new RegExp(student.className) },
    text: '',
    categories: ['Near Miss'],
  });
  await field(page).pressSequentially(`${BEFORE}${AFTER}`);
  for (let left = AFTER.length; left > 0; left -= 1) await page.keyboard.press('ArrowLeft');
  await page.keyboard.type(ADDED);
  await expect(page.getByText(/^Saved on this computer/).first()).toBeVisible();
  return `Incident for ${name}`;
}

async function expectAsItWasLeft(page: Page): Promise<void> {
  await expect(field(page)).toHaveValue(`${BEFORE}${ADDED}${AFTER}`);
  await expect(field(page)).toBeFocused();
  const caret = await field(page).evaluate((element) =>
    element instanceof HTMLTextAreaElement ? element.selectionStart : null,
  );
  expect(caret).toBe(`${BEFORE}${ADDED}`.length);
  await expect(page.getByRole('checkbox', { name: 'Near Miss', exact: true })).toBeChecked();
}

/** Leaves nothing unfinished to whoever comes next. */
async function discardAll(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Dashboard' }).click();
  await page
    .getByRole('button', { name: /^Discard/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: 'Unfinished' })).toHaveCount(0);
}
