/** The layers check is worth something only if it finds what it forbids: each rule is broken once. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkLayers } from './layers.ts';

const planted = mkdtempSync(join(tmpdir(), 'meadowlark-layers-'));
const root = join(import.meta.dirname, '..');
afterAll(() => rmSync(planted, { recursive: true }));

function plant(files: Readonly<Record<string, string>>): void {
  for (const room of ['src-shared', 'src-main', 'src-renderer', 'server']) {
    rmSync(join(planted, room), { recursive: true, force: true });
    mkdirSync(join(planted, room));
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(planted, path)), { recursive: true });
    writeFileSync(join(planted, path), text);
  }
}
symlinkSync(join(root, 'node_modules'), join(planted, 'node_modules'), 'junction');
cpSync(join(root, 'package.json'), join(planted, 'package.json'));

const VALUE = 'export const value = 1;\n';

describe('who may import whom', () => {
  test.each([
    [
      'a room imports another',
      { 'src-renderer/page.ts': "import '../src-main/main.ts';\n", 'src-main/main.ts': VALUE },
      'src-renderer-imports-no-other-room: src-renderer/page.ts → src-main/main.ts',
    ],
    [
      'src-shared imports a room',
      { 'src-shared/a.ts': "import '../server/b.ts';\n", 'server/b.ts': VALUE },
      'shared-imports-no-room: src-shared/a.ts → server/b.ts',
    ],
    [
      'src-shared reads a file',
      { 'src-shared/a.ts': "import { readFileSync } from 'node:fs';\nexport { readFileSync };\n" },
      'shared-is-pure: src-shared/a.ts → fs',
    ],
    [
      'a page imports Node',
      { 'src-renderer/a.ts': "import 'node:fs';\n" },
      'page-knows-no-node: src-renderer/a.ts → fs',
    ],
    [
      'the server imports electron',
      { 'server/a.ts': "import { app } from 'electron';\nexport { app };\n" },
      'electron-in-main-and-preload-alone: server/a.ts → ',
    ],
    [
      'main speaks to the network outside link',
      { 'src-main/session/a.ts': "import 'node:https';\n" },
      'network-in-link-alone: src-main/session/a.ts → https',
    ],
    [
      'rules know SQL',
      { 'server/alert/rules.ts': "import { sql } from 'kysely';\nexport { sql };\n" },
      'rules-are-pure: server/alert/rules.ts → ',
    ],
    [
      'a route knows SQL',
      { 'server/alert/routes.ts': "import { sql } from 'kysely';\nexport { sql };\n" },
      'sql-in-rows-and-db-alone: server/alert/routes.ts → ',
    ],
    [
      'rows know HTTP',
      { 'server/alert/rows.ts': "import fastify from 'fastify';\nexport { fastify };\n" },
      'http-in-routes-and-http-alone: server/alert/rows.ts → ',
    ],
    [
      'two files import each other',
      {
        'server/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
        'server/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
      },
      'no-cycles: server/a.ts → server/b.ts',
    ],
    [
      'an import leads nowhere',
      { 'server/a.ts': "import './gone.ts';\n" },
      'nothing-unresolved: server/a.ts → ./gone.ts',
    ],
  ])('%s: found', async (_, files, expected) => {
    plant(files);
    const { violations } = await checkLayers(planted, Object.keys(files));
    expect(violations.filter((found) => found.startsWith(expected))).not.toEqual([]);
  });

  test('what the map allows passes', async () => {
    plant({
      'src-shared/a.ts': VALUE,
      'src-main/main.ts': "import { value } from '../src-shared/a.ts';\nexport { value };\n",
      'server/alert/rows.ts': "import { sql } from 'kysely';\nexport { sql };\n",
    });
    expect(await checkLayers(planted, ['src-shared', 'src-main', 'server'])).toEqual({
      modules: 3,
      violations: [],
    });
  });
});
