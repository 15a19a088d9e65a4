/** The built client, as it ships: what the preload gives to a page, and what is bundled where. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asks } from '../src-shared/bridge.ts';
import { CONTENT_SECURITY_POLICY } from '../src-main/windows/page-files.ts';
import { build } from './build.ts';

let main: string;
let preload: string;

let out: string;

beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'meadowlark-build-'));
  await build('product', out);
  main = readFileSync(join(out, 'main/main.js'), 'utf8');
  preload = readFileSync(join(out, 'preload/index.cjs'), 'utf8');
});

afterAll(() => rmSync(out, { recursive: true }));

type Listener = (...args: unknown[]) => void;

/** Runs the preload as Electron's sandbox does: one script, with a `require` that knows `electron` alone. */
function runPreload(invoke: (channel: string, request: unknown) => Promise<unknown>): {
  exposed: Record<string, unknown>;
  tell: Listener;
  listeners: () => number;
} {
  const exposed: Record<string, unknown> = {};
  const listeners = new Set<Listener>();
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, value: unknown) => (exposed[name] = value),
    },
    ipcRenderer: {
      invoke,
      on: (channel: string, listener: Listener) => channel === 'telling' && listeners.add(listener),
      removeListener: (_channel: string, listener: Listener) => listeners.delete(listener),
    },
  };
  runInNewContext(preload, {
    require: (name: string) => {
      if (name !== 'electron') throw new Error(`module not found: ${name}`);
      return electron;
    },
    module: { exports: {} },
    exports: {},
  });
  return {
    exposed,
    tell: (...args) => listeners.forEach((each) => each(...args)),
    listeners: () => listeners.size,
  };
}

type Call = (request: unknown) => Promise<unknown>;
interface Exposed {
  readonly [name: string]: Call;
}

describe('R14 the preload', () => {
  test('gives the page one function for each ask, one to listen, and nothing else', () => {
    const { exposed } = runPreload(async () => null);
    const bridge = exposed['meadowlark'] as Record<string, unknown>;
    expect(Object.keys(exposed)).toEqual(['meadowlark']);
    expect(Object.keys(bridge)).toEqual([...Object.keys(asks), 'listen']);
    expect(new Set(Object.values(bridge).map((value) => typeof value))).toEqual(
      new Set(['function']),
    );
    expect(Object.keys(bridge)).toMatchInlineSnapshot(`
      [
        "readComputer",
        "openSchoolFile",
        "readLink",
        "signIn",
        "giveOldPassword",
        "recoverDrafts",
        "beginAnew",
        "readEarlierDrafts",
        "readSession",
        "signOut",
        "signOutEverywhere",
        "noteInput",
        "noteWhereabouts",
        "lock",
        "readLocked",
        "unlock",
        "leaveLocked",
        "contactSupport",
        "requestReset",
        "setPasswordByCode",
        "changePassword",
        "savePreferences",
        "listStaff",
        "listStudents",
        "listGroups",
        "listCategories",
        "listAgencies",
        "listAlerts",
        "markAlertRead",
        "undoAlertRead",
        "readIncident",
        "readEarlierActions",
        "listAssigned",
        "listHistory",
        "listRecentlyViewed",
        "listDraftsElsewhere",
        "listHeld",
        "readHeld",
        "completeHeld",
        "fileHeld",
        "saveDraft",
        "listDrafts",
        "noteLossesSeen",
        "readDraft",
        "discardDraft",
        "undiscardDraft",
        "submit",
        "listOwnItems",
        "listWaiting",
        "noteDamageRead",
        "readWaiting",
        "savedNow",
        "saveConcern",
        "noteConcernShown",
        "readLeftConcern",
        "finishConcern",
        "listen",
      ]
    `);
  });

  test('asks on the channel of that name, with the request alone', async () => {
    const seen: unknown[] = [];
    const { exposed } = runPreload(async (...args) => seen.push(args));
    const { signIn } = exposed['meadowlark'] as Exposed;
    await signIn?.({ email: 'a@example.org' });
    expect(seen).toEqual([['signIn', { email: 'a@example.org' }]]);
  });

  test('throws nothing across: what cannot be copied becomes a code', async () => {
    const { exposed } = runPreload(async () => {
      throw new Error('An object could not be cloned.');
    });
    const { signIn } = exposed['meadowlark'] as Exposed;
    expect(await signIn?.(() => 1)).toEqual({ ok: false, code: 'program-fault' });
  });

  test('hands on what is told, without the event, until it is told to stop', () => {
    const { exposed, tell, listeners } = runPreload(async () => null);
    const { listen } = exposed['meadowlark'] as {
      listen: (name: string, callback: Listener) => () => void;
    };
    const heard: unknown[][] = [];
    const stop = listen('link', (...args) => heard.push(args));
    listen('anything', (...args) => heard.push(args));
    tell({ sender: 'ipcRenderer' }, 'link', 'online');
    tell({ sender: 'ipcRenderer' }, 'changed', {});
    tell({ sender: 'ipcRenderer' }, 'anything', {});
    stop();
    expect({ heard, left: listeners() }).toEqual({ heard: [['online']], left: 0 });
  });

  test('needs nothing but Electron, and carries no schema', () => {
    expect([...preload.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1])).toEqual([
      'electron',
    ]);
    expect(preload.length).toBeLessThan(4_000);
  });
});

describe('the main process', () => {
  test('is one module that needs Node and Electron alone', () => {
    const imported = [...main.matchAll(/^import [^;]*? from "([^"]+)";$/gm)].map(
      (match) => match[1],
    );
    const others = imported.filter((name) => !/^(node:.*|electron|[a-z0-9_]+)$/.test(name ?? ''));
    expect(imported).toContain('electron');
    expect(others).toEqual([]);
  });

  test('knows when it was compiled that it is a product', () => {
    expect(main).toContain('BUILD = "product"');
    expect(main).not.toContain('__MEADOWLARK_');
  });

  test('awaits nothing at its top level, which would hang Electron for ever', () => {
    expect(main).not.toMatch(/^await |^(?:const|let|var) [^\n]*= await /m);
  });
});

describe('the page', () => {
  test('R17, R19 has no script in its markup, and fetches nothing from elsewhere', () => {
    const folder = join(out, 'renderer');
    const html = readFileSync(join(folder, 'index.html'), 'utf8').replace(/<!--.*?-->/gs, '');
    expect(html).not.toMatch(/<script(?![^>]* src="\.\/)|<style|\son[a-z]+=|https?:\/\//);
    const css = readdirSync(join(folder, 'assets'))
      .filter((name) => name.endsWith('.css'))
      .map((name) => readFileSync(join(folder, 'assets', name), 'utf8'))
      .join('\n');
    expect(css).not.toMatch(/url\((?!\.\/|["']?\.\/)[^)]*\)|@import/);
  });

  test('R17 carries the policy itself too, should a reply ever come without', () => {
    const html = readFileSync(join(out, 'renderer/index.html'), 'utf8');
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/
      .exec(html)?.[1]
      ?.replaceAll('&#39;', "'");
    // A page cannot forbid its framing by itself; browsers read that from the header alone.
    expect(policy).toBe(CONTENT_SECURITY_POLICY.replace(" frame-ancestors 'none';", ''));
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script'));
  });

  test('consists of files that the scheme can serve', () => {
    const names = readdirSync(join(out, 'renderer'), { recursive: true });
    const odd = names.filter(
      (name) =>
        !/^[A-Za-z0-9_/\\-]+(\.(html|js|css|svg|png|webp|woff2))?$/.test(String(name)) &&
        !/^assets[/\\][A-Za-z0-9._-]+\.(js|css|svg|png|webp|woff2)$/.test(String(name)),
    );
    expect(odd).toEqual([]);
  });
});

test('the vault is one file of its own, with libsodium inside and the native packages outside', () => {
  const vault = readFileSync(join(out, 'vault/main.js'), 'utf8');
  const imported = [...vault.matchAll(/^import .* from "([^"]+)";$/gm)].map(([, name]) => name);
  expect(new Set(imported.filter((name) => name?.startsWith('node:') === false))).toEqual(
    new Set(['@node-rs/argon2', 'better-sqlite3']),
  );
  expect(vault).toContain('import("keytar")');
  expect(readdirSync(join(out, 'vault'))).toEqual(['main.js']);
});
