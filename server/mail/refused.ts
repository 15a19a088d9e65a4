/** An e-mail that the mail server refuses for good: noted, and told to the safeguarding team. */
import type { Db } from '../db/open.ts';
import { teamOf } from '../held/rows.ts';
import type { House } from '../http/route.ts';
import { unreachedMessage } from './message.ts';
import { type DueMail, noteRefused } from './queue-rows.ts';
import { queueMails } from './rows.ts';

/** What the Message-ID of such a telling begins with. */
const TELLING = 'unreached-';

/**
 * Whoever is not reached has the alert on their dashboard all the same; the team is told once a
 * day and person, and never that a telling was refused. A person's own link is asked for by
 * themselves: nobody else is told of it.
 */
export async function giveUp(
  db: Db,
  house: Pick<House, 'now' | 'newId' | 'settings'>,
  mail: DueMail,
  problem: string,
): Promise<void> {
  const { settings } = house;
  const at = house.now().toISOString();
  await db.transaction().execute(async (trx) => {
    await noteRefused(trx, mail.id, at, problem);
    if (mail.kind !== 'alert' || mail.messageId.startsWith(`<${TELLING}`)) return;
    const others = (await teamOf(trx, settings.school.id)).filter((id) => id !== mail.staffId);
    await queueMails(
      trx,
      house,
      others.map((staffId) => ({
        ...unreachedMessage(settings, { name: mail.name, problem }),
        kind: 'alert',
        staffId,
        uselessAfter: null,
        gathered: { key: `${TELLING}${mail.staffId}-${at.slice(0, 10)}-${staffId}`, at },
      })),
    );
  });
}
