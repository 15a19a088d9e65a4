/** Who wrote a sealed item: certain only where the school certified the key that signed it. */
import type { SignedSubmission } from '../../src-shared/contract/seal.ts';
import { computerById, type ComputerRow } from '../computer/rows.ts';
import type { Transaction } from '../db/open.ts';
import type { House } from '../http/route.ts';
import { signingKeyRow, signingKeysOf } from '../key/rows.ts';
import { isAuthorsOwn, isCertified, type OpenedItem } from '../seal/item.ts';
import { authorById } from './rows.ts';

/** The writer of an item, as far as the school can tell. */
export interface Writer {
  /** Null where the school has nobody of the id that the item gives. */
  readonly staff: {
    readonly id: string;
    readonly isActive: boolean;
    readonly isKeyUser: boolean;
  } | null;
  readonly isCertain: boolean;
}

/**
 * The certificate inside the item is enough, also where the server has lost its own row of it: a
 * restored server takes what is offered again (R83). An item that was signed before the school
 * could be reached carries none; then the keys certified since for that person there are tried.
 */
async function writerOf(
  trx: Transaction,
  house: House,
  { inside, isComputerRevoked }: { inside: SignedSubmission; isComputerRevoked: boolean },
): Promise<Writer> {
  const { staffId, computerId, certificate } = inside;
  const staff = await authorById(trx, { schoolId: house.settings.school.id, staffId });
  if (staff === null || isComputerRevoked) return { staff, isCertain: false };
  if (certificate !== null) {
    const known = await signingKeyRow(trx, certificate.signingKey);
    const isCertain =
      known?.isRevoked !== true &&
      isCertified(house.seal, certificate, inside) &&
      isAuthorsOwn(inside, certificate.signingKey);
    return { staff, isCertain };
  }
  const keys = await signingKeysOf(trx, { staffId, computerId });
  const isCertain = keys.some(
    (key) => !key.isRevoked && isAuthorsOwn(inside, key.certificate.signingKey),
  );
  return { staff, isCertain };
}

/** The same of whatever an item turned out to be; null is one that is still sealed. */
export async function writerOfOpened(
  trx: Transaction,
  house: House,
  {
    opened,
    computer,
  }: { readonly opened: OpenedItem | null; readonly computer: ComputerRow | null },
): Promise<Writer> {
  if (opened === null || opened.is === 'unreadable' || opened.inside.kind === 'concern') {
    return { staff: null, isCertain: false };
  }
  const { inside } = opened;
  const schoolId = house.settings.school.id;
  if (inside.kind === 'left') {
    const staff = await authorById(trx, { schoolId, staffId: inside.staffId });
    return { staff, isCertain: false };
  }
  // The computer that it was written on counts, not the one that says that it carries it.
  const written =
    computer?.id === inside.computerId
      ? computer
      : await computerById(trx, { schoolId, id: inside.computerId });
  const isComputerRevoked = written !== null && written.revokedAt !== null;
  return await writerOf(trx, house, { inside, isComputerRevoked });
}
