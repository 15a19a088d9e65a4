import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mayLoad, replyTo } from './page-files.ts';

let folder: string;
let root: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meadowlark-page-'));
  root = join(folder, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  mkdirSync(join(folder, 'renderer-other'));
  writeFileSync(join(root, 'index.html'), '<h1>page</h1>');
  writeFileSync(join(root, 'assets', 'index-B2x_c.js'), 'page()');
  writeFileSync(join(root, 'assets', 'map.json'), '{}');
  writeFileSync(join(root, '.secret.html'), 'hidden');
  writeFileSync(join(folder, 'secret.html'), 'outside');
  writeFileSync(join(folder, 'renderer-other', 'index.html'), 'outside');
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('R5 the files of the page are served', () => {
  test.each([
    ['app://meadowlark/index.html', '<h1>page</h1>', 'text/html; charset=utf-8'],
    ['app://meadowlark/', '<h1>page</h1>', 'text/html; charset=utf-8'],
    ['app://meadowlark/index.html?after=fault#x', '<h1>page</h1>', 'text/html; charset=utf-8'],
    ['app://meadowlark/assets/index-B2x_c.js', 'page()', 'text/javascript; charset=utf-8'],
  ])('%s', async (address, text, type) => {
    const reply = await replyTo(root, 'GET', address);
    expect([
      reply.status,
      Buffer.from(reply.body ?? []).toString(),
      reply.headers['Content-Type'],
    ]).toEqual([200, text, type]);
  });

  test('R17 under the policy, word for word, and with its type held', async () => {
    const { headers } = await replyTo(root, 'GET', 'app://meadowlark/index.html');
    expect([headers['Content-Security-Policy'], headers['X-Content-Type-Options']]).toEqual([
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'none'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'",
      'nosniff',
    ]);
  });

  test('as exact bytes: no part of Node’s shared buffer goes with them', async () => {
    const { body } = await replyTo(root, 'GET', 'app://meadowlark/index.html');
    expect(body?.buffer.byteLength).toBe(body?.byteLength);
  });
});

describe('R5 nothing else is, however it is asked for', () => {
  const ways = [
    'app://meadowlark/../secret.html',
    'app://meadowlark/../../etc/passwd',
    'app://meadowlark/..',
    'app://meadowlark/.',
    'app://meadowlark/./index.html',
    'app://meadowlark/assets/../index.html',
    'app://meadowlark/assets/../../secret.html',
    'app://meadowlark/..%2fsecret.html',
    'app://meadowlark/..%2Fsecret.html',
    'app://meadowlark/%2e%2e/secret.html',
    'app://meadowlark/%2e%2e%2fsecret.html',
    'app://meadowlark/.%2e/secret.html',
    'app://meadowlark/%252e%252e%252fsecret.html',
    'app://meadowlark/..%5csecret.html',
    'app://meadowlark/..\\secret.html',
    'app://meadowlark\\..\\secret.html',
    'app://meadowlark/assets\\..\\..\\secret.html',
    'app://meadowlark/..%c0%afsecret.html',
    'app://meadowlark/..%ef%bc%8fsecret.html',
    'app://meadowlark/．．/secret.html',
    'app://meadowlark/index.html%00',
    'app://meadowlark/index.html\0.js',
    'app://meadowlark/%00',
    'app://meadowlark//index.html',
    'app://meadowlark///etc/passwd',
    'app://meadowlark//etc/passwd',
    'app://meadowlark/assets//index-B2x_c.js',
    'app://meadowlark/index.html/',
    'app://meadowlark/assets/',
    'app://meadowlark/assets',
    'app://meadowlark/.secret.html',
    'app://meadowlark/%2esecret.html',
    'app://meadowlark/C:/Windows/win.ini',
    'app://meadowlark/C:%5cWindows%5cwin.ini',
    'app://meadowlark/c|/windows/win.ini',
    'app://meadowlark/\\\\server\\share\\x.html',
    'app://meadowlark/%5c%5cserver%5cshare%5cx.html',
    'app://meadowlark/index.html::$DATA',
    'app://meadowlark/index.html ',
    'app://meadowlark/ index.html',
    'app://meadowlark/assets/map.json',
    'app://meadowlark/../renderer-other/index.html',
    'app://meadowlark',
    'app://meadowlark:80/index.html',
    'app://user@meadowlark/index.html',
    'app://meadowlark.evil/index.html',
    'app://other/index.html',
    'APP://meadowlark/index.html',
    'app:/index.html',
    'app:///index.html',
    'https://meadowlark/index.html',
    'file:///etc/passwd',
    'app://meadowlark/missing.html',
    '',
  ];

  test.each(ways)('%j', async (address) => {
    const { status, body } = await replyTo(root, 'GET', address);
    expect({ status, body }).toEqual({ status: 404, body: null });
  });

  test('nor by another method', async () => {
    const { status } = await replyTo(root, 'POST', 'app://meadowlark/index.html');
    expect(status).toBe(404);
  });
});

describe('R19, R102 the page loads its own files and its own blobs', () => {
  test.each([
    ['app://meadowlark/index.html', true],
    ['blob:app://meadowlark/3f2c', true],
    ['app://meadowlark.evil/index.html', false],
    ['app://meadowlark', false],
    ['blob:https://meadowlark/3f2c', false],
    ['https://fonts.example/font.woff2', false],
    ['http://127.0.0.1/', false],
    ['wss://example.org/', false],
    ['data:text/html,x', false],
    ['file:///etc/passwd', false],
    ['devtools://devtools/bundled/inspector.html', false],
    ['chrome-extension://abc/x.js', false],
  ])('%s: %s', (address, may) => {
    expect(mayLoad(address)).toBe(may);
  });
});
