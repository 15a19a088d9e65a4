/** R20, R24: the scanners of `npm run shared-computer` are held to find what is there. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { formsOfKey, formsOfText, scanFiles, scanMemory } from './scan.ts';

test.each([0, 1, 2])(
  'R20 a text is found in each of its forms, in base64 at offset %i too',
  (at) => {
    const folder = mkdtempSync(join(tmpdir(), 'meadowlark-scan-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const text = 'Zebedee Staircastle';
    const around = 'x'.repeat(at);
    const plain = Buffer.from(`${around}${text} and more`, 'utf8');
    const wide = Buffer.from(text, 'utf16le');
    const base64 = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('base64'));
    const planted = {
      plain,
      wide,
      coded: base64(plain),
      both: base64(Buffer.concat([plain, wide])),
    };
    for (const [name, bytes] of Object.entries(planted)) writeFileSync(join(folder, name), bytes);
    writeFileSync(join(folder, 'nothing'), 'Zebedee, Staircastle');
    const { files, hits } = scanFiles(folder, formsOfText('it', text));
    expect(files).toBe(5);
    expect(new Set(hits.map((hit) => hit.split(' in ').at(-1)))).toEqual(
      new Set(['plain', 'wide', 'coded', 'both']),
    );
  },
);

test.runIf(process.platform === 'linux')('R24 a key is found in the memory of a process', () => {
  const key = randomBytes(32);
  const { found, bytes, unread } = scanMemory(process.pid, formsOfKey('key', key));
  expect(found).toContain('key');
  expect(bytes).toBeGreaterThan(10_000_000);
  expect(unread).toBeLessThan(bytes / 20);
});
