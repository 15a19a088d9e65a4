/**
 * Every screen, in light and dark, at 100, 200 and 400 %: accessible, and nothing is wider than the
 * window. Pictures of all of them are in test-results/screens/.
 */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectGoodLooks } from './look.ts';
import * as person from './person.ts';
import { expect, test } from './school.ts';

test('R107 a computer without a school looks right', async ({ school, openComputer }) => {
  const { page } = await openComputer({ schoolFile: join(school.demo.folder, 'not-there.json') });
  await expect(page.getByText('This computer has not been set up for a school yet.')).toBeVisible();
  await expectGoodLooks(page, 'no school');
});

test('R107 the screens before sign-in look right', async ({ school, computer: { page } }) => {
  await page.reload();
  await expect(page.getByRole('button', { name: 'Login' })).toBeVisible();
  await expectGoodLooks(page, 'sign-in');
  await page.getByRole('button', { name: 'Login' }).click();
  await expect(page.getByText('Enter your password.')).toBeVisible();
  await expectGoodLooks(page, 'sign-in, left empty');
  await page.getByRole('button', { name: person.FIRST_USE }).click();
  await expectGoodLooks(page, 'first use');
  await page.getByLabel('Email address').fill(school.demo.signIns.teacher.email);
  await page.getByRole('button', { name: 'I have a code already' }).click();
  await person.typeNewPassword(page, { code: 'nonsense', password: 'too short' });
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByText('This is not a code of ten letters and figures.')).toBeVisible();
  await expectGoodLooks(page, 'first use, by code');
  await page.getByRole('button', { name: 'Back to sign in' }).click();
});

const PAGES = ['Account Settings', 'FAQ', 'User Guide', 'Contact Support'];

test('R107 the pages around look right', async ({ school, computer: { page } }) => {
  await person.signIn(page, school.demo.signIns.teacher);
  for (const name of PAGES) {
    await page.getByRole('link', { name, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Dashboard');
    await expectSettled(page);
    await expectGoodLooks(page, name);
  }
});

test('R107 the dashboard, the form and an incident look right', async ({
  school,
  computer: { page },
}) => {
  await person.signIn(page, school.demo.signIns.teacher);
  await expect(person.alertRows(page).first()).toBeVisible();
  await expectSettled(page);
  await expectGoodLooks(page, 'dashboard');

  await page.getByRole('link', { name: 'Add Incident' }).click();
  await page.getByRole('button', { name: 'Submit Incident' }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await expectGoodLooks(page, 'form, left empty');
  const [student, linked] = school.demo.school.students;
  const [, , , colleague] = school.demo.school.staff;
  if (student === undefined || linked === undefined || colleague === undefined) {
    throw new Error('the school is too small');
  }
  await person.writeIncident(page, {
    student: { typed: `${student.forename} ${student.surname}`, option: /./ },
    text: `${'A long sentence that goes on. '.repeat(20)}${'Donaudampfschifffahrt'.repeat(8)}`,
    categories: ['Cause for Concern', 'Emotional Related'],
    linked: [{ typed: `${linked.forename} ${linked.surname}`, option: /./ }],
    staff: [{ typed: `${colleague.forename} ${colleague.surname}`, option: /./ }],
    groups: ['Teachers'],
  });
  await expectGoodLooks(page, 'form, filled in');
  await page.getByRole('button', { name: 'LOGOUT' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expectGoodLooks(page, 'question before logging out');
  await page.getByRole('alertdialog').getByRole('button').last().click();
  await person.submitIncident(page);
  await expectGoodLooks(page, 'dashboard, delivered');

  await person.openAlert(page, /added an/);
  await page.getByRole('button', { name: 'Add Action' }).click();
  await expect(page.getByRole('textbox', { name: 'Action Taken' })).toBeVisible();
  await expectGoodLooks(page, 'incident, with the action form');
});

/** What is on its way has come. */
async function expectSettled(page: Page): Promise<void> {
  await expect(page.getByText('on its way')).toHaveCount(0);
}
