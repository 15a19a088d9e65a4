/** `new-enrolment-code`: takes back the code in the school file, where a stranger may have it. */
import { writeAudit } from '../audit/rows.ts';
import { makeEnrolmentCode } from '../certificate/make.ts';
import { keepEnrolmentCode, revokeEnrolmentCodes } from '../computer/rows.ts';
import { codeHash } from '../computer/rules.ts';
import { openSchool } from '../folder.ts';
import { folderOf, readOptions, say, settingsIn, type Command } from './command.ts';

export const newEnrolmentCodeCommand: Command = async (args) => {
  const { values } = readOptions(args, {}, 0);
  const folder = folderOf(values.data);
  const settings = settingsIn(folder);
  const schoolId = settings.school.id;
  const now = new Date();
  const at = now.toISOString();
  const { db } = await openSchool(folder, settings, now);
  try {
    // The file first: if the rest fails, the next start makes the new code good as well.
    const hash = codeHash(makeEnrolmentCode(folder));
    await db.transaction().execute(async (trx) => {
      await revokeEnrolmentCodes(trx, { schoolId, at });
      await keepEnrolmentCode(trx, { schoolId, hash, at });
      await writeAudit(trx, {
        schoolId,
        at,
        staffId: null,
        sessionId: null,
        computerId: null,
        event: 'configuration',
        objectId: null,
        result: 'done',
      });
    });
  } finally {
    await db.destroy();
  }
  say(
    'The code in earlier school files enrols no computer any more. Those that are enrolled go on.',
    'Make the new file for new computers: npm run server -- school-file --out school.json',
  );
};
