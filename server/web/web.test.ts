import { AxeBuilder } from '@axe-core/playwright';
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { requestReset } from '../../src-shared/contract/password.ts';
import { signIn } from '../../src-shared/contract/session.ts';
import { addStaff, type TestStaff } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

const GOOD = 'violet anchor badger';
const CHROMIUM = '/usr/bin/chromium';

let school: TestServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let rosa: TestStaff;
let people = 0;
const problems: string[] = [];

beforeAll(async () => {
  school = await startTestServer();
  browser = await chromium.launch({
    // The system's browser where there is one, else the one that Playwright installed.
    ...(existsSync(CHROMIUM) ? { executablePath: CHROMIUM } : {}),
    // A sandbox needs a user of its own; test machines often run as root.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await school.close();
});
beforeEach(async () => {
  people += 1;
  rosa = await addStaff(school, { name: 'Rosa Blake', email: `rosa${people}@larkfield.example` });
  problems.length = 0;
  // A phone, whose owner has never heard of the school's own authority and went on regardless.
  context = await browser.newContext({
    ignoreHTTPSErrors: true,
    viewport: { width: 360, height: 740 },
  });
  page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    // A refused password is an answer with status 400, which the browser notes by itself.
    if (message.type() === 'error' && !message.text().includes('status of 4')) {
      problems.push(message.text());
    }
  });
});
afterEach(() => context.close());

async function link(): Promise<string> {
  await school.call(requestReset, { email: rosa.email });
  const { text } = await school.inbox.next(rosa.email);
  return /^https:\S+\/set-password\/\S+$/m.exec(text)?.[0] ?? 'no link';
}

async function expectNothingWrong(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(360);
  expect(problems).toEqual([]);
}

const signsIn = async (password: string) => {
  const computer = { id: crypto.randomUUID(), name: 'Room 4' };
  return (await school.call(signIn, { email: rosa.email, password, computer })).ok;
};

describe('S1 choosing a password in one’s own browser', () => {
  test('by keyboard alone: the link, the password, what to do next', async () => {
    await page.goto(await link());
    expect(await page.title()).toBe('Choose your password - Larkfield School');
    await expectNothingWrong();
    await page.keyboard.type(GOOD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your password is set' }).waitFor();
    await expectNothingWrong();
    expect(await page.getByText('Go to Meadowlark on a school computer').isVisible()).toBe(true);
    expect(await signsIn(GOOD)).toBe(true);
    await page.reload();
    expect(await page.getByRole('heading').textContent()).toBe('Your password is set');
  });

  test('Show password shows it, and a hint tells what is missing while typing rests', async () => {
    await page.goto(await link());
    const field = page.getByLabel('New password');
    await field.pressSequentially('violet');
    await page.getByText('6 more characters needed.').waitFor();
    expect(await field.getAttribute('type')).toBe('password');
    await page.getByLabel('Show password').check();
    expect(await field.getAttribute('type')).toBe('text');
    await field.fill(GOOD);
    await page.getByText('Long enough, and several words: good.').waitFor();
    await expectNothingWrong();
  });

  test('a weak password is explained beside the field, and the link stays good', async () => {
    await page.goto(await link());
    await page.getByLabel('New password').fill('larkfieldschool');
    await page.getByRole('button', { name: 'Set password' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('guessed too easily');
    expect(await page.title()).toMatch(/^Error: /);
    await expectNothingWrong();
    await page.getByLabel('New password').fill(GOOD);
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByRole('heading', { name: 'Your password is set' }).waitFor();
  });

  test('it works without scripts, and on a dark screen', async () => {
    const plain = await browser.newContext({
      ignoreHTTPSErrors: true,
      javaScriptEnabled: false,
      colorScheme: 'dark',
      viewport: { width: 360, height: 740 },
    });
    const bare = await plain.newPage();
    await bare.goto(await link());
    expect(await bare.getByLabel('Show password').isVisible()).toBe(false);
    await bare.getByLabel('New password').fill(GOOD);
    await bare.getByRole('button', { name: 'Set password' }).click();
    expect(await bare.getByRole('heading').textContent()).toBe('Your password is set');
    await plain.close();
    expect(await signsIn(GOOD)).toBe(true);
  });

  test('dark colours are legible', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(await link());
    await page.getByLabel('New password').fill('short');
    await page.getByRole('button', { name: 'Set password' }).click();
    expect(await page.getByRole('alert').isVisible()).toBe(true);
    await expectNothingWrong();
  });
});

describe('S2 a link that is used up', () => {
  test('says so and offers a new one, which is sent', async () => {
    const address = await link();
    await page.goto(address);
    await page.getByLabel('New password').fill(GOOD);
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByRole('heading', { name: 'Your password is set' }).waitFor();
    await page.goto(address);
    expect(await page.getByRole('alert').textContent()).toContain('used already or expired');
    await expectNothingWrong();
    await page.getByLabel('E-mail address that the school holds for you').fill(rosa.email);
    await page.getByRole('button', { name: 'Send a new e-mail' }).click();
    expect(await page.getByRole('heading').textContent()).toBe('Look in your inbox');
    await expectNothingWrong();
    expect((await school.inbox.next(rosa.email, 2)).text).not.toContain(address);
  });

  test('S3 an unknown address is answered by the very same page', async () => {
    const ask = (email: string) =>
      school.raw({
        method: 'POST',
        path: '/set-password',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ email }).toString(),
      });
    const [known, unknown] = [await ask(rosa.email), await ask('nobody@larkfield.example')];
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
  });
});

test('S12 the link of an alert’s e-mail says how to open the program, and offers no sign-in', async () => {
  await page.goto(`${school.origin}/open`);
  expect(await page.getByRole('heading').textContent()).toBe('How to open Meadowlark');
  expect(await page.locator('input, form').count()).toBe(0);
  await expectNothingWrong();
});

test('R103 no link is ever logged, whole or in part', async () => {
  const address = await link();
  const token = address.slice(-43);
  await page.goto(address);
  await page.goto(`${address}x`);
  await school.raw({ method: 'PUT', path: new URL(address).pathname });
  expect(school.logLines.join('')).not.toContain(token.slice(0, 10));
});

test.each([
  ['no form', undefined, undefined, 400],
  ['JSON', 'application/json', '{"password":"violet anchor badger"}', 400],
  ['a field too many', 'application/x-www-form-urlencoded', 'password=violet+anchor&x=1', 400],
  ['a password twice', 'application/x-www-form-urlencoded', 'password=a&password=b', 400],
  ['a prototype', 'application/x-www-form-urlencoded', '__proto__=x', 400],
  ['broken escapes', 'application/x-www-form-urlencoded', 'password=%zz%', 400],
  ['much too much', 'application/x-www-form-urlencoded', `password=${'x'.repeat(20_000)}`, 413],
])(
  'R54 a form that no browser would send is refused as a page: %s',
  async (_w, type, body, status) => {
    const reply = await school.raw({
      method: 'POST',
      path: new URL(await link()).pathname,
      headers: type === undefined ? {} : { 'content-type': type },
      ...(body === undefined ? {} : { body }),
    });
    expect([reply.status, reply.headers['content-type']]).toEqual([
      status,
      'text/html; charset=utf-8',
    ]);
  },
);
