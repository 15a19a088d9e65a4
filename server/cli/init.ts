/** `init`: sets up a school: its folder, configuration, keys, certificate and empty database. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { v4 as randomId } from 'uuid';
import { makeKeys, readGiven } from '../certificate/make.ts';
import { isSchoolFolder, openSchool, settingsFile } from '../folder.ts';
import { originOf } from '../mail/message.ts';
import { FIRST_QUESTIONS, FIRST_USER_GUIDE } from '../school/first-help.ts';
import { parseSettings, SettingsFault } from '../settings.ts';
import { CommandFault, folderOf, readOptions, say, USAGE, type Command } from './command.ts';

const OPTIONS = {
  school: { type: 'string' },
  domain: { type: 'string' },
  port: { type: 'string', default: '8443' },
  'time-zone': { type: 'string', default: 'Europe/London' },
  mail: { type: 'string' },
  from: { type: 'string' },
  contact: { type: 'string' },
  number: { type: 'string' },
  'support-email': { type: 'string' },
  'support-link': { type: 'string' },
  certificate: { type: 'string' },
  key: { type: 'string' },
} as const;

export const initCommand: Command = async (args) => {
  const { values } = readOptions(args, OPTIONS, 0);
  const folder = folderOf(values.data);
  if (isSchoolFolder(folder)) {
    throw new CommandFault(`There is a school in ${folder} already. Nothing was changed.`);
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new CommandFault(
      `${folder} is not empty and not a school's folder. Nothing was changed. Choose another with --data DIR.`,
    );
  }
  const settings = settingsFrom(values);
  const { domain } = settings.listen;
  const hasOne = values.certificate !== undefined || values.key !== undefined;
  if (hasOne && (values.certificate === undefined || values.key === undefined)) {
    throw new CommandFault('--certificate FILE and --key FILE go together.');
  }
  const now = new Date();
  const given =
    values.certificate === undefined || values.key === undefined
      ? null
      : readGiven(values.certificate, values.key, domain, now);

  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await makeKeys(folder, { name: settings.school.name, domain }, now, given);
  const { db } = await openSchool(folder, settings, now);
  await db.destroy();
  // Last: a folder with a configuration is a whole school.
  writeFileSync(settingsFile(folder), `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });

  const data = values.data === undefined ? '' : ` --data ${folder}`;
  say(
    `${settings.school.name} is set up in ${folder}. Its server will be ${originOf(settings.listen)}.`,
    '',
    'What to do next:',
    `  1. Bring in staff and students from the register's CSV files:`,
    `       npm run server -- import staff STAFF.csv${data} --apply`,
    `       npm run server -- import students STUDENTS.csv${data} --apply`,
    `  2. Start the server:                npm run server -- start${data}`,
    `  3. Make the file for the computers: npm run server -- school-file${data} --out school.json`,
    `  4. Send the first invitation:       npm run server -- invite ADDRESS${data}`,
    '',
    `Back up the whole folder ${folder}: it holds the database and the school's keys, without`,
    'which no computer trusts a restored server. Whoever has a copy can read the records: keep it as',
    'safe as they are. More: docs/server.md',
  );
};

/** Checks all options together, so that everything missing or wrong is told at once. */
function settingsFrom(values: Readonly<Record<string, string | boolean | undefined>>) {
  const needed = ['school', 'domain', 'mail', 'from', 'contact', 'number'];
  const missing = needed.filter((name) => values[name] === undefined).map((name) => `--${name}`);
  if (values['support-email'] === undefined && values['support-link'] === undefined) {
    missing.push('--support-email or --support-link');
  }
  if (missing.length > 0) {
    throw new CommandFault(`init also needs ${missing.join(', ')}.`, USAGE);
  }
  const draft = {
    school: {
      id: randomId(),
      name: values['school'],
      timeZone: values['time-zone'],
      safeguardingContact: { name: values['contact'], number: values['number'] },
      support: {
        email: values['support-email'] ?? null,
        link: values['support-link'] ?? null,
      },
      userGuide: FIRST_USER_GUIDE,
      frequentQuestions: FIRST_QUESTIONS,
      sentences: {
        aboutAdults:
          'About an adult working here? Do not record it here: tell the head teacher in person.',
        familyWords:
          'Write “mum”, “dad”, “brother” or “sister” rather than the names of family members.',
      },
      showsOpenedByTeam: true,
      escrow: true,
      categoryInEmail: true,
    },
    listen: {
      domain: values['domain'],
      address: '0.0.0.0',
      port: /^\d+$/.test(String(values['port'])) ? Number(values['port']) : values['port'],
    },
    mail: { url: values['mail'], from: values['from'] },
  };
  try {
    return parseSettings(JSON.stringify(draft), {});
  } catch (error) {
    if (!(error instanceof SettingsFault)) throw error;
    const faults = error.faults.map((fault) => `  ${fault}\n`).join('');
    throw new CommandFault('The school cannot be set up like this:', faults);
  }
}
