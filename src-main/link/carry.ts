/** Carries one sealed item to the school. Needs no session: what is outside the seal says enough. */
import { CARRY_PATH, CarryHeaders } from '../../src-shared/contract/seal.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import { RECEIPT_FORM, Receipt } from '../../src-shared/contract/submission.ts';
import type { VaultReply } from '../../src-shared/vault.ts';
import type { ServerLink } from './server-link.ts';
import { understood } from './understood.ts';

export interface SealedItem extends VaultReply<'readSealed'> {
  readonly id: string;
}

/**
 * The receipt as it came; the vault decides whether the school signed it. A friendly 200 of
 * something else (a captive portal) has no receipt: `reply-not-understood`.
 */
export async function carry(
  link: Pick<ServerLink, 'post'>,
  item: SealedItem,
  now: () => Date,
): Promise<Answer<Receipt>> {
  const headers = CarryHeaders.safeParse({
    'meadowlark-submission': item.id,
    'meadowlark-urgent': item.isUrgent ? '1' : '0',
    'meadowlark-sealing-key': item.sealingKeyId,
    'meadowlark-computer': item.computerId,
    'meadowlark-proof': item.proof,
    'meadowlark-sent-at': now().toISOString(),
    'meadowlark-receipt': String(RECEIPT_FORM),
  });
  if (!headers.success) return { ok: false, code: 'program-fault' };
  // An absent header is left out, not sent as a word.
  const given = Object.fromEntries(
    Object.entries(headers.data).filter(([, value]) => value !== undefined),
  );
  const answer = await link.post(CARRY_PATH, Buffer.from(item.sealed, 'base64'), {
    'Content-Type': 'application/octet-stream',
    ...given,
  });
  if (!answer.ok) return answer;
  const receipt = understood(Receipt, answer.value);
  return receipt !== null && receipt.submissionId === item.id
    ? { ok: true, value: receipt }
    : { ok: false, code: 'reply-not-understood' };
}
