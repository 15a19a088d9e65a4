/** The signing keys that the school has certified: whose, and on which computer. */
import { KeyCertificate } from '../../src-shared/contract/seal.ts';
import type { Transaction } from '../db/open.ts';

export interface SigningKeyRow {
  readonly certificate: KeyCertificate;
  readonly isRevoked: boolean;
}

/** By the key itself, whosever it is. */
export async function signingKeyRow(
  trx: Transaction,
  publicKey: string,
): Promise<SigningKeyRow | null> {
  const row = await keys(trx).where('public_key', '=', publicKey).executeTakeFirst();
  return row === undefined ? null : rowOf(row);
}

/** All keys that were certified for this person on this computer. */
export async function signingKeysOf(
  trx: Transaction,
  { staffId, computerId }: { staffId: string; computerId: string },
): Promise<SigningKeyRow[]> {
  const rows = await keys(trx)
    .where('staff_id', '=', staffId)
    .where('computer_id', '=', computerId)
    .execute();
  return rows.map(rowOf);
}

function keys(trx: Transaction) {
  return trx
    .selectFrom('signing_key')
    .select(['staff_id', 'computer_id', 'public_key', 'issued_at', 'signature', 'revoked_at']);
}

function rowOf(row: {
  staff_id: string;
  computer_id: string;
  public_key: string;
  issued_at: string;
  signature: string;
  revoked_at: string | null;
}): SigningKeyRow {
  return {
    certificate: KeyCertificate.parse({
      staffId: row.staff_id,
      computerId: row.computer_id,
      signingKey: row.public_key,
      issuedAt: row.issued_at,
      signature: row.signature,
    }),
    isRevoked: row.revoked_at !== null,
  };
}

export async function insertSigningKey(
  trx: Transaction,
  { schoolId, certificate }: { schoolId: string; certificate: KeyCertificate },
): Promise<void> {
  await trx
    .insertInto('signing_key')
    .values({
      public_key: certificate.signingKey,
      school_id: schoolId,
      staff_id: certificate.staffId,
      computer_id: certificate.computerId,
      issued_at: certificate.issuedAt,
      signature: certificate.signature,
      revoked_at: null,
    })
    .execute();
}
