/** The way to the school's server: what is said when it is gone or wrong, and that nothing is lost. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { databaseFile } from '../../server/folder.ts';
import { serverCommand } from '../../tools/demo/server-process.ts';
import { connectionsOf } from './connections.ts';
import * as person from './person.ts';
import { expect, test } from './school.ts';

const NOT_SENT = 'Not sent yet: on this computer only';
const DELIVERED = /^Delivered to school .*, reference [A-Z0-9]{4}-[A-Z0-9]{4}/;

test('R73 R85 what is submitted while the server is stopped waits, whoever signs in, and is delivered once', async ({
  school,
  computer,
}) => {
  const { colleague, demo } = school;
  const { teacher } = demo.signIns;
  // Whoever signs in without the server has signed in here before.
  await person.signIn(computer.page, teacher);
  await expect(person.alertRows(computer.page).first()).toBeVisible();
  let page = await person.logOut(computer);
  const [student] = demo.school.students;
  if (student === undefined) throw new Error('there is no student');
  const text = `Sent twice, there once ${Math.random().toString(36).slice(2)}`;
  await person.signIn(page, colleague);
  await person.writeIncident(page, {
    student: {
      typed: `${student.forename} ${student.surname}`,
      option: new RegExp(student.className),
    },
    text,
    categories: ['Near Miss'],
  });
  await school.stopServer();
  try {
    await page.getByRole('button', { name: 'Submit Incident' }).click();
    await expect(page.getByText('Nobody has been alerted yet.').first()).toBeVisible();
    await expect(page.getByText('Working offline').first()).toBeVisible();
    await expect(
      page.getByRole('table', { name: 'My History' }).getByText(NOT_SENT).first(),
    ).toBeVisible();
    await expect(page.getByText('1 entry waits to be sent')).toBeVisible();
    page = await person.logOut(computer);
    await person.signIn(page, teacher);
    await expect(page.getByText('1 entry waits to be sent')).toBeVisible();
    await expect(page.getByText(NOT_SENT)).toHaveCount(0);
  } finally {
    await school.startServer();
  }
  await expect(page.getByText('entry waits to be sent')).toHaveCount(0, { timeout: 45_000 });
  page = await person.logOut(computer);
  await person.signIn(page, colleague);
  await expect(
    page.getByRole('table', { name: 'My History' }).getByText(DELIVERED).first(),
  ).toBeVisible();
  const sqlite = new Database(databaseFile(demo.server), { readonly: true });
  const kept = sqlite.prepare('SELECT count(*) AS number FROM incident WHERE text = ?').get(text);
  sqlite.close();
  expect(kept).toEqual({ number: 1 });
});

test('R57 a server with another authority’s certificate is not trusted, and is sent no password', async ({
  school,
  openComputer,
}) => {
  const other = join(school.demo.folder, 'another-school');
  const options = {
    data: other,
    school: 'Another School',
    domain: 'localhost',
    mail: 'smtp://127.0.0.1:1025',
    from: 'meadowlark@larkfield.example',
    contact: 'Somebody',
    number: '01632 960983',
    'support-email': 'it.support@larkfield.example',
  };
  await serverCommand([
    'init',
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
  ]);
  const theirs = join(other, 'school.json');
  await serverCommand(['school-file', '--data', other, '--out', theirs]);
  const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const wrong = {
    ...read(school.demo.schoolFile),
    certificateAuthority: read(theirs)['certificateAuthority'],
  };
  const schoolFile = join(other, 'wrong.json');
  writeFileSync(schoolFile, JSON.stringify(wrong));

  const before = school.log.length;
  const { page } = await openComputer({ schoolFile });
  await person.typeSignIn(page, school.demo.signIns.teacher);
  await expect(
    page.getByText('This computer reached a server that is not the school’s'),
  ).toBeVisible();
  expect(school.log.slice(before).filter((line) => line.includes('/v1/session'))).toEqual([]);
});

test('R19 R102 a client speaks to the school’s server alone, and only its main process does', async ({
  school,
  computer,
}) => {
  test.skip(process.platform !== 'linux', 'the open connections of a process are read from /proc');
  await person.signIn(computer.page, school.demo.signIns.lead);
  await expect(person.alertRows(computer.page).first()).toBeVisible();
  const { port } = new URL(school.server.origin);
  const main = await computer.app.evaluate(() => process.pid);
  const connections = connectionsOf(main);
  expect(connections).toContainEqual({ isMain: true, to: `127.0.0.1:${port}` });
  expect(connections.filter(({ isMain, to }) => !isMain || to !== `127.0.0.1:${port}`)).toEqual([]);
});
