/**
 * R27 in a window: a password that was changed elsewhere or forgotten, a keychain that was wiped, a
 * school without escrow. Each person comes back to their draft, or is told plainly that they cannot.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { settingsFile } from '../../server/folder.ts';
import { changePassword } from '../../src-shared/contract/password.ts';
import { threeWords } from '../../tools/demo/passwords.ts';
import { askServer, signInToServer } from '../../tools/demo/server-request.ts';
import type { Client } from './client.ts';
import { expectGoodLooks } from './look.ts';
import * as person from './person.ts';
import { expect, test, type TestSchool } from './school.ts';

// Passwords are changed, and escrow is switched off for everybody.
test.use({ ownSchool: 'recovery' });
// Some screens are drawn five times and looked through twice.
test.describe.configure({ timeout: 180_000 });

const CLOSED = 'Your drafts on this computer are still closed.';

const WITHOUT_ESCROW = 'can never be opened again: your school keeps no key to it';

const changed = new Map<string, string>();
/** With the password that the specs before this one have left. */
function present({ email, password }: person.SignIn): person.SignIn {
  return { email, password: changed.get(email) ?? password };
}

async function beginDraft(page: Page, who: person.SignIn, text: string): Promise<void> {
  await person.signIn(page, who);
  await page.getByRole('link', { name: 'Add Incident' }).click();
  await incidentText(page).fill(text);
  await expect(page.getByText('Saved on this computer').first()).toBeVisible();
}

/** Signs in, begins an incident and goes; answers with the sign-in page of the fresh window. */
async function leaveDraft(client: Client, who: person.SignIn, text: string): Promise<Page> {
  await beginDraft(client.page, who, text);
  return person.logOut(client);
}

async function switchEscrowOff(school: TestSchool): Promise<void> {
  await school.stopServer();
  const file = settingsFile(school.demo.server);
  const settings = JSON.parse(readFileSync(file, 'utf8')) as { school: { escrow?: boolean } };
  settings.school.escrow = false;
  writeFileSync(file, JSON.stringify(settings));
  await school.startServer();
}

function unfinished(page: Page) {
  return page.getByRole('button', { name: /^Go on: / });
}

function incidentText(page: Page) {
  return page.getByRole('textbox', { name: 'Incident', exact: true });
}

/** Opens the one unfinished entry of the dashboard and reads it. */
async function expectDraft(page: Page, text: string): Promise<void> {
  await unfinished(page).click();
  await expect(incidentText(page)).toHaveValue(text);
}

/** At another computer of the school. */
async function changeElsewhere(
  school: TestSchool,
  who: person.SignIn,
  password = threeWords(),
): Promise<person.SignIn> {
  const token = await signInToServer(school.server, who);
  const request = { current: who.password, password };
  const answer = await askServer(school.server, changePassword, request, token);
  if ('code' in answer) throw new Error(`the password was not changed: ${answer.code}`);
  changed.set(who.email, password);
  return { email: who.email, password };
}

test('the password was changed elsewhere: the earlier one opens the draft, once', async ({
  school,
  computer,
}) => {
  const text = 'Kieran would not take his coat off all day.';
  let page = await leaveDraft(computer, school.mover, text);
  const now = await changeElsewhere(school, school.mover);
  await person.typeSignIn(page, now);
  await expect(page.getByRole('heading', { name: CLOSED })).toBeFocused();
  await expectGoodLooks(page, 'drafts still closed');
  const earlier = page.getByRole('textbox', { name: 'Earlier password' });
  await earlier.fill('not-the-earlier-password');
  await page.getByRole('button', { name: 'Open my drafts' }).click();
  await expect(page.getByRole('alert')).toContainText('earlier password');
  await earlier.fill(school.mover.password);
  await page.getByRole('button', { name: 'Open my drafts' }).click();
  await expectDraft(page, text);
  page = await person.logOut(computer);
  await person.signIn(page, now);
  await expectDraft(page, text);
});

test('a forgotten password: the school gives the key back, and the draft opens', async ({
  school,
  computer,
}) => {
  const { colleague, inbox } = school;
  const text = 'Aisha asked twice whether she may stay in at lunch.';
  const page = await leaveDraft(computer, colleague, text);
  const already = inbox.mails.length;
  await person.askForReset(page, colleague.email);
  const mail = await inbox.waitFor(colleague.email, { after: already });
  const code = /^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$/m.exec(mail.text)?.[0] ?? '';
  const password = threeWords();
  await person.setPasswordByCode(page, { code, password });
  await person.typeSignIn(page, { email: colleague.email, password });
  await expect(page.getByRole('heading', { name: CLOSED })).toBeVisible();
  await page.getByRole('button', { name: 'Recover my drafts' }).click();
  await expectDraft(page, text);
});

test('locked meanwhile: the present password, then the earlier one, and back in the same form', async ({
  school,
  computer,
}) => {
  const { teacher } = school.demo.signIns;
  const text = 'He said the marks are from football. They are not.';
  await person.signIn(computer.page, teacher);
  await computer.page.getByRole('link', { name: 'Add Incident' }).click();
  await incidentText(computer.page).fill(text);
  const fresh = computer.app.waitForEvent('window');
  await computer.page.getByRole('button', { name: 'Lock', exact: true }).click();
  const page = await fresh;
  const now = await changeElsewhere(school, teacher);
  await person.passwordField(page).fill(now.password);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByRole('textbox', { name: 'Earlier password' }).fill(teacher.password);
  await page.getByRole('button', { name: 'Open my drafts' }).click();
  await expect(page.getByRole('heading', { name: 'Add Incident', level: 1 })).toBeVisible();
  await expect(incidentText(page)).toHaveValue(text);
});

test('R26 the keychain was wiped: the school gives the key back, within five minutes', async ({
  school,
  openComputer,
}) => {
  const { lead } = school.demo.signIns;
  const text = 'Two of them were behind the bins again.';
  const client = await openComputer();
  await beginDraft(client.page, lead, text);
  const folder = await client.app.evaluate(({ app }) => app.getPath('userData'));
  const secret = join(folder, 'device-secret');
  test.skip(!existsSync(secret), 'this computer has a keychain, which a test leaves alone');
  rmSync(secret);
  let page = await person.logOut(client);
  await person.typeSignIn(page, lead);
  await expect(page.getByText('a secret of the computer that is not there any more')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Earlier password' })).toHaveCount(0);
  await expectGoodLooks(page, 'keychain wiped');

  await client.app.evaluate(() => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + 6 * 60_000;
  });
  const fresh = client.app.waitForEvent('window');
  await page.getByRole('button', { name: 'Recover my drafts' }).click();
  page = await fresh;
  await expect(page.getByText('Your drafts were not opened within five minutes')).toBeVisible();

  await person.typeSignIn(page, lead);
  await page.getByRole('button', { name: 'Recover my drafts' }).click();
  await expectDraft(page, text);
});

test('without escrow: said before the first draft; the draft is closed, and comes home with its password', async ({
  school,
  openComputer,
}) => {
  const computer = await openComputer();
  await switchEscrowOff(school);
  const before = present(school.mover);
  const text = 'Leila would not say who broke it.';
  await person.signIn(computer.page, before);
  await computer.page.getByRole('link', { name: 'Add Incident' }).click();
  await expect(computer.page.getByText(WITHOUT_ESCROW)).toBeVisible();
  await incidentText(computer.page).fill(text);
  await expect(computer.page.getByText('Saved on this computer').first()).toBeVisible();
  let page = await person.logOut(computer);

  const between = await changeElsewhere(school, before);
  await person.typeSignIn(page, between);
  await expect(page.getByText(WITHOUT_ESCROW)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Recover my drafts' })).toHaveCount(0);
  await expectGoodLooks(page, 'without escrow');
  await page.getByRole('button', { name: 'Begin anew' }).click();
  await expect(page.getByRole('heading', { name: 'Dashboard', level: 1 })).toBeVisible();
  await expect(unfinished(page)).toHaveCount(0);
  page = await person.logOut(computer);

  await changeElsewhere(school, between, before.password);
  await person.typeSignIn(page, before);
  await page.getByRole('textbox', { name: 'Earlier password' }).fill(between.password);
  await page.getByRole('button', { name: 'Open my drafts' }).click();
  await expectDraft(page, text);

  // Begun anew once more: what is closed now is opened from the dashboard, without leaving it.
  page = await person.logOut(computer);
  await person.typeSignIn(page, await changeElsewhere(school, before));
  await page.getByRole('button', { name: 'Begin anew' }).click();
  await page.getByRole('button', { name: 'Open earlier drafts' }).click();
  const earlier = page.getByRole('textbox', { name: 'Earlier password' });
  await earlier.fill('not that one');
  await page.getByRole('button', { name: 'Open my drafts' }).click();
  await expect(page.getByText('This is not the earlier password')).toBeVisible();
  await earlier.fill(before.password);
  await page.getByRole('button', { name: 'Open my drafts' }).click();
  await expectDraft(page, text);
  await expect(page.getByRole('heading', { name: 'Earlier drafts' })).toHaveCount(0);
});
