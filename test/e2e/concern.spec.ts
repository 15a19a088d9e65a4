/** **Can't sign in? Report a concern**: sealed as it is typed, to the safeguarding team alone, server or not. */
import { expectGoodLooks } from './look.ts';
import * as person from './person.ts';
import { expect, test } from './school.ts';

// Some screens are drawn five times and looked through twice.
test.describe.configure({ timeout: 180_000 });

// What is held is held for everybody of its school.
test.use({ ownSchool: 'concerns' });

test('A concern without signing in waits for the server, and is completed by the safeguarding team alone', async ({
  school,
  computer,
}) => {
  const { lead, teacher } = school.demo.signIns;
  const [student] = school.demo.school.students;
  if (student === undefined) throw new Error('there is no student');
  const text = `A girl in year 5 said that nobody is at home ${Math.random().toString(36).slice(2)}`;
  let { page } = computer;
  await page.getByRole('button', { name: 'Can’t sign in? Report a concern' }).click();
  // Heard when the computer enrolled, with nobody signed in; kept for when the server is away.
  const { title, surname } = school.demo.school.lead;
  const told = page.getByText(`tell ${title}`).filter({ hasText: `${surname}, 01632 960983.` });
  await expect(told).toBeVisible();
  await school.stopServer();
  try {
    await page.getByRole('button', { name: 'Send to the safeguarding team' }).click();
    await expect(page.getByRole('textbox', { name: 'Your name' })).toBeFocused();
    await page.getByRole('textbox', { name: 'Your name' }).fill('A cover teacher');
    await page.getByRole('textbox', { name: 'Student' }).fill('Grace, I think, in 5B');
    await page.getByRole('textbox', { name: 'What happened' }).fill(text);
    await expect(page.getByText(/^Saved on this computer/)).toBeVisible();
    await expectGoodLooks(page, 'report a concern');
    await page.getByRole('button', { name: 'Send to the safeguarding team' }).click();
    await expect(page.getByRole('heading', { name: 'Your concern is on its way.' })).toBeVisible();
    await expect(told).toBeVisible();
    await expectGoodLooks(page, 'concern on its way');
    await page.getByRole('button', { name: 'Back to sign in' }).click();
  } finally {
    await school.startServer();
  }

  await person.signIn(page, teacher);
  await expect(person.alertRows(page).first()).toBeVisible();
  await expect(page.getByText(text)).toHaveCount(0);
  await expect(page.getByRole('heading', { name: /^To be completed/ })).toHaveCount(0);
  await page.getByRole('link', { name: 'Dashboard' }).click();
  page = await person.logOut(computer);

  await person.signIn(page, lead);
  await expect(page.getByRole('heading', { name: 'To be completed (1)' })).toBeVisible({
    timeout: 45_000,
  });
  await expect(page.getByText('sent without signing in')).toBeVisible();
  await page.getByRole('button', { name: /^Open the item with reference/ }).click();
  await expect(page.getByText(text)).toBeVisible();
  await page.getByRole('button', { name: 'Record as an incident' }).click();
  await expect(page.getByText('Tick at least one category.')).toBeVisible();
  await expectGoodLooks(page, 'to be completed');
  await person.pick(page, {
    field: 'Student',
    typed: `${student.forename} ${student.surname}`,
    option: new RegExp(student.className),
  });
  await page.getByRole('checkbox', { name: 'Near Miss', exact: true }).check({ force: true });
  await page.getByRole('button', { name: 'Record as an incident' }).click();
  await expect(page.getByRole('heading', { name: /^Viewing Incident/, level: 1 })).toBeVisible();
  await expect(page.getByText(text)).toBeVisible();
  await page.getByRole('link', { name: 'Dashboard' }).click();
  await expect(page.getByRole('heading', { name: /^To be completed/ })).toHaveCount(0);
});

test('Waiting to be sent says what waits, since when and why, and nothing of what it says', async ({
  school,
  computer,
}) => {
  const { teacher } = school.demo.signIns;
  const [student] = school.demo.school.students;
  if (student === undefined) throw new Error('there is no student');
  const { page } = computer;
  await person.signIn(page, teacher);
  await person.writeIncident(page, {
    student: {
      typed: `${student.forename} ${student.surname}`,
      option: new RegExp(student.className),
    },
    text: 'Seen behind the sports hall at noon',
    categories: ['Near Miss'],
  });
  await school.stopServer();
  try {
    await page.getByRole('button', { name: 'Submit Incident' }).click();
    await page.getByRole('link', { name: '1 entry waits to be sent' }).click();
    await expect(page.getByRole('heading', { name: 'Waiting to be sent' })).toBeVisible();
    await expect(page.getByText('An incident or an action')).toBeVisible();
    await expect(page.getByText('Seen behind the sports hall')).toHaveCount(0);
    await expectGoodLooks(page, 'waiting to be sent');
  } finally {
    await school.startServer();
  }
  await expect(
    page.getByText('Nothing is waiting. Everything has reached the school.'),
  ).toBeVisible({ timeout: 45_000 });
});
