import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLog, placeOf, redacted } from './log.ts';

test.each([
  ['code', 'server-unreachable'],
  ['version', '0.1.0'],
  ['school', '01936f00-0000-7000-8000-000000000001'],
  ['ask', 'readIncident'],
  ['exitCode', '139'],
])('R103 ids and codes are written: %s=%s', (name, value) => {
  expect(redacted(name, value)).toBe(value);
});

test.each([
  ['code', 'Amina'],
  ['code', 'amina okafor'],
  ['why', 'She said that'],
  ['ask', 'Amina'],
  ['token', 'Tq3_token-of-a-session'],
  ['path', '/home/mteller/file'],
  ['email', 'm.teller@larkfield.example'],
  ['text', 'x'.repeat(100)],
])('R103 anything else is not: %s=%s', (name, value) => {
  expect(redacted(name, value)).toBe('[hidden]');
});

test('R103 of an error its class, its code and our places are written, never its words', () => {
  const error = Object.assign(new TypeError('Amina\n    at Okafor:1:2\nsaid'), { code: 'ENOENT' });
  const place = placeOf(error);
  expect(place).toMatch(/^TypeError enoent log\.test\.ts:\d+:\d+/);
  expect(place).not.toMatch(/Amina|Okafor|said/);
});

test('R103 an error with a stack of somebody’s making gives no words either', () => {
  const error = new Error('Amina');
  error.name = 'Okafor said';
  error.stack = 'Okafor\n    at Amina:1:2';
  expect([placeOf(error), placeOf('Amina')]).toEqual(['Error', 'not an error']);
});

test('the log is a file, and what goes in is what was allowed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meadowlark-log-'));
  try {
    const log = openLog(folder, false);
    log.info('link changed', { state: 'offline', school: 'Larkfield School' });
    log.error('fault', {}, new Error('Amina Okafor'));
    const text = readFileSync(join(folder, 'main.log'), 'utf8');
    expect(text).toMatch(
      /link changed state=offline school=\[hidden\]\n.*fault Error log\.test\.ts/,
    );
    expect(text).not.toMatch(/Larkfield|Amina/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
