/** The school's word that a signing key is this person's on this computer; verified before it is kept. */
import { KeyCertificate, certificateBytes } from '../../src-shared/contract/seal.ts';
import type { VaultRequest } from '../../src-shared/vault.ts';
import { isSignedBy } from '../crypto.ts';
import { VaultFailure } from '../failure.ts';
import { unlockedOf, type House } from '../house.ts';
import { personByKey, updatePerson } from './rows.ts';

/** Throws `not-genuine` for one of another person, computer or key, or that the school did not sign. */
export function keepCertificate(
  house: House,
  { certificate }: VaultRequest<'keepCertificate'>,
): void {
  const { staffId, person, signing } = unlockedOf(house);
  const isOurs =
    certificate.staffId === staffId &&
    certificate.computerId === house.computer.id &&
    certificate.signingKey === signing.publicKey;
  const bytes = certificateBytes(KeyCertificate.parse(certificate));
  if (!isOurs || !isSignedBy(house.school.signingKey, bytes, certificate.signature)) {
    throw new VaultFailure('not-genuine');
  }
  const { store } = house;
  store.write(() =>
    updatePerson(store.sqlite, person, { certificate: JSON.stringify(certificate) }),
  );
}

/** Null where there is none for the present key on this computer. */
export function certificateIfHere(house: House, person: number): KeyCertificate | null {
  const row = personByKey(house.store.sqlite, person);
  if (!row?.certificate) return null;
  const certificate = parsed(row.certificate);
  const isOurs =
    certificate?.computerId === house.computer.id && certificate.signingKey === row.signing_key;
  return isOurs ? certificate : null;
}

/** It lies in the clear: one that is none any more is asked for again at the next sign-in. */
function parsed(text: string): KeyCertificate | null {
  try {
    return KeyCertificate.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
