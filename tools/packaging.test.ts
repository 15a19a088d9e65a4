/**
 * The packed client, without Electron's binary: electron-builder packs the built program around a
 * stand-in that has nothing of Electron but its fuses. What only the real one can show (that it
 * starts, that it is signed) is on the release's list.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from './build.ts';

const ROOT = resolve(import.meta.dirname, '..');
/** What stands before the fuses in Electron's binary, then version 1, nine fuses, as Electron ships them. */
const FUSE_WIRE = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('101100011'),
]);

let folder: string;
let packed: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meadowlark-pack-'));
  const electron = join(folder, 'electron');
  mkdirSync(join(electron, 'resources'), { recursive: true });
  mkdirSync(join(electron, 'locales'));
  for (const language of ['en-GB', 'en-US', 'de']) {
    writeFileSync(join(electron, 'locales', `${language}.pak`), '');
  }
  writeFileSync(join(electron, 'LICENSE'), '');
  writeFileSync(join(electron, 'version'), '45.4.1');
  writeFileSync(join(electron, 'electron'), Buffer.concat([Buffer.from('ELF'), FUSE_WIRE]));
  chmodSync(join(electron, 'electron'), 0o755);
  await build('product');
  execFileSync(
    join(ROOT, 'node_modules/.bin/electron-builder'),
    [
      '--linux',
      'dir',
      '--x64',
      '--publish',
      'never',
      `-c.electronDist=${electron}`,
      `-c.directories.output=${join(folder, 'release')}`,
    ],
    { cwd: ROOT, stdio: 'pipe' },
  );
  packed = join(folder, 'release', 'linux-unpacked');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('R2 every fuse is set as it should be', async () => {
  const wire = await getCurrentFuseWire(join(packed, 'meadowlark'));
  const on = (fuse: FuseV1Options): boolean => wire[fuse] === FuseState.ENABLE;
  expect({
    runAsNode: on(FuseV1Options.RunAsNode),
    cookieEncryption: on(FuseV1Options.EnableCookieEncryption),
    nodeOptions: on(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    nodeCliInspect: on(FuseV1Options.EnableNodeCliInspectArguments),
    embeddedAsarIntegrity: on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyLoadAppFromAsar: on(FuseV1Options.OnlyLoadAppFromAsar),
    loadBrowserProcessSpecificV8Snapshot: on(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
    grantFileProtocolExtraPrivileges: on(FuseV1Options.GrantFileProtocolExtraPrivileges),
    wasmTrapHandlers: on(FuseV1Options.WasmTrapHandlers),
  }).toEqual({
    runAsNode: false,
    cookieEncryption: true,
    nodeOptions: false,
    nodeCliInspect: false,
    embeddedAsarIntegrity: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    wasmTrapHandlers: true,
  });
});

describe('what is packed', () => {
  /** The header of an asar is JSON behind 16 bytes of lengths: github.com/electron/asar#format. */
  function asarFiles(): string[] {
    const bytes = readFileSync(join(packed, 'resources/app.asar'));
    const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as Entry;
    const walk = (entry: Entry, path: string): string[] =>
      entry.files === undefined
        ? [path]
        : Object.entries(entry.files).flatMap(([name, inner]) => walk(inner, `${path}/${name}`));
    return walk(header, '');
  }

  interface Entry {
    readonly files?: Readonly<Record<string, Entry>>;
  }

  test('is the built program and its native packages: no source, no test, no map, no key', () => {
    const files = asarFiles();
    const tops = new Set(files.map((file) => file.split('/').slice(1, 3).join('/')));
    expect([...tops].toSorted()).toEqual([
      'node_modules/@node-rs',
      'node_modules/better-sqlite3',
      'node_modules/keytar',
      'out/main',
      'out/preload',
      'out/renderer',
      'out/vault',
      'package.json',
    ]);
    expect(files.filter((file) => /\.(ts|tsx|map|pem|key|cc|cpp|gyp)$|test/.test(file))).toEqual(
      [],
    );
  });

  test('holds the binaries of its own system alone, outside the archive', () => {
    const outside = readdirSync(join(packed, 'resources/app.asar.unpacked'), { recursive: true })
      .map((file) => String(file).replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.node'));
    expect(outside.toSorted()).toEqual([
      'node_modules/@node-rs/argon2-linux-x64-gnu/argon2.linux-x64-gnu.node',
      'node_modules/better-sqlite3/prebuilds/linux-x64.node',
      'node_modules/keytar/prebuilds/linux-x64/keytar.node',
    ]);
  });

  test('speaks English, and brings no updater', () => {
    expect(readdirSync(join(packed, 'locales')).toSorted()).toEqual(['en-GB.pak', 'en-US.pak']);
    expect(readdirSync(join(packed, 'resources'))).not.toContain('app-update.yml');
  });
});
