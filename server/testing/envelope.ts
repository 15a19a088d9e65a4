/**
 * Sealed items for tests, made by libsodium just as the vault makes them: signed by their writer's
 * key, sealed to the school, carried by a computer that proves itself.
 */
import { createHash } from 'node:crypto';
import sodium from 'libsodium-wrappers-sumo';
import { v7 } from 'uuid';
import { enrolmentBytes, type enrolComputer } from '../../src-shared/contract/computer.ts';
import type { RequestOf } from '../../src-shared/contract/endpoint.ts';
import { registrationBytes } from '../../src-shared/contract/key.ts';
import {
  carryBytes,
  certificateBytes,
  insideBytes,
  signedBytes,
  type Concern,
  type KeyCertificate,
  type SealedInside,
  type SignedSubmission,
} from '../../src-shared/contract/seal.ts';
import { StaffId } from '../../src-shared/contract/staff.ts';
import { Submission } from '../../src-shared/contract/submission.ts';
import type { SealedItem } from '../seal/item.ts';

await sodium.ready;

const toBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** An Ed25519 pair. */
export interface TestKey {
  readonly publicKey: string;
  sign(bytes: Uint8Array): string;
}

export function testKey(): TestKey {
  const { publicKey, privateKey } = sodium.crypto_sign_keypair();
  return {
    publicKey: toBase64(publicKey),
    sign: (bytes) => toBase64(sodium.crypto_sign_detached(bytes, privateKey)),
  };
}

export interface TestComputer {
  readonly id: string;
  readonly name: string;
  readonly key: TestKey;
}

export function testComputer(name = 'RECEPTION-2'): TestComputer {
  return { id: v7(), name, key: testKey() };
}

/** What a computer enrols itself with. */
export function enrolmentOf(
  { id, name, key }: TestComputer,
  code: string,
): RequestOf<typeof enrolComputer> {
  const computer = { id, name, publicKey: key.publicKey };
  return { ...computer, code, proof: key.sign(enrolmentBytes(computer)) };
}

/** A member of staff with their key on one computer. */
export interface TestWriter {
  readonly staffId: string;
  readonly computer: TestComputer;
  readonly key: TestKey;
  readonly certificate: KeyCertificate | null;
}

/** What `registerKey` is asked with. */
export function registrationOf({ staffId, computer, key }: Omit<TestWriter, 'certificate'>) {
  const owner = { staffId, computerId: computer.id, signingKey: key.publicKey };
  return {
    computerId: computer.id,
    signingKey: key.publicKey,
    proof: key.sign(registrationBytes(owner)),
  };
}

/** The certificate as the school that signs with `sign` gives it. */
export function certificateBy(
  sign: (bytes: Uint8Array) => string,
  { staffId, computer, key }: Omit<TestWriter, 'certificate'>,
  issuedAt = '2026-11-01T08:00:00.000Z',
): KeyCertificate {
  const unsigned = {
    staffId: StaffId.parse(staffId),
    computerId: computer.id,
    signingKey: key.publicKey,
    issuedAt,
  };
  return { ...unsigned, signature: sign(certificateBytes(unsigned)) };
}

/** Signed by the writer; what a test is about is changed before it is sealed. */
export function signedBy(
  writer: TestWriter,
  body: Readonly<Record<string, unknown>>,
): SignedSubmission {
  const unsigned = {
    staffId: StaffId.parse(writer.staffId),
    computerId: writer.computer.id,
    submission: Submission.parse(body),
  };
  return {
    kind: 'submission',
    version: 1,
    ...unsigned,
    certificate: writer.certificate,
    signature: writer.key.sign(signedBytes(unsigned)),
  };
}

export function concernFrom(computer: TestComputer, concern: Concern): SealedInside {
  return { kind: 'concern', version: 1, computerId: computer.id, concern };
}

export interface TestItem {
  readonly id: string;
  readonly isUrgent: boolean;
  readonly computer: TestComputer;
  readonly sealingKey: string;
  readonly sealed: Uint8Array;
}

/** Sealed to the school by one of its public keys, to be carried by the computer it says. */
function entryIn(inside: Exclude<SealedInside, { kind: 'left' }>) {
  return inside.kind === 'concern' ? inside.concern : inside.submission;
}

export function seal(sealingKey: string, computer: TestComputer, inside: SealedInside): TestItem {
  const id = inside.kind === 'left' ? inside.id : entryIn(inside).id;
  return {
    id,
    isUrgent: inside.kind === 'concern',
    computer,
    sealingKey,
    sealed: sealBytes(sealingKey, insideBytes(inside)),
  };
}

export function sealBytes(sealingKey: string, bytes: Uint8Array): Uint8Array {
  return sodium.crypto_box_seal(bytes, fromBase64(sealingKey));
}

/** An X25519 pair, and what was sealed to it. */
export function testRecipient() {
  const { publicKey, privateKey } = sodium.crypto_box_keypair();
  return {
    publicKey: toBase64(publicKey),
    open: (sealed: string) =>
      sodium.crypto_box_seal_open(fromBase64(sealed), publicKey, privateKey),
  };
}

/** As the server has it once it has read the request. */
export function itemFrom(item: TestItem): SealedItem {
  const headers = headersOf(item);
  return {
    id: item.id,
    sha256: sha256(item.sealed),
    isUrgent: item.isUrgent,
    sealingKeyId: headers['meadowlark-sealing-key'] ?? '',
    computerId: item.computer.id,
    proof: headers['meadowlark-proof'] ?? '',
    sealed: item.sealed,
  };
}

/** The headers that stand outside the seal. */
export function headersOf(item: TestItem): Record<string, string> {
  const { id, isUrgent, computer, sealingKey, sealed } = item;
  return {
    'content-type': 'application/octet-stream',
    'meadowlark-submission': id,
    'meadowlark-urgent': isUrgent ? '1' : '0',
    'meadowlark-sealing-key': sha256(fromBase64(sealingKey)).slice(0, 16),
    'meadowlark-computer': computer.id,
    'meadowlark-proof': computer.key.sign(carryBytes({ id, sha256: sha256(sealed), isUrgent })),
  };
}
