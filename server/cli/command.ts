/** What the commands share: their options, the school's folder, and how they speak. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { isSchoolFolder, settingsFile } from '../folder.ts';
import { parseSettings, type Settings, SettingsFault } from '../settings.ts';

export type Command = (args: string[]) => Promise<void>;

/** A command that was not given as it must be; `more` is what would have been right. */
export class CommandFault extends Error {
  readonly more: string;
  constructor(message: string, more = '') {
    super(message);
    this.more = more;
  }
}

const DEFAULT_FOLDER = 'meadowlark-data';

export const USAGE = `npm run server -- COMMAND [--data DIR]

  init                  sets up a new school in DIR: configuration, keys, certificate
  start                 starts the server
  school-file           prints the school file for the school's computers (--out FILE)
  invite EMAIL          sends a member of staff the e-mail for their first sign-in
  import staff FILE     shows what a CSV file from the register would change (--apply does it)
  import students FILE  the same for students
                        (--leavers: whoever is not in FILE has left; --accept-refusals:
                        apply the other lines where some are refused)
  computers             lists the school's computers
  computers revoke ID   takes a computer's word for nothing any more: what it sends is put aside
  new-enrolment-code    takes the code in the school file back and makes another
  rotate-keys           makes a new key to seal entries to; earlier ones stay usable
  renew-certificate     makes a new server certificate, or takes one (--certificate FILE --key FILE)

DIR is ./${DEFAULT_FOLDER} unless --data or MEADOWLARK_DATA says otherwise.
init needs: --school NAME --domain NAME --mail smtp://… --from ADDRESS
            --contact NAME --number NUMBER, and --support-email ADDRESS or --support-link https://…
init takes: --port 8443  --time-zone Europe/London  --certificate FILE --key FILE
More: docs/server.md
`;

/** Reads the options; an unknown or incomplete one is told in a sentence with the usage. */
export function readOptions<const T extends ParseArgsOptionsConfig>(
  args: string[],
  options: T,
  positionals: number | readonly number[],
) {
  try {
    const parsed = parseArgs({
      args,
      options: { ...options, data: { type: 'string' } },
      allowPositionals: true,
      strict: true,
    });
    const count = parsed.positionals.length;
    const allowed = typeof positionals === 'number' ? [positionals] : positionals;
    if (!allowed.includes(count)) {
      throw new Error(
        count < Math.max(...allowed)
          ? 'Something is missing after the command.'
          : 'There is a word too many.',
      );
    }
    return parsed;
  } catch (error) {
    throw new CommandFault(error instanceof Error ? error.message : String(error), USAGE);
  }
}

/** The school's folder, absolute. */
export function folderOf(data: string | boolean | undefined): string {
  const named = typeof data === 'string' ? data : process.env['MEADOWLARK_DATA'];
  return resolve(named ?? DEFAULT_FOLDER);
}

/** The school's settings; throws in sentences, all faults at once. */
export function settingsIn(folder: string): Settings {
  if (!isSchoolFolder(folder)) {
    throw new CommandFault(
      `There is no school in ${folder} yet. Set one up with init, or name its folder with --data DIR.`,
    );
  }
  try {
    return parseSettings(readFileSync(settingsFile(folder), 'utf8'), process.env);
  } catch (error) {
    if (!(error instanceof SettingsFault)) throw error;
    throw new CommandFault(
      `The configuration ${settingsFile(folder)} cannot be used:`,
      error.faults.map((fault) => `  ${fault}\n`).join(''),
    );
  }
}

/** Says something to whoever typed the command. */
export function say(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
