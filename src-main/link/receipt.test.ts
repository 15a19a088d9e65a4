import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  Receipt,
  Submission,
  receiptBytes,
  submissionBytes,
} from '../../src-shared/contract/submission.ts';
import { checkReceipt } from './receipt.ts';

const school = generateKeyPairSync('ed25519');
const signingKey = Buffer.from(
  (school.publicKey.export({ format: 'jwk' }) as { x: string }).x,
  'base64url',
).toString('base64');

const submission = Submission.parse({
  kind: 'action',
  id: '01936f00-0000-7000-8000-000000000001',
  writtenAt: '2026-11-24T08:45:00.000Z',
  incidentId: '01936f00-0000-7000-8000-000000000002',
  text: 'Rang home, no answer. Zoë knows.',
  addCategoryIds: [],
  linkedStudentIds: [],
  happenedAt: '2026-11-24T08:40:00.000Z',
  agencies: [],
  alertStaffIds: [],
  alertGroupIds: [],
});

function receiptFor(what: Submission, key = school.privateKey): Receipt {
  const unsigned = {
    submissionId: what.id,
    sha256: createHash('sha256').update(submissionBytes(what)).digest('hex'),
    reference: 'K7QM-2FXD',
    receivedAt: '2026-11-24T08:45:01.000Z',
    alerted: 4,
  };
  return Receipt.parse({
    ...unsigned,
    signature: sign(null, receiptBytes(unsigned), key).toString('base64'),
  });
}

test('a receipt that the school signed for these bytes counts', () => {
  const receipt = receiptFor(submission);
  expect(checkReceipt(receipt, submission, signingKey)).toEqual({ ok: true, value: receipt });
});

describe('what does not count as delivered', () => {
  const refused = { ok: false, code: 'receipt-not-genuine' };
  const good = receiptFor(submission);

  test('a receipt signed by another key', () => {
    const other = generateKeyPairSync('ed25519');
    const forged = receiptFor(submission, other.privateKey);
    expect(checkReceipt(forged, submission, signingKey)).toEqual(refused);
  });

  test.each([
    ['sha256', { sha256: '0'.repeat(64) }],
    ['reference', { reference: 'K7QM-2FXE' }],
    ['receivedAt', { receivedAt: '2026-11-24T08:45:02.000Z' }],
    ['alerted', { alerted: 5 }],
    ['signature', { signature: '' }],
    ['signature of another length', { signature: good.signature.slice(0, 40) }],
  ])('a receipt whose %s was changed afterwards', (_what, change) => {
    const changed = Receipt.parse({ ...good, ...change });
    expect(checkReceipt(changed, submission, signingKey)).toEqual(refused);
  });

  test('a genuine receipt for an earlier version of the same entry', () => {
    const edited = Submission.parse({ ...submission, text: 'Rang home, and got through.' });
    expect(checkReceipt(good, edited, signingKey)).toEqual(refused);
  });

  test('a genuine receipt for another entry', () => {
    const other = Submission.parse({ ...submission, id: '01936f00-0000-7000-8000-000000000009' });
    expect(checkReceipt(receiptFor(other), submission, signingKey)).toEqual(refused);
  });

  test('anything, where the school file’s key is no key', () => {
    expect(checkReceipt(good, submission, 'AAAA')).toEqual(refused);
  });
});
