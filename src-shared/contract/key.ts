/** Keys of a person on a computer: their certificate, and the way back to their drafts (R27). */
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { KeyCertificate, PublicKey, Signature } from './seal.ts';
import { StaffId } from './staff.ts';
import { Id } from './values.ts';

/** Registers the signing key that the vault made for this person; the school signs it. */
export const registerKey = endpoint({
  method: 'POST',
  path: '/v1/keys',
  access: 'signed-in',
  request: z.strictObject({
    computerId: Id,
    signingKey: PublicKey,
    /** By that key over `registrationBytes`: it is really held here. */
    proof: Signature,
  }),
  reply: KeyCertificate,
});

export function registrationBytes(key: {
  readonly staffId: string;
  readonly computerId: string;
  readonly signingKey: string;
}): Uint8Array<ArrayBuffer> {
  const lines = ['meadowlark register 1', key.staffId, key.computerId, key.signingKey];
  return new TextEncoder().encode(lines.join('\n'));
}

/** Sealed to the school: the key of one person's drafts on one computer. */
export const Escrow = z.strictObject({
  staffId: StaffId,
  computerId: Id,
  /** 32 bytes, base64. */
  draftKey: z.base64().length(44),
});
export type Escrow = z.infer<typeof Escrow>;

/**
 * Gives the draft key back after a reset, to a session of that very person only; audited. It comes
 * sealed to a key that the vault made for this moment, so that nothing between can read it.
 */
export const recoverDraftKey = endpoint({
  method: 'POST',
  path: '/v1/keys/recover',
  access: 'signed-in',
  request: z.strictObject({ sealed: z.base64().max(1_000), recipient: PublicKey }),
  reply: z.strictObject({ sealed: z.base64().max(1_000) }),
});
