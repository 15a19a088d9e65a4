/**
 * Builds the client: the page, its preload, the main process and the vault. `npx node tools/build.ts` makes
 * the product in out/; with `--demo` the build for the demo and the tests in out-demo/.
 */
import { readFileSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { build as viteBuild } from 'vite';
import type { InlineConfig, Plugin } from 'vite';
import { asks, tellings } from '../src-shared/bridge.ts';
import { TELLING_CHANNEL } from '../src-main/bridge/channel.ts';
import { CONTENT_SECURITY_POLICY } from '../src-main/windows/page-files.ts';

export type BuildKind = 'product' | 'demo';

const ROOT = resolve(import.meta.dirname, '..');
/** What Electron or the installer brings; everything else is bundled. */
const OUTSIDE = [
  /^electron(\/.*)?$/,
  'better-sqlite3',
  'keytar',
  '@node-rs/argon2',
  /^node:/,
  ...builtinModules,
];
/** Node's and Chromium's versions in Electron 45. */
const NODE_TARGET = 'node24';
const PAGE_TARGET = 'chrome153';

/** The folder that a kind of build goes to. */
export function buildFolder(kind: BuildKind): string {
  return resolve(ROOT, kind === 'product' ? 'out' : 'out-demo');
}

/** Builds everything of one kind, from clean; about two seconds. `folder` for a test's own. */
export async function build(kind: BuildKind, folder = buildFolder(kind)): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const configs = [
    mainConfig(kind, folder),
    preloadConfig(folder),
    vaultConfig(folder),
    pageConfig(folder),
  ];
  for (const config of configs) {
    const { build: parts, ...rest } = config;
    await viteBuild({
      configFile: false,
      envDir: false,
      root: ROOT,
      logLevel: 'warn',
      ...rest,
      // The folder is empty by now; said so, Vite does not warn of one outside the project.
      build: { ...parts, emptyOutDir: true },
    });
  }
  // For the tray, which reads a file: src-main/tray/tray.ts.
  for (const icon of ['icon.ico', 'icon.png']) {
    await copyFile(resolve(ROOT, 'assets', icon), resolve(folder, 'main', icon));
  }
}

/** One ES module. Not minified: the places in its log lines have to be found again. */
function mainConfig(kind: BuildKind, folder: string): InlineConfig {
  return {
    define: {
      __MEADOWLARK_BUILD__: JSON.stringify(kind),
      __MEADOWLARK_VERSION__: JSON.stringify(version()),
    },
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: NODE_TARGET,
      outDir: resolve(folder, 'main'),
      minify: false,
      rolldownOptions: {
        input: resolve(ROOT, 'src-main/main.ts'),
        external: OUTSIDE,
        output: { format: 'es', entryFileNames: 'main.js', codeSplitting: false },
      },
    },
  };
}

/** One ES module, run as a process of its own. libsodium's WebAssembly is inside it, as text. */
function vaultConfig(folder: string): InlineConfig {
  return {
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: NODE_TARGET,
      outDir: resolve(folder, 'vault'),
      minify: false,
      rolldownOptions: {
        input: resolve(ROOT, 'src-vault/main.ts'),
        external: OUTSIDE,
        output: { format: 'es', entryFileNames: 'main.js', codeSplitting: false },
      },
    },
  };
}

/** One CommonJS file: a sandboxed preload can load no other. */
function preloadConfig(folder: string): InlineConfig {
  return {
    define: {
      __ASK_NAMES__: JSON.stringify(Object.keys(asks)),
      __TELLING_NAMES__: JSON.stringify(Object.keys(tellings)),
      __TELLING_CHANNEL__: JSON.stringify(TELLING_CHANNEL),
    },
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: PAGE_TARGET,
      outDir: resolve(folder, 'preload'),
      minify: false,
      rolldownOptions: {
        input: resolve(ROOT, 'src-preload/index.ts'),
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: 'index.cjs', codeSplitting: false },
      },
    },
  };
}

/** The page. Nothing is inlined as `data:`, as its policy allows none (R17). */
function pageConfig(folder: string): InlineConfig {
  return {
    root: resolve(ROOT, 'src-renderer'),
    base: './',
    publicDir: false,
    plugins: [react(), policyInPage, englishOnly],
    build: {
      target: PAGE_TARGET,
      outDir: resolve(folder, 'renderer'),
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2_000,
      rolldownOptions: { input: resolve(ROOT, 'src-renderer/index.html') },
    },
  };
}

/** A file of react-aria's own words in one language, and which. */
const WORDS_OF_A_LANGUAGE = /\/dist\/private\/intl\/[^/]+\/([a-z]{2})-[A-Z]{2}\.m?js$/;

/**
 * The page is in English whatever the computer's language is: react-aria's words in 33 others are
 * left out, as its own plugin for other bundlers does it.
 */
const englishOnly: Plugin = {
  name: 'english-only',
  enforce: 'pre',
  load(id) {
    const language = WORDS_OF_A_LANGUAGE.exec(id.replaceAll('\\', '/'))?.[1];
    return language === undefined || language === 'en' ? null : 'export default {};';
  },
};

/** Puts the policy into the page as well: a second belt beside the header. */
const policyInPage: Plugin = {
  name: 'policy-in-page',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      injectTo: 'head-prepend',
      attrs: {
        'http-equiv': 'Content-Security-Policy',
        // Browsers heed this part in the header alone, and complain about it here.
        content: CONTENT_SECURITY_POLICY.replace(" frame-ancestors 'none';", ''),
      },
    },
  ],
};

function version(): string {
  const text = readFileSync(resolve(ROOT, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

if (import.meta.main) {
  await build(process.argv.includes('--demo') ? 'demo' : 'product');
}
