/** `npm run demo -- --tour` as a person types it, in a folder of its own. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesWith } from './find-text.ts';

const TEXT = 'Quiet at registration; said “nobody was in” and would not say more.';

test('the tour carries the main job to its end and leaves nothing on the computers', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'meadowlark-tour-'));
  const out = join(folder, 'pictures');
  const demo = join(import.meta.dirname, 'demo.ts');
  const args = [demo, '--tour', '--stand-in', '--data', folder, '--out', out, '--text', TEXT];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const code = await new Promise((resolve) => {
    child.on('close', resolve);
  });
  const failed = output.split('\n').filter((line) => line.startsWith('✗'));
  expect({ code, failed }).toEqual({ code: 0, failed: [] });
  expect(output.match(/^✓ /gm)?.length).toBeGreaterThan(15);
  expect(readdirSync(out).length).toBeGreaterThan(10);
  expect(filesWith(join(folder, 'server'), [TEXT])).not.toEqual([]);
  expect(filesWith(join(folder, 'client'), [TEXT])).toEqual([]);
  rmSync(folder, { recursive: true });
});
