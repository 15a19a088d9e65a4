/**
 * `npm run demo`: everything of a school on this computer, from nothing: builds the client, makes
 * Larkfield School, starts its server, a local inbox and the client. Ctrl-C ends all of it.
 * `-- --tour` walks through the main job by itself; so does a computer without a display.
 */
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { build } from '../build.ts';
import { chooseExecutable, startClientProcess, type ClientProcess } from './client-process.ts';
import { makeDemoFolder, openDemoFolder, portOf, removeDemoFolder } from './demo-folder.ts';
import { startInbox } from './inbox.ts';
import { LARKFIELD } from './school.ts';
import { startServerProcess } from './server-process.ts';
import { runTour } from './tour.ts';

const USAGE = `npm run demo -- [OPTIONS]

  (nothing)      starts Larkfield School: its server, an inbox and a client
  --tour         walks through the main job by itself, without a display
  --data DIR     keeps everything in DIR; .demo/ unless said otherwise
  --out DIR      where the tour's pictures go; DIR/pictures of --data unless said otherwise
  --text "…"     what the tour reports
  --stand-in     the stand-in for Electron, even where Electron is there
  --fresh        makes the school anew
`;

const { values: options } = readOptions();
const folder = resolve(options.data ?? '.demo');
process.exitCode = await main();

async function main(): Promise<number> {
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const hasDisplay = process.platform !== 'linux' || hasLinuxDisplay();
  if (!hasDisplay && !options.tour) {
    console.log('There is no display here to show a client on: the tour is carried out instead.');
  }
  const problem = folderProblem();
  if (problem !== null) {
    console.error(problem);
    return 1;
  }
  console.log('Building the client');
  await build('demo');
  const executable = await chooseExecutable(options['stand-in'], console.log);
  console.log(
    executable.kind === 'electron'
      ? `The client runs on Electron. ${executable.why}`
      : `The client runs on the stand-in for Electron (test/electron). ${executable.why}`,
  );
  if (options.tour || !hasDisplay) {
    return runTour({
      folder,
      executable,
      pictures: resolve(options.out ?? resolve(folder, 'pictures')),
      ...(options.text === undefined ? {} : { text: options.text }),
      isFresh: options.fresh,
    });
  }
  await show(executable);
  return 0;
}

/** Starts everything and returns when the person has ended it. */
async function show(executable: Parameters<typeof startClientProcess>[0]['executable']) {
  const whenAsked = endAsked();
  if (options.fresh) removeDemoFolder(folder);
  const demo =
    openDemoFolder(folder) ??
    (await makeDemoFolder({
      folder,
      size: { ...LARKFIELD, now: new Date() },
      onStep: console.log,
    }));
  const inbox = await startInbox(folder);
  const port = await portOf(demo);
  const server = await startServerProcess({ folder: demo.server, port, smtpUrl: inbox.smtpUrl });
  const computers: (ClientProcess | null)[] = [null, null];
  const openComputer = (): void => {
    const free = computers.indexOf(null);
    if (free === -1) return;
    const client = startClientProcess({
      executable,
      schoolFile: demo.schoolFile,
      userData: resolve(demo.client, `computer-${free + 1}`),
    });
    computers[free] = client;
    void client.ended.then(() => {
      computers[free] = null;
      if (computers.every((computer) => computer === null)) {
        console.log('The client was closed. Enter opens it again; Ctrl-C ends the demo.');
      }
    });
  };
  const { teacher, lead } = demo.signIns;
  console.log(`
Larkfield School is ready.

  Server      https://localhost:${port}
  Inbox       ${inbox.webUrl}   every e-mail that the server sends
  Data        ${folder}

  Sign in as a teacher              ${teacher.email}
  (${teacher.name}, ${teacher.jobTitle})
                         password   ${teacher.password}

  or as the safeguarding lead       ${lead.email}
  (${lead.name}, ${lead.jobTitle})
                         password   ${lead.password}

Enter opens a second computer beside the first; Ctrl-C ends everything.
`);
  openComputer();
  const input = createInterface({ input: process.stdin });
  input.on('line', openComputer);
  await Promise.race([whenAsked, server.ended.then(() => console.log('The server has ended.'))]);
  input.close();
  console.log('\nEnding.');
  await Promise.all(computers.map(async (computer) => computer?.stop()));
  await server.stop();
  await inbox.stop();
}

/** Resolves at Ctrl-C or when this process is told to end. */
function endAsked(): Promise<void> {
  return new Promise((whenEnded) => {
    let times = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        times += 1;
        whenEnded();
        // Whoever presses three times does not want to wait.
        if (times > 2) process.exit(1);
      });
    }
  });
}

/** A folder with something else in it is never written to or emptied. */
function folderProblem(): string | null {
  if (!existsSync(folder) || openDemoFolder(folder) !== null) return null;
  const ours = new Set([
    'server',
    'client',
    'register',
    'inbox',
    'mail',
    'pictures',
    'school.json',
  ]);
  const others = readdirSync(folder).filter((name) => !ours.has(name));
  if (others.length > 0) {
    return `${folder} holds something that is not a demo (${others[0]}). Nothing was changed. Name another folder with --data DIR.`;
  }
  // A demo that was ended while it was being made.
  removeDemoFolder(folder);
  return null;
}

function hasLinuxDisplay(): boolean {
  return (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? '') !== '';
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        tour: { type: 'boolean', default: false },
        out: { type: 'string' },
        data: { type: 'string' },
        text: { type: 'string' },
        'stand-in': { type: 'boolean', default: false },
        fresh: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
}
