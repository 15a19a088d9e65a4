/** `invite EMAIL`: sends the e-mail with which a member of staff chooses their first password. */
import { Email } from '../../src-shared/contract/values.ts';
import { EventHub } from '../event/hub.ts';
import { openSchool } from '../folder.ts';
import { makeHouse } from '../house.ts';
import { makeLog } from '../log.ts';
import { readKeys, readSealingKeys } from '../certificate/folder.ts';
import { makeHasher, REAL_COST } from '../password/hasher.ts';
import { prepareReset } from '../password/reset.ts';
import { CommandFault, folderOf, readOptions, say, settingsIn, type Command } from './command.ts';

export const inviteCommand: Command = async (args) => {
  const { values, positionals } = readOptions(args, {}, 1);
  const email = Email.safeParse(positionals[0]);
  if (!email.success) throw new CommandFault(`"${positionals[0]}" is not an e-mail address.`);
  const folder = folderOf(values.data);
  const settings = settingsIn(folder);
  const now = () => new Date();
  const { db } = await openSchool(folder, settings, now());
  try {
    const house = makeHouse({
      db,
      settings,
      now,
      hub: new EventHub(),
      signingKey: readKeys(folder).signingKey,
      readSealingKeys: () => readSealingKeys(folder),
      // The running server looks into the queue by itself.
      mailWaits: () => undefined,
      log: makeLog(),
    });
    const hasher = await makeHasher(REAL_COST);
    const send = await prepareReset(house, { hasher }, email.data);
    const isQueued = await send();
    if (!isQueued) {
      throw new CommandFault(
        `Nothing was sent: nobody who works here now has the address ${email.data}, or they were sent several e-mails just now. Import staff first, or wait a quarter of an hour.`,
      );
    }
    say(
      `The e-mail to ${email.data} is queued; the running server sends it within seconds.`,
      'Its code and its link work until midnight.',
    );
  } finally {
    await db.destroy();
  }
};
