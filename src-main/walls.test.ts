/** Rules that are read off the sources: what no file of the project may do. */
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

function sources(pattern: string): { file: string; text: string }[] {
  const found = globSync(pattern, { cwd: ROOT, exclude: ['**/node_modules/**', 'out*/**'] });
  return found.map((file) => ({
    file: file.replaceAll('\\', '/'),
    text: readFileSync(join(ROOT, file), 'utf8'),
  }));
}

function filesWith(pattern: string, words: RegExp): string[] {
  return sources(pattern)
    .filter(({ text }) => words.test(text))
    .map(({ file }) => file)
    .toSorted();
}

const SHIPPED = '{src-*,server}/**/!(*.test).{ts,tsx}';

describe('R1 the window', () => {
  test('is made in one place', () => {
    expect(
      filesWith('src-*/**/!(*.test).ts', /new (BrowserWindow|BaseWindow|WebContentsView)\b/),
    ).toEqual(['src-main/windows/window.ts']);
  });

  test('has every wall that Electron offers', () => {
    const [factory] = sources('src-main/windows/window.ts');
    const walls = [
      ...(factory?.text ?? '').matchAll(/^ {6}(\w+): (true|false|BUILD === 'demo'),$/gm),
    ];
    expect(Object.fromEntries(walls.map(([, name, value]) => [name, value]))).toEqual({
      sandbox: 'true',
      contextIsolation: 'true',
      nodeIntegration: 'false',
      nodeIntegrationInSubFrames: 'false',
      nodeIntegrationInWorker: 'false',
      webSecurity: 'true',
      allowRunningInsecureContent: 'false',
      webviewTag: 'false',
      navigateOnDragDrop: 'false',
      spellcheck: 'false',
      devTools: "BUILD === 'demo'",
    });
  });
});

test('R57 nothing turns the check of a certificate off', () => {
  const off = new RegExp(
    ['rejectUnauthorized(?!: true\\b)', 'NODE_TLS_REJECT', 'checkServerIdentity'].join('|'),
  );
  expect(filesWith(SHIPPED, off)).toEqual([]);
});

test('R8 no session is kept on disk', () => {
  expect(filesWith('src-main/**/!(*.test).ts', /['"]persist:/)).toEqual([]);
});

test('R11 crashes leave no picture of the memory', () => {
  expect(filesWith(SHIPPED, /crashReporter/)).toEqual([]);
});

test('R6 nothing is opened outside the program but the school’s support', () => {
  expect(filesWith(SHIPPED, /\bopenPath\b|showItemInFolder/)).toEqual([]);
  expect(filesWith('src-*/**/!(*.test).ts', /\bopenExternal\b/)).toEqual(['src-main/main.ts']);
});

test('no build is made another by the environment', () => {
  // The one file hands a few variables on to the vault's process, and heeds none.
  expect(filesWith('{src-main,src-preload}/**/!(*.test|test-*).ts', /process\.env/)).toEqual([
    'src-main/vault/fork.ts',
  ]);
});
