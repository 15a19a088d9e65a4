/**
 * Says whether `src-main` and `src-preload` use only what the stand-in has: checks their types a
 * second time, against a copy of Electron's typings from which everything else is cut.
 * `node test/electron/check-types.ts`; ends with 1 and names what is missing.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { EventEmitter } from 'node:events';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app } from './api/app.ts';
import { BrowserWindow } from './api/browser-window.ts';
import { CommandLine } from './api/command-line.ts';
import { nativeTheme, powerMonitor, screen } from './api/desktop.ts';
import { ipcMain } from './api/ipc-main.ts';
import { Protocol } from './api/protocol.ts';
import { Session, session } from './api/session.ts';
import { dialog, Menu, shell } from './api/small-modules.ts';
import { nativeImage, NativeImage, Tray } from './api/tray.ts';
import { utilityProcess, UtilityProcess } from './api/utility-process.ts';
import { WebContents, webContents } from './api/web-contents.ts';
import { WebFrameMain } from './api/web-frame-main.ts';
import { WebRequest } from './api/web-request.ts';
import { names } from './electron.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every member's name of an object and its classes, down to where Node's own begin. */
function membersOf(...objects: object[]): Set<string> {
  const members = new Set(Object.getOwnPropertyNames(EventEmitter.prototype));
  for (let object of objects) {
    while (
      object !== Object.prototype &&
      object !== Function.prototype &&
      object.constructor.name !== 'HonestEmitter'
    ) {
      for (const name of Object.getOwnPropertyNames(object)) members.add(name);
      const above = Object.getPrototypeOf(object) as object | null;
      if (above === null || above === EventEmitter.prototype) break;
      object = above;
    }
  }
  return members;
}

const ofWindow = membersOf(BrowserWindow.prototype, BrowserWindow).add('id');
const ofFrame = membersOf(WebFrameMain.prototype);

/** Of Electron's classes and interfaces, the members that the stand-in has. */
const present: Record<string, Set<string>> = {
  App: membersOf(app),
  BaseWindow: ofWindow,
  BrowserWindow: ofWindow,
  CommandLine: membersOf(CommandLine.prototype),
  ContextBridge: new Set(['exposeInMainWorld']),
  Dialog: membersOf(dialog),
  IpcMain: membersOf(ipcMain),
  IpcRenderer: new Set([
    'send',
    'invoke',
    'on',
    'once',
    'off',
    'addListener',
    'removeListener',
    'removeAllListeners',
    'listenerCount',
  ]),
  Menu: membersOf(Menu.prototype, Menu).add('items'),
  NativeImage: membersOf(NativeImage.prototype, nativeImage),
  NativeTheme: membersOf(nativeTheme),
  PowerMonitor: membersOf(powerMonitor),
  Protocol: membersOf(Protocol.prototype).add('registerSchemesAsPrivileged'),
  Screen: membersOf(screen),
  Session: membersOf(Session.prototype, session).add('protocol').add('webRequest'),
  Shell: membersOf(shell),
  Tray: membersOf(Tray.prototype),
  UtilityProcess: membersOf(UtilityProcess.prototype, utilityProcess),
  WebContents: membersOf(WebContents.prototype, webContents).add('id'),
  WebFrameMain: ofFrame,
  WebRequest: membersOf(WebRequest.prototype),
};

const modules = new Set([...Object.keys(names), 'contextBridge', 'ipcRenderer']);

/** Cuts from Electron's typings (generated, so evenly indented) what the stand-in lacks. */
function narrow(typings: string): string {
  const kept: string[] = [];
  let members: Set<string> | null = null;
  let lines = typings.split('\n');
  while (lines.length > 0) {
    const line = lines[0] ?? '';
    const type = /^ {2}(?:class|interface) (\w+)\b/.exec(line);
    if (type) members = present[type[1] ?? ''] ?? null;
    if (/^ {2}\}/.test(line)) members = null;
    const member = members && /^ {4}(?:static |readonly )*(\w+)\??\s*[(<:]/.exec(line)?.[1];
    const module = /^ {2,4}(?:const (\w+):|class (\w+) extends Electron\.)/.exec(line);
    const length = lengthOfStatement(lines);
    const isMissing =
      (member && member !== 'constructor' && !members?.has(member)) ||
      (module &&
        !members &&
        !modules.has(module[1] ?? module[2] ?? '') &&
        module[1] !== 'NodeEventEmitter');
    if (!isMissing) kept.push(...lines.slice(0, member ? length : 1));
    lines = lines.slice(isMissing || member ? length : 1);
  }
  return kept.join('\n');
}

/** How many lines a member's declaration takes: until its brackets are closed, comments aside. */
function lengthOfStatement(lines: string[]): number {
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    if (/^\s*(\/\*\*|\*)/.test(line)) continue;
    for (const character of line) {
      if ('([{'.includes(character)) depth += 1;
      if (')]}'.includes(character)) depth -= 1;
    }
    if (depth <= 0) return index + 1;
  }
  return lines.length;
}

const folder = join(root, 'node_modules/.cache/stand-in-types');
mkdirSync(folder, { recursive: true });
const typings = join(folder, 'electron.d.ts');
writeFileSync(
  typings,
  narrow(readFileSync(join(root, 'node_modules/electron/electron.d.ts'), 'utf8')),
);
const toRoot = relative(folder, root);
const configuration = {
  extends: `${toRoot}/tsconfig.json`,
  compilerOptions: {
    noEmit: true,
    incremental: false,
    paths: Object.fromEntries(
      ['electron', 'electron/main', 'electron/common', 'electron/renderer'].map((name) => [
        name,
        ['./electron.d.ts'],
      ]),
    ),
  },
  files: ['./electron.d.ts'],
  include: ['src-main', 'src-preload'].map((name) => `${toRoot}/${name}`),
  exclude: [`${toRoot}/**/*.test.ts`],
};
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configuration, null, 2));

const compiler = join(root, 'node_modules/typescript/bin/tsc');
const { stdout, status } = spawnSync(
  process.execPath,
  [compiler, '-p', join(folder, 'tsconfig.json'), '--pretty', 'false'],
  {
    cwd: root,
    encoding: 'utf8',
  },
);
const missing = stdout.split('\n').filter((line) => /^src-(main|preload)\//.test(line));
if (missing.length > 0 || (status !== 0 && stdout.includes('error'))) {
  console.error(
    `Not in the stand-in for Electron (test/electron), or not in Electron:\n${missing.join('\n') || stdout}`,
  );
  process.exitCode = 1;
}
