/**
 * What a person does at a client, by the words and roles that they find on the screen. Used by the
 * end-to-end specs and by the tour; nothing here knows the inside of the page.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Client } from './client.ts';

export interface SignIn {
  readonly email: string;
  readonly password: string;
}

export const FIRST_USE = 'Forgotten your password or using Meadowlark for the first time?';

/** S4: from the sign-in page to the dashboard. */
export async function signIn(page: Page, { email, password }: SignIn): Promise<void> {
  await typeSignIn(page, { email, password });
  await expect(page.getByRole('heading', { name: 'Dashboard', level: 1 })).toBeVisible();
}

/** As `signIn`, for whoever expects to be refused. */
export async function typeSignIn(page: Page, { email, password }: SignIn): Promise<void> {
  await page.getByLabel('Email address').fill(email);
  await passwordField(page).fill(password);
  await page.getByRole('button', { name: 'Login' }).click();
}

export function passwordField(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Password', exact: true });
}

/** S1, S3: asks for the e-mail, and reads the answer that is the same for every address. */
export async function askForReset(page: Page, email: string): Promise<void> {
  await page.getByRole('button', { name: FIRST_USE }).click();
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Reset Password' }).click();
  await expect(page.getByText('Look at your e-mail')).toBeVisible();
}

/** S1: types the code of the e-mail and a new password; ends on the sign-in page. */
export async function setPasswordByCode(
  page: Page,
  { code, password }: { readonly code: string; readonly password: string },
): Promise<void> {
  await typeNewPassword(page, { code, password });
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByText('Your password is set. Sign in with it.')).toBeVisible();
}

/** As `setPasswordByCode`, for whoever expects to be refused. */
export async function typeNewPassword(
  page: Page,
  { code, password }: { readonly code: string; readonly password: string },
): Promise<void> {
  await page.getByLabel('Code from the e-mail').fill(code);
  await page.getByRole('textbox', { name: 'New password', exact: true }).fill(password);
  await page.getByRole('textbox', { name: 'New password again' }).fill(password);
}

/**
 * Logs out, past the question about what is unfinished where it is asked, until the sign-in page of
 * the fresh window stands there.
 */
export async function logOut({ app, page }: Pick<Client, 'app' | 'page'>): Promise<Page> {
  const fresh = app.waitForEvent('window');
  await page.getByRole('button', { name: 'LOGOUT' }).click();
  const goOn = page.getByRole('alertdialog').getByRole('button', { name: 'Log out', exact: true });
  await Promise.race([fresh, goOn.click().catch(() => undefined)]);
  const next = await fresh;
  await expect(next.getByRole('button', { name: 'Login' })).toBeVisible();
  return next;
}

/** Types part of a name into a type-ahead and picks the one suggestion that reads like `option`. */
export async function pick(
  page: Page,
  {
    field,
    typed,
    option,
  }: { readonly field: string; readonly typed: string; readonly option: RegExp },
): Promise<void> {
  const box = page.getByRole('combobox', { name: field, exact: true });
  await box.fill(typed);
  // By its whole text: an option's name is the person's alone, and the class tells two apart.
  await page.getByRole('option').filter({ hasText: option }).first().click();
}

export interface IncidentToAdd {
  /** What is typed, and what the suggestion to pick reads like: "Grace Hill, 5B". */
  readonly student: { readonly typed: string; readonly option: RegExp };
  readonly text: string;
  /** Parents before their children. */
  readonly categories: readonly string[];
  readonly linked?: readonly { readonly typed: string; readonly option: RegExp }[];
  readonly staff?: readonly { readonly typed: string; readonly option: RegExp }[];
  /** Names of group buttons, without their size. */
  readonly groups?: readonly string[];
  readonly agencies?: readonly string[];
}

/** S19 to S30: opens the form and fills it in; does not submit it. */
export async function writeIncident(page: Page, incident: IncidentToAdd): Promise<void> {
  await page.getByRole('link', { name: 'Add Incident' }).click();
  await expect(page.getByRole('heading', { name: 'Add Incident', level: 1 })).toBeVisible();
  await pick(page, { field: 'Student', ...incident.student });
  await page.getByRole('textbox', { name: 'Incident', exact: true }).fill(incident.text);
  for (const name of incident.categories) {
    await page.getByRole('checkbox', { name, exact: true }).check({ force: true });
  }
  for (const linked of incident.linked ?? []) {
    await pick(page, { field: 'Linked student(s)', ...linked });
  }
  for (const person of incident.staff ?? []) {
    await pick(page, { field: 'Alert Staff Members', ...person });
  }
  for (const name of incident.groups ?? []) {
    await page.getByRole('button', { name: new RegExp(`^${name} \\(`) }).click();
  }
}

/** S31: submits, and answers with the reference on the receipt ("K7QM-2FXD"). */
export async function submitIncident(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Submit Incident' }).click();
  return referenceOf(page);
}

/** The reference of the notice that says delivered, once it stands there. */
export async function referenceOf(page: Page): Promise<string> {
  const notice = page.getByText(/Delivered to school .*, reference [A-Z0-9-]{9}/).first();
  await expect(notice).toBeVisible({ timeout: 15_000 });
  const words = (await notice.textContent()) ?? '';
  return /reference ([A-Z0-9]{4}-[A-Z0-9]{4})/.exec(words)?.[1] ?? '';
}

/** S7: the unread alerts of the dashboard, the newest first. */
export function alertRows(page: Page): Locator {
  return page
    .getByRole('table', { name: /^Alert/ })
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });
}

/** S7: opens the incident of the newest alert that reads like `words`. */
export async function openAlert(page: Page, words: RegExp): Promise<void> {
  const row = alertRows(page).filter({ hasText: words }).first();
  await row.getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: /^Viewing Incident/, level: 1 })).toBeVisible();
}

/** S17, S18: adds an action to the incident that is open; answers with its reference. */
export async function addAction(page: Page, text: string): Promise<string> {
  const opener = page.getByRole('button', { name: 'Add Action' });
  await opener.click();
  await page.getByRole('textbox', { name: 'Action Taken' }).fill(text);
  await page.getByRole('button', { name: 'Add Action' }).last().click();
  return referenceOf(page);
}

/** S15: marks the alert of the incident that is open as read; ends on the dashboard. */
export async function markAsRead(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'mark as read' }).click();
  await expect(page.getByText('Marked as read.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Dashboard', level: 1 })).toBeVisible();
}
