/** Computers: each has an Ed25519 key pair of its own, enrolled with the school file's code (R42). */
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { SafeguardingContact } from './school.ts';
import { PublicKey, Signature } from './seal.ts';
import { Id, Instant, oneLine } from './values.ts';

/**
 * Enrols this computer, or says its name anew; the same id with the same key may be sent again.
 * `not-allowed` where the code is wrong or the id belongs to another key.
 */
export const enrolComputer = endpoint({
  method: 'POST',
  path: '/v1/computers',
  access: 'anyone',
  request: z.strictObject({
    id: Id,
    name: oneLine(100),
    publicKey: PublicKey,
    code: z.string().min(1).max(100),
    /** By the computer's key over `enrolmentBytes`. */
    proof: Signature,
  }),
  reply: z.strictObject({
    /** The school's present sealing keys, newest first; the first is sealed to from now on. */
    sealingKeys: z.array(PublicKey).min(1),
    /** Whom to tell now; the computer shows it also to whoever cannot sign in. */
    safeguardingContact: SafeguardingContact,
    serverTime: Instant,
  }),
});

export function enrolmentBytes(computer: {
  readonly id: string;
  readonly name: string;
  readonly publicKey: string;
}): Uint8Array<ArrayBuffer> {
  const lines = ['meadowlark computer 1', computer.id, computer.name, computer.publicKey];
  return new TextEncoder().encode(lines.join('\n'));
}

/**
 * R83: the ids of acknowledged items that this computer still holds; answered with those that
 * the server lacks (it was restored from a backup). Erased ids count as present.
 */
export const listLacking = endpoint({
  method: 'POST',
  path: '/v1/submissions/lacking',
  access: 'anyone',
  request: z.strictObject({ computerId: Id, ids: z.array(Id).max(5_000), proof: Signature }),
  reply: z.strictObject({ lacking: z.array(Id) }),
});

export function lackingBytes(asked: {
  readonly computerId: string;
  readonly ids: readonly string[];
}): Uint8Array<ArrayBuffer> {
  const lines = ['meadowlark lacking 1', asked.computerId, ...asked.ids];
  return new TextEncoder().encode(lines.join('\n'));
}

/** The people whose keys on this computer must be destroyed: they have left (T13). */
export const listForgotten = endpoint({
  method: 'POST',
  path: '/v1/computers/forgotten',
  access: 'anyone',
  request: z.strictObject({ computerId: Id, staffIds: z.array(Id).max(500), proof: Signature }),
  reply: z.strictObject({ forgotten: z.array(Id) }),
});

export function forgottenBytes(asked: {
  readonly computerId: string;
  readonly staffIds: readonly string[];
}): Uint8Array<ArrayBuffer> {
  const lines = ['meadowlark forgotten 1', asked.computerId, ...asked.staffIds];
  return new TextEncoder().encode(lines.join('\n'));
}
