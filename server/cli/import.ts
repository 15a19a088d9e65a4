/**
 * `import students FILE` and `import staff FILE`: shows what a file of the register would change,
 * and with --apply changes it, all or nothing.
 */
import { readFileSync } from 'node:fs';
import { v7 as uuid } from 'uuid';
import { openSchool } from '../folder.ts';
import { importStaff, importStudents } from '../import/import.ts';
import { CommandFault, folderOf, readOptions, say, settingsIn, type Command } from './command.ts';

const IMPORTS = { students: importStudents, staff: importStaff } as const;

const OPTIONS = {
  apply: { type: 'boolean', default: false },
  'accept-refusals': { type: 'boolean', default: false },
  leavers: { type: 'boolean', default: false },
} as const;

export const importCommand: Command = async (args) => {
  const { values, positionals } = readOptions(args, OPTIONS, 2);
  const [what = '', file = ''] = positionals;
  if (what !== 'students' && what !== 'staff') {
    throw new CommandFault(`"${what}" cannot be imported: say students or staff.`);
  }
  const folder = folderOf(values.data);
  const settings = settingsIn(folder);
  const bytes = bytesOf(file);
  const now = () => new Date();
  const { db } = await openSchool(folder, settings, now());
  try {
    const house = { db, settings, now, newId: () => uuid() };
    const result = await IMPORTS[what](house, bytes, {
      apply: values.apply,
      acceptRefusals: values['accept-refusals'],
      leavers: values.leavers,
    });
    say(result.report);
    // A script that imports each night has to notice that something was not taken.
    if (values.apply ? !result.applied : result.refusals > 0) process.exitCode = 1;
  } finally {
    await db.destroy();
  }
};

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch {
    throw new CommandFault(`${file} cannot be read.`);
  }
}
