/** R18: nothing that is typed, sent or imported is ever taken for markup: it is shown word for word. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { databaseFile } from '../../server/folder.ts';
import type { Student } from '../../src-shared/contract/student.ts';
import { serverCommand } from '../../tools/demo/server-process.ts';
import { signInColleague } from './colleague.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';
import * as person from './person.ts';
import { expect, test } from './school.ts';

/** What a page shows runs the same wherever it stands; each field gets its own of them as well. */
const CATEGORIES = 12;
const STAFF = 20;
/** So many texts to an incident's text: each on a line of its own. */
const TEXTS_AT_ONCE = 10;
/** A name that begins like a spreadsheet's formula is refused by the import. */
const NAMES = HOSTILE_TEXTS.filter((text) => !/^[=+\-@]/.test(text));

test.use({ ownSchool: 'hostile-' });

test('R18 the texts are many, short enough for a name, and all different', () => {
  expect(HOSTILE_TEXTS.length).toBeGreaterThanOrEqual(190);
  expect(new Set(HOSTILE_TEXTS).size).toBe(HOSTILE_TEXTS.length);
  expect(HOSTILE_TEXTS.filter((text) => text.length > 100 || text.trim() !== text)).toEqual([]);
});

test('R18 names, texts, categories and agencies full of markup are shown word for word', async ({
  school,
  computer: { page },
}) => {
  test.setTimeout(180_000);
  const { teacher } = school.demo.signIns;
  // Students and staff come as the office imports them; categories have no screen yet.
  const folder = school.demo.folder;
  await school.stopServer();
  const students = join(folder, 'hostile-students.csv');
  writeFileSync(
    students,
    csv(
      ['Adno', 'Forename', 'Surname', 'Class', 'Year'],
      NAMES.map((text, index) => [`H${index}`, text, `Zz${index}`, text, '5']),
    ),
  );
  const staff = join(folder, 'hostile-staff.csv');
  writeFileSync(
    staff,
    csv(
      ['Staff Code', 'Forename', 'Surname', 'Work Email', 'Job Title'],
      NAMES.slice(0, STAFF).map((text, index) => [
        `H${index}`,
        text,
        `Zz${index}`,
        `h${index}@larkfield.example`,
        text,
      ]),
    ),
  );
  for (const [kind, file] of [
    ['students', students],
    ['staff', staff],
  ] as const) {
    await serverCommand(['import', kind, file, '--data', school.demo.server, '--apply']);
  }
  const sqlite = new Database(databaseFile(school.demo.server));
  const tops = sqlite
    .prepare<[], { id: string }>(
      'SELECT id FROM category WHERE parent_id IS NULL ORDER BY position',
    )
    .all()
    .slice(0, CATEGORIES);
  tops.forEach(({ id }, index) => {
    sqlite.prepare('UPDATE category SET name = ? WHERE id = ?').run(HOSTILE_TEXTS[index], id);
  });
  sqlite.close();
  await school.startServer();

  const writer = await signInColleague(school.demo.schoolFile, school.colleague);
  const [roster, colleagues] = await Promise.all([writer.students(), writer.staff()]);
  const reader = colleagues.find(({ name }) => name === teacher.name);
  if (reader === undefined) throw new Error('the reader is not on the staff');
  const named = roster.filter(({ surname }) => /^Zz\d/.test(surname));
  expect(named.map(({ forename }) => forename).sort()).toEqual([...NAMES].sort());

  const entries: (Student & { readonly text: string })[] = [];
  for (let from = 0; from < HOSTILE_TEXTS.length; from += TEXTS_AT_ONCE) {
    const some = HOSTILE_TEXTS.slice(from, from + TEXTS_AT_ONCE);
    const student = named.find(({ forename }) => some.includes(forename));
    if (student === undefined) throw new Error('a student is missing');
    entries.push({ ...student, text: some.join('\n') });
    await writer.addIncident({
      studentId: student.id,
      text: some.join('\n'),
      categoryIds: tops.slice(0, CATEGORIES).map(({ id }) => id),
      alertStaffIds: [reader.id],
      agencies: some,
    });
  }

  await person.signIn(page, teacher);
  for (const { forename, surname, text } of entries) {
    await test.step(`an incident for ${forename}`, async () => {
      const row = person
        .alertRows(page)
        .filter({ hasText: new RegExp(`\\b${surname}\\b`) })
        .first();
      for (const category of HOSTILE_TEXTS.slice(0, CATEGORIES)) {
        await expect(row).toContainText(category);
      }
      await row.getByRole('link').first().click();
      const heading = page.getByRole('heading', { name: /^Viewing Incident/, level: 1 });
      await expect(heading).toContainText(`${forename} ${surname}`);
      const shown = page.getByRole('article', { name: 'Incident' });
      expect(await shown.innerText()).toContain(text);
      const whole = await page.locator('main').innerText();
      expect(text.split('\n').filter((agency) => !whole.includes(agency))).toEqual([]);
      await page.getByRole('link', { name: 'Dashboard' }).click();
    });
  }

  await page.getByRole('link', { name: 'Add Incident' }).click();
  const box = page.getByRole('combobox', { name: 'Student', exact: true });
  for (const { forename, surname } of named) {
    await box.fill(surname);
    await expect(page.getByRole('option').filter({ hasText: surname }).first()).toContainText(
      forename,
    );
  }
  await box.fill('Zz7');
  await page.getByRole('option').first().click();
  const people = page.getByRole('combobox', { name: 'Alert Staff Members', exact: true });
  for (const [index, text] of NAMES.slice(0, STAFF).entries()) {
    await people.fill(`Zz${index}`);
    await expect(
      page
        .getByRole('option')
        .filter({ hasText: `Zz${index}` })
        .first(),
    ).toContainText(text);
  }
  await people.fill('');
  // What is beside an open list is hidden from everybody else.
  await people.press('Escape');
  await page.getByRole('button', { name: 'Clear form' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Clear form' }).click();
  // That no policy was broken and no dialog opened, `school.ts` sees to after every test.
});

function csv(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  return [headings, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
}
