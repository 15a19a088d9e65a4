/**
 * `npm run bench`: how fast the program is, each figure as a ratio to something measured in the
 * same run. A table, and with `--json` the figures as the last line. It tells and does not judge:
 * no test fails by it. `-- --smoke` runs a small version of all of it, to see that it works.
 */
import { build } from '../../tools/build.ts';
import { readyForWindows } from '../../tools/check/system.ts';
import { measureDraining } from './draining.ts';
import { measureDrafts } from './drafts.ts';
import { tableOf, type Figure } from './figure.ts';
import { measureReads } from './reads.ts';
import { startSchool, type BenchSchool } from './schools.ts';
import { measureSealing } from './sealing.ts';
import { measureSignIn } from './sign-in.ts';
import { measureClientStart, measureServerStart } from './starts.ts';
import { measureSubmissions } from './submissions.ts';
import { measureTyping } from './typing.ts';

const isSmoke = process.argv.includes('--smoke');
const isJson = process.argv.includes('--json');
const SIZES = isSmoke ? [200, 400] : [1_000, 10_000, 100_000];
const ROSTERS = isSmoke ? [1_500] : [1_500, 50_000];

/** What goes on goes to standard error, so that `--json` can be read from standard output. */
const say = (words: string): void => void process.stderr.write(`${words}\n`);
const schools: BenchSchool[] = [];
const figures: Figure[] = [];

try {
  for (const count of ROSTERS) {
    say(`Typing over ${count} students`);
    figures.push(await measureTyping(count, isSmoke ? 100 : 1_000));
  }
  say('Sealing and opening');
  figures.push(...(await measureSealing(isSmoke ? 100 : 2_000)));
  const now = new Date();
  for (const incidents of SIZES) {
    say(`Making a school with ${incidents} incidents`);
    schools.push(await startSchool(incidents, now));
  }
  say('Reading');
  figures.push(...(await measureReads(schools, isSmoke ? 10 : 200)));
  const [smallest] = schools;
  if (smallest === undefined) throw new Error('no school');
  say('Submitting');
  figures.unshift(await measureSubmissions(smallest, isSmoke ? 40 : 600));
  for (const school of schools.splice(1)) await school.stop();
  say('Saving drafts');
  figures.push(...(await measureDrafts(smallest, isSmoke ? 20 : 1_000)));
  say('Draining');
  figures.push(await measureDraining(smallest, isSmoke ? 20 : 1_000));
  say('Starting the server');
  figures.push(await measureServerStart(smallest, isSmoke ? 2 : 9));
  const noWindows = await readyForWindows();
  if (noWindows === null) {
    say('Starting the client');
    await build('demo');
    figures.push(...(await measureClientStart(smallest, isSmoke ? 1 : 9)));
    say('Signing in');
    figures.push(...(await measureSignIn(smallest, isSmoke ? 1 : 9)));
  } else {
    say(noWindows);
  }
} finally {
  for (const school of schools) await school.stop();
}
console.log(tableOf(figures));
if (isJson) console.log(JSON.stringify({ figures }));
