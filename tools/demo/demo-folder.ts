/**
 * A folder with everything of a demo school in it: `server/` is the school's own folder as `init`
 * makes it, `client/` what the client keeps on this computer, `register/` the CSV files that were
 * imported, and beside them the school file and the two sign-ins.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readKeys } from '../../server/certificate/folder.ts';
import { openSchool, settingsFile } from '../../server/folder.ts';
import { REAL_COST, type HashCost } from '../../server/password/hasher.ts';
import { importStaff, importStudents } from '../../server/import/import.ts';
import { parseSettings } from '../../server/settings.ts';
import { v7 as randomId } from 'uuid';
import { z } from 'zod';
import { setPasswords, threeWords } from './passwords.ts';
import { writePast } from './past-rows.ts';
import { writeRegister, type RegisterFiles } from './register.ts';
import { larkfield, type DemoSchool, type DemoSchoolSize } from './school.ts';
import { seededRandom } from './school/random.ts';
import { freePort, isFree, serverCommand } from './server-process.ts';
import { signerOf } from './signer.ts';

const SignIn = z.strictObject({
  name: z.string(),
  jobTitle: z.string(),
  email: z.string(),
  password: z.string(),
});
export type SignIn = z.infer<typeof SignIn>;

const SignIns = z.strictObject({ teacher: SignIn, lead: SignIn });
export type SignIns = z.infer<typeof SignIns>;

export interface DemoFolder {
  readonly folder: string;
  readonly server: string;
  readonly client: string;
  readonly schoolFile: string;
  readonly signIns: SignIns;
}

/** Alerts of the last days that the two who sign in have not read yet. */
const UNREAD_DAYS = 4;
const DAY_MS = 24 * 60 * 60 * 1000;

export function demoPaths(folder: string): Omit<DemoFolder, 'signIns'> {
  const whole = resolve(folder);
  return {
    folder: whole,
    server: join(whole, 'server'),
    client: join(whole, 'client'),
    schoolFile: join(whole, 'school.json'),
  };
}

/** The demo school that is in `folder` already; null where there is none, or one half made. */
export function openDemoFolder(folder: string): DemoFolder | null {
  const file = join(folder, 'sign-ins.json');
  if (!existsSync(file)) return null;
  return { ...demoPaths(folder), signIns: SignIns.parse(JSON.parse(readFileSync(file, 'utf8'))) };
}

export interface MakeDemo {
  readonly folder: string;
  readonly size: DemoSchoolSize;
  readonly onStep?: (words: string) => void;
  /** Of password hashes; only tests make them cheap. */
  readonly hashCost?: HashCost;
}

/**
 * Makes the demo school in `folder`, which holds nothing yet: through the server's own commands
 * as far as an administrator would, then its groups and its past. The sign-ins are written last,
 * so that a folder that has them is whole.
 */
export async function makeDemoFolder(make: MakeDemo): Promise<DemoFolder & { school: DemoSchool }> {
  const say = make.onStep ?? (() => undefined);
  const paths = demoPaths(make.folder);
  const register = join(paths.folder, 'register');
  for (const folder of [paths.client, register]) mkdirSync(folder, { recursive: true });
  const school = larkfield(make.size);
  say(`Setting up ${school.name}`);
  await init(paths.server, school);
  const files = writeRegister(register, school);
  say(`Importing ${school.staff.length} staff and ${school.students.length} students`);
  const signIns = await fill(paths.server, school, { ...make, files });
  await serverCommand(['school-file', '--data', paths.server, '--out', paths.schoolFile]);
  const file = join(paths.folder, 'sign-ins.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(signIns, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return { ...paths, signIns, school };
}

/** Removes what `makeDemoFolder` made, and nothing else that may lie there. */
export function removeDemoFolder(folder: string): void {
  const { server, client, schoolFile } = demoPaths(folder);
  const others = ['register', 'mail', 'sign-ins.json', 'tours.json'].map((name) =>
    join(folder, name),
  );
  for (const path of [server, client, schoolFile, ...others]) {
    rmSync(path, { recursive: true, force: true });
  }
}

/**
 * The port of the school's server; another one, with a new school file, where somebody else has
 * taken it meanwhile.
 */
export async function portOf({ server, schoolFile }: DemoFolder): Promise<number> {
  const text = readFileSync(settingsFile(server), 'utf8');
  const settings = parseSettings(text, {});
  if (await isFree(settings.listen.port)) return settings.listen.port;
  const port = await freePort();
  const moved = { ...settings, listen: { ...settings.listen, port } };
  writeFileSync(settingsFile(server), `${JSON.stringify(moved, null, 2)}\n`, { mode: 0o600 });
  await serverCommand(['school-file', '--data', server, '--out', schoolFile]);
  return port;
}

async function init(folder: string, school: DemoSchool): Promise<void> {
  const { lead } = school;
  const options: Readonly<Record<string, string>> = {
    data: folder,
    school: school.name,
    domain: 'localhost',
    port: String(await freePort()),
    'time-zone': 'Europe/London',
    // Where the demo's inbox listens is known at its start only; then it stands in the environment.
    mail: 'smtp://127.0.0.1:1025',
    from: 'meadowlark@larkfield.example',
    contact: `${lead.title} ${lead.forename} ${lead.surname}`.trim(),
    // A number that is set aside for stories and is never given to anybody.
    number: '01632 960983',
    'support-email': 'it.support@larkfield.example',
  };
  await serverCommand([
    'init',
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
  ]);
}

async function fill(
  folder: string,
  school: DemoSchool,
  make: MakeDemo & { readonly files: RegisterFiles },
): Promise<SignIns> {
  const settings = parseSettings(readFileSync(settingsFile(folder), 'utf8'), {});
  const { now, seed } = make.size;
  const random = seededRandom(seed + 1);
  const { db, sqlite } = await openSchool(folder, settings, now);
  try {
    const house = { db, settings, now: () => now, newId: () => randomId() };
    const options = { apply: true, acceptRefusals: false, leavers: false };
    for (const { applied, report } of [
      await importStaff(house, readFileSync(make.files.staff), options),
      await importStudents(house, readFileSync(make.files.students), options),
    ]) {
      if (!applied) throw new Error(`the register was not imported:\n${report}`);
    }
    make.onStep?.(`Writing ${school.past.length} incidents of the past`);
    writePast(sqlite, {
      past: school.past,
      random,
      now,
      sign: signerOf(readKeys(folder).signingKey),
      unreadFor: new Set([school.teacher.email, school.lead.email]),
      unreadSince: new Date(now.getTime() - UNREAD_DAYS * DAY_MS),
    });
    const signIns = { teacher: signInOf(school.teacher), lead: signInOf(school.lead) };
    await setPasswords(
      { folder, settings, db },
      Object.fromEntries(Object.values(signIns).map(({ email, password }) => [email, password])),
      make.hashCost ?? REAL_COST,
    );
    return signIns;
  } finally {
    await db.destroy();
  }
}

function signInOf(person: DemoSchool['staff'][number]): SignIn {
  return {
    name: `${person.forename} ${person.surname}`,
    jobTitle: person.jobTitle,
    email: person.email,
    password: threeWords(),
  };
}
