/**
 * Whether a receipt is the school's: signed by the key of the school file, and for the very bytes
 * that were sent. Only then does an entry count as delivered.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Answer } from '../../src-shared/contract/errors.ts';
import { receiptBytes, submissionBytes } from '../../src-shared/contract/submission.ts';
import type { Receipt, Submission } from '../../src-shared/contract/submission.ts';

/** What stands before the 32 bytes of an Ed25519 key in its DER form (RFC 8410, section 4). */
const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** The receipt itself, or `receipt-not-genuine`. `signingKey` is the school file's, base64, 32 bytes. */
export function checkReceipt(
  receipt: Receipt,
  submission: Submission,
  signingKey: string,
): Answer<Receipt> {
  const sha256 = createHash('sha256').update(submissionBytes(submission)).digest('hex');
  const isForThis = receipt.submissionId === submission.id && receipt.sha256 === sha256;
  return isForThis && isSigned(receipt, signingKey)
    ? { ok: true, value: receipt }
    : { ok: false, code: 'receipt-not-genuine' };
}

function isSigned(receipt: Receipt, signingKey: string): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.concat([ED25519_PREFIX, Buffer.from(signingKey, 'base64')]),
      format: 'der',
      type: 'spki',
    });
    return verify(null, receiptBytes(receipt), key, Buffer.from(receipt.signature, 'base64'));
  } catch {
    // A key or signature of a wrong length; which of them matters to nobody.
    return false;
  }
}
