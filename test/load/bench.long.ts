/** The bench runs through and tells every figure; how good they are is not judged here. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('the bench measures everything and ends with its figures as JSON', () => {
  const bench = join(import.meta.dirname, 'bench.ts');
  const output = execFileSync(process.execPath, [bench, '--smoke', '--json'], { encoding: 'utf8' });
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  const { figures } = JSON.parse(last) as { figures: { what: string; ratio: number }[] };
  expect(figures.map(({ what }) => what.split(' ')[0])).toEqual([
    'Submissions',
    'A',
    'Sealing',
    'Opening',
    'The',
    'An',
    'Drafts',
    'Drafts',
    'Draining',
    'Server',
    'Client',
    'Client',
    'Signing',
    'Signing',
  ]);
  expect(figures.every(({ ratio }) => ratio > 0)).toBe(true);
});
