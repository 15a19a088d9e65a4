/** The steps of the tour in which things go wrong: a client is killed, the server is away. */
import { expect } from '@playwright/test';
import Database from 'better-sqlite3';
import { databaseFile } from '../../server/folder.ts';
import * as person from '../../test/e2e/person.ts';
import type { Tour } from './tour-people.ts';
import { escaped, fullName, type People } from './tour-steps.ts';

/** A word is added in the middle: the caret stands behind it. */
const BEFORE = 'After lunch they asked';
const ADDED = ' twice';
const AFTER = ' whether they could stay in the library until the bus';
const TYPED = `${BEFORE}${ADDED}${AFTER}`;

/** R79, R85: what was typed is found again, caret and all; what was submitted arrives, once. */
export async function keepsWhatIsTyped(tour: Tour, people: People): Promise<void> {
  const { step, picture } = tour;
  const { author, colleague, student } = tour.people;
  const studentName = fullName(student);
  const signIns = {
    author: { email: author.email, password: people.authorPassword },
    colleague: { email: colleague.email, password: people.colleaguePassword },
  };
  const field = () => people.author.page.getByRole('textbox', { name: 'Incident', exact: true });

  await step('A client is killed while somebody types', async () => {
    const { app, page } = people.author;
    const running = app.process();
    await page.getByRole('link', { name: 'Dashboard' }).click();
    await person.writeIncident(page, {
      student: {
        typed: student.surname.slice(0, 4),
        option: new RegExp(`${escaped(studentName)}.*${student.className}`),
      },
      text: '',
      categories: ['Near Miss'],
    });
    await field().pressSequentially(`${BEFORE}${AFTER}`);
    for (let left = AFTER.length; left > 0; left -= 1) await page.keyboard.press('ArrowLeft');
    await page.keyboard.type(ADDED);
    await expect(page.getByText(/^Saved on this computer/).first()).toBeVisible();
    await picture(page, 'saved-while-typing');
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await ended;
    await people.author.close();
  });
  await step('Opened again, it has the draft, the caret where it stood', async () => {
    people.author = await tour.openComputer('room-12');
    const { page } = people.author;
    await person.signIn(page, signIns.author);
    await expect(page.getByRole('heading', { name: 'Unfinished' })).toBeVisible();
    await picture(page, 'unfinished');
    await page.getByRole('button', { name: `Go on: Incident for ${studentName}` }).click();
    await expect(field()).toHaveValue(TYPED);
    await expect(field()).toBeFocused();
    const caret = await field().evaluate((element) =>
      element instanceof HTMLTextAreaElement ? element.selectionStart : null,
    );
    expect(caret).toBe(`${BEFORE}${ADDED}`.length);
    await picture(page, 'draft-found');
  });

  await step(`${fullName(colleague)} has signed in at that computer before`, async () => {
    await person.signIn(await person.logOut(people.author), signIns.colleague);
    await person.signIn(await person.logOut(people.author), signIns.author);
    const again = people.author.page.getByRole('button', {
      name: `Go on: Incident for ${studentName}`,
    });
    await again.click();
    await expect(field()).toHaveValue(TYPED);
  });
  await step('With the server away it is submitted, and is said not to be sent yet', async () => {
    await tour.stopServer();
    const { page } = people.author;
    await page.getByRole('button', { name: 'Submit Incident' }).click();
    await expect(page.getByText('Not sent yet: on this computer only').first()).toBeVisible();
    await expect(page.getByText('Nobody has been alerted yet.').first()).toBeVisible();
    await picture(page, 'not-sent-yet');
  });
  await step(
    'Its author logs out, and somebody else signs in, still without the server',
    async () => {
      await person.signIn(await person.logOut(people.author), signIns.colleague);
      const { page } = people.author;
      await expect(page.getByText('1 entry waits to be sent')).toBeVisible();
      await expect(page.getByText(TYPED)).toHaveCount(0);
      await picture(page, 'somebody-else-offline');
    },
  );
  await step('The server is back: it goes, whoever is signed in', async () => {
    await tour.startServer();
    const { page } = people.author;
    await expect(page.getByText('entry waits to be sent')).toHaveCount(0, { timeout: 60_000 });
    await picture(page, 'nothing-waits');
  });
  await step('Its author reads Delivered; the school has it once', async () => {
    await person.signIn(await person.logOut(people.author), signIns.author);
    const { page } = people.author;
    await expect(
      page
        .getByRole('table', { name: 'My History' })
        .getByText(/^Delivered to school .*, reference [A-Z0-9-]{9}/)
        .first(),
    ).toBeVisible();
    await expect(page.getByText('Not sent yet')).toHaveCount(0);
    const sqlite = new Database(databaseFile(tour.demo.server), { readonly: true });
    const held = sqlite
      .prepare(
        'SELECT count(*) AS number FROM incident JOIN staff ON staff.id = incident.author_id WHERE text = ? AND staff.email = ?',
      )
      .get(TYPED, author.email);
    sqlite.close();
    expect(held).toEqual({ number: 1 });
    await picture(page, 'delivered-later');
  });
}
