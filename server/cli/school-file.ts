/** `school-file`: prints the one file that tells a computer which school it belongs to. */
import { writeFileSync } from 'node:fs';
import { SchoolFile } from '../../src-shared/school-file.ts';
import { publicHalf, readEnrolmentCode, readKeys } from '../certificate/folder.ts';
import { makeEnrolmentCode } from '../certificate/make.ts';
import { originOf } from '../mail/message.ts';
import type { Settings } from '../settings.ts';
import { folderOf, readOptions, say, settingsIn, type Command } from './command.ts';

export const schoolFileCommand: Command = async (args) => {
  const { values } = readOptions(args, { out: { type: 'string' } }, 0);
  const folder = folderOf(values.data);
  const text = `${JSON.stringify(schoolFileOf(folder, settingsIn(folder)), null, 2)}\n`;
  if (values.out === undefined) {
    process.stdout.write(text);
  } else {
    // It holds nothing secret, and every user of a school computer has to read it.
    writeFileSync(values.out, text, { mode: 0o644 });
    say(`The school file is in ${values.out}. Put it on each school computer.`);
  }
};

/** The school file of the school in `folder`. */
export function schoolFileOf(folder: string, settings: Settings): SchoolFile {
  const keys = readKeys(folder);
  return SchoolFile.parse({
    meadowlark: 'school file',
    version: 1,
    schoolId: settings.school.id,
    schoolName: settings.school.name,
    server: originOf(settings.listen),
    certificateAuthority: keys.authority,
    signingKey: publicHalf(keys.signingKey),
    sealingKey: publicHalf(keys.sealingKeys[0]),
    enrolmentCode: readEnrolmentCode(folder) ?? makeEnrolmentCode(folder),
  });
}
