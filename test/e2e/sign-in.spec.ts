/** Signing in, and all that can go wrong with it or end it. */
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { databaseFile } from '../../server/folder.ts';
import { threeWords } from '../../tools/demo/passwords.ts';
import * as person from './person.ts';
import { expect, test } from './school.ts';

const WRONG = 'The e-mail address or the password is not right.';

test('S4 R32 a wrong password is refused in the same words as an unknown address', async ({
  school,
  computer: { page },
}) => {
  for (const email of [school.demo.signIns.teacher.email, 'nobody@larkfield.example']) {
    await person.typeSignIn(page, { email, password: 'not-the-right-password' });
    await expect(page.getByText(WRONG)).toBeVisible();
    await page.reload();
    await expect(page.getByText(WRONG)).toHaveCount(0);
  }
});

test('S1 S2 R29 a first password comes by a code, once, and a common one is refused', async ({
  school,
  computer,
}) => {
  const { email } = school.demo.school.staff.at(-1) ?? { email: '' };
  let { page } = computer;
  const already = school.inbox.mails.length;
  await person.askForReset(page, email);
  const { text } = await school.inbox.waitFor(email, { after: already });
  const code = /^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$/m.exec(text)?.[0] ?? '';
  await person.typeNewPassword(page, { code, password: 'passwordpassword' });
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(
    page
      .getByText(/password/i)
      .filter({ hasText: /common|guess/i })
      .first(),
  ).toBeVisible();
  const password = threeWords();
  await person.setPasswordByCode(page, { code, password });
  await person.signIn(page, { email, password });
  page = await person.logOut(computer);

  await page.getByRole('button', { name: person.FIRST_USE }).click();
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'I have a code already' }).click();
  await person.typeNewPassword(page, { code, password: threeWords() });
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'code' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to sign in' }).click();
});

test('R34 a session that has expired asks for the password over the form, which stays as it was', async ({
  school,
  computer: { page },
}) => {
  const { teacher } = school.demo.signIns;
  const text = 'Half a sentence, and then the bell rang';
  await person.signIn(page, teacher);
  await page.getByRole('link', { name: 'Add Incident' }).click();
  await page.getByRole('textbox', { name: 'Incident', exact: true }).fill(text);

  const sqlite = new Database(databaseFile(school.demo.server));
  const past = new Date(Date.now() - 16 * 60_000).toISOString();
  sqlite.prepare('UPDATE session SET last_input_at = ? WHERE ended_at IS NULL').run(past);
  sqlite.close();

  const asking = page.getByRole('dialog', { name: 'You have been signed out' });
  await expect(asking).toBeVisible();
  await expect(asking.getByText('What you typed is still here.')).toBeVisible();
  await person.passwordField(page).fill('not-the-right-password');
  await asking.getByRole('button', { name: 'Login' }).click();
  await expect(asking.getByText('This password is not right. Try again.')).toBeVisible();
  await person.passwordField(page).fill(teacher.password);
  await asking.getByRole('button', { name: 'Login' }).click();
  await expect(asking).toHaveCount(0);
  const field = page.getByRole('textbox', { name: 'Incident', exact: true });
  await expect(field).toHaveValue(text);

  await page.getByRole('button', { name: 'LOGOUT' }).click();
  await expect(page.getByText('Not submitted: nobody has been told yet').last()).toBeVisible();
  await page.getByRole('button', { name: 'Stay and go on writing' }).click();
  await expect(field).toHaveValue(text);
});

test('Account Settings: text size follows a person, a new password and signing out end other sessions', async ({
  school,
  computer,
  other,
}) => {
  const { email } = school.mover;
  const pages = [computer.page, other.page] as const;
  const ended = (at: number) =>
    pages[at === 0 ? 0 : 1].getByRole('dialog', { name: 'You have been signed out' });
  const [first, second] = pages;
  await person.signIn(first, school.mover);
  await first.getByRole('link', { name: 'Account Settings' }).click();
  const before = await fontSize(first);
  await first.getByRole('radio', { name: 'Largest' }).check({ force: true });
  await expect(first.getByText('Saved.')).toBeVisible();
  expect(await fontSize(first)).toBeCloseTo(before * 1.5, 1);
  await person.signIn(second, school.mover);
  await expect.poll(() => fontSize(second)).toBeCloseTo(before * 1.5, 1);

  const password = threeWords();
  await first.getByRole('textbox', { name: 'Present password' }).fill(school.mover.password);
  await first.getByRole('textbox', { name: 'New password', exact: true }).fill(password);
  await first.getByRole('textbox', { name: 'New password again' }).fill(password);
  await first.getByRole('button', { name: 'Change password' }).click();
  await expect(first.getByText('Your password is changed.')).toBeVisible();
  await expect(ended(1)).toBeVisible();
  await person.passwordField(second).fill(password);
  await ended(1).getByRole('button', { name: 'Login' }).click();
  await expect(ended(1)).toHaveCount(0);
  // R27: this computer's drafts were closed with the password of before.
  await second.getByRole('textbox', { name: 'Earlier password' }).fill(school.mover.password);
  await second.getByRole('button', { name: 'Open my drafts' }).click();
  await expect(second.getByRole('button', { name: 'LOGOUT' })).toBeVisible();

  await first
    .getByRole('radiogroup', { name: 'Text size' })
    .getByRole('radio', { name: 'Usual' })
    .check({ force: true });
  const fresh = computer.app.waitForEvent('window');
  await first.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect((await fresh).getByText('You have been signed out on every computer')).toBeVisible();
  await expect(ended(1)).toBeVisible();
  const next = other.app.waitForEvent('window');
  await second.getByRole('button', { name: 'Sign in as someone else' }).click();
  const third = await next;
  // The password of before is nobody's any more.
  await person.typeSignIn(third, { email, password: school.mover.password });
  await expect(third.getByText(WRONG)).toBeVisible();
});

function fontSize(page: Page): Promise<number> {
  return page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
}
