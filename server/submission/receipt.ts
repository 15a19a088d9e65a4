/** Receipts: the school's signed word that it has an item, and whether it could be recorded as written. */
import type { Receipt } from '../../src-shared/contract/submission.ts';
import { SubmissionId, receiptBytes } from '../../src-shared/contract/submission.ts';
import type { House } from '../http/route.ts';
import type { SealedItem } from '../seal/item.ts';

/** Of the newest form; it is kept so, whoever asked for it. */
export function signReceipt(
  house: Pick<House, 'sign'>,
  item: Pick<SealedItem, 'id' | 'sha256'>,
  of: {
    readonly reference: string;
    readonly now: Date;
    readonly alerted: number;
    readonly isHeld: boolean;
  },
): Receipt {
  return signed(house, {
    submissionId: SubmissionId.parse(item.id),
    sha256: item.sha256,
    reference: of.reference,
    receivedAt: of.now.toISOString(),
    alerted: of.alerted,
    isHeld: of.isHeld,
  });
}

/**
 * The receipt in a form that the computer reads (R82): an earlier version knows no `isHeld`, would
 * not take it for a receipt, and would carry the item for ever. `form` as in `RECEIPT_FORM`.
 */
export function receiptFor(house: Pick<House, 'sign'>, receipt: Receipt, form: number): Receipt {
  if (form >= 2 || receipt.isHeld === undefined) return receipt;
  const { isHeld: _unread, signature: _ofAnother, ...first } = receipt;
  return signed(house, first);
}

function signed(house: Pick<House, 'sign'>, unsigned: Omit<Receipt, 'signature'>): Receipt {
  return { ...unsigned, signature: house.sign(receiptBytes(unsigned)) };
}
