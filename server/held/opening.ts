/** Opening what strangers sent: not as it comes, but once somebody of the safeguarding team looks. */
import { computerById } from '../computer/rows.ts';
import type { Transaction } from '../db/open.ts';
import type { House } from '../http/route.ts';
import { openItem } from '../seal/item.ts';
import { writerOfOpened } from '../submission/author.ts';
import { HeldInside } from './inside.ts';
import { nameOfStaff, openHeldById, type HeldRow } from './rows.ts';

/**
 * A held item as it is read and completed; null where there is none, or somebody has resolved it.
 * What no computer vouched for lies sealed, and is opened anew each time: at most a quarter of a
 * second, at the press of a person who may read it. A leaver's draft stays closed (`carry.ts`).
 */
export async function heldToRead(
  trx: Transaction,
  house: House,
  id: string,
): Promise<HeldRow | null> {
  const schoolId = house.settings.school.id;
  const row = await openHeldById(trx, { schoolId, id });
  if (row === null || row.isVouchedFor || row.sealed === null) return row;
  const { itemId, sealed } = row;
  const opened = openItem(house.seal, { id: itemId, sealed, sealingKeyId: null });
  if (opened.is === 'unreadable' || opened.inside.kind === 'left') return row;
  const { inside } = opened;
  const shown = HeldInside.parse(inside);
  if (inside.kind === 'concern') {
    return { ...row, kind: 'concern', writer: inside.concern.writer, inside: shown };
  }
  const computer = await computerById(trx, { schoolId, id: row.computerId });
  const { staff, isCertain } = await writerOfOpened(trx, house, { opened, computer });
  return {
    ...row,
    kind: inside.submission.kind,
    staffId: staff?.id ?? null,
    writer: staff === null ? null : await nameOfStaff(trx, staff.id),
    identityIsCertain: isCertain,
    inside: shown,
  };
}
