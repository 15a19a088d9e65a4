/** `computers` lists the school's computers; `computers revoke ID` stops trusting one (R42). */
import { writeAudit } from '../audit/rows.ts';
import { allComputers, revokeComputer, type ComputerRow } from '../computer/rows.ts';
import { openSchool } from '../folder.ts';
import {
  CommandFault,
  folderOf,
  readOptions,
  say,
  settingsIn,
  USAGE,
  type Command,
} from './command.ts';

export const computersCommand: Command = async (args) => {
  const { values, positionals } = readOptions(args, {}, [0, 2]);
  const [verb, id = ''] = positionals;
  if (verb !== undefined && verb !== 'revoke') {
    throw new CommandFault(`"${verb}" cannot be done with a computer.`, USAGE);
  }
  const folder = folderOf(values.data);
  const settings = settingsIn(folder);
  const schoolId = settings.school.id;
  const now = new Date();
  const { db } = await openSchool(folder, settings, now);
  try {
    if (verb === undefined) {
      const computers = await allComputers(db, schoolId);
      say(...(computers.length === 0 ? ['No computer has enrolled yet.'] : table(computers)));
      return;
    }
    const at = now.toISOString();
    const isRevoked = await db.transaction().execute(async (trx) => {
      if (!(await revokeComputer(trx, { schoolId, id, at }))) return false;
      await writeAudit(trx, {
        schoolId,
        at,
        staffId: null,
        sessionId: null,
        computerId: null,
        event: 'computer-revoked',
        objectId: id,
        result: 'done',
      });
      return true;
    });
    if (!isRevoked) {
      throw new CommandFault(
        `No computer that is trusted has the id ${id}. Nothing was changed. List them with computers.`,
      );
    }
    say(
      `The computer ${id} is not trusted any more, from this moment on.`,
      'What it still sends is not lost: it waits on the dashboard of the safeguarding team,',
      'who see that its writer is not certain. People can still sign in there: if it was stolen,',
      'let those who used it choose a new password, and make a new code (new-enrolment-code):',
      'whoever has the code in its school file can enrol another computer with it.',
    );
  } finally {
    await db.destroy();
  }
};

function table(computers: readonly ComputerRow[]): string[] {
  const rows = computers.map(({ id, name, enrolledAt, lastSeenAt, revokedAt }) => [
    id,
    name,
    enrolledAt.slice(0, 10),
    lastSeenAt.slice(0, 16).replace('T', ' '),
    revokedAt === null ? '' : `revoked ${revokedAt.slice(0, 10)}`,
  ]);
  const all = [['id', 'name', 'enrolled', 'last seen (UTC)', ''], ...rows];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
