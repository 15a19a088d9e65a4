/**
 * What signing and sealing an entry costs on the school's computer, and opening and checking it on
 * the server, each against a single Ed25519 signature of the same bytes.
 */
import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import sodium from 'libsodium-wrappers-sumo';
import { Bench } from 'tinybench';
import { carryBytes, insideBytes, signedBytes } from '../../src-shared/contract/seal.ts';
import type { SealedInside } from '../../src-shared/contract/seal.ts';
import { StaffId } from '../../src-shared/contract/staff.ts';
import { Submission } from '../../src-shared/contract/submission.ts';
import { isAuthorsOwn, isCarriedBy, isCertified, openItem } from '../../server/seal/item.ts';
import { makeSeal, sealIsReady } from '../../server/seal/seal.ts';
import { certificateBy, testComputer, testKey } from '../../server/testing/envelope.ts';
import {
  randomKey,
  sealTo,
  sealingKeyId,
  sha256Hex,
  signWith,
  signingPair,
} from '../../src-vault/crypto.ts';
import { figure, type Figure } from './figure.ts';

/** An ordinary entry; `time`: how long each of the three is run, in milliseconds. */
export async function measureSealing(time: number): Promise<Figure[]> {
  await sealIsReady;
  const sealingKey = generateKeyPairSync('x25519').privateKey;
  const school = testKey();
  const seal = makeSeal({
    readPrivateKeys: () => [sealingKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    signingKey: school.publicKey,
  });
  const [publicKey] = seal.publicKeys();
  const author = signingPair(randomKey());
  const carrier = signingPair(randomKey());
  const staffId = StaffId.parse(randomUUID());
  const computer = testComputer();
  const key = { publicKey: author.publicKey, sign: (bytes: Uint8Array) => signWith(author, bytes) };
  const certificate = certificateBy((bytes) => school.sign(bytes), { staffId, computer, key });
  const unsigned = { staffId, computerId: computer.id, submission: submission() };

  /** As the vault does it when an entry is submitted and read to be carried. */
  const make = () => {
    const inside: SealedInside = {
      kind: 'submission',
      version: 1,
      ...unsigned,
      certificate,
      signature: signWith(author, signedBytes(unsigned)),
    };
    const sealed = sealTo(publicKey, insideBytes(inside));
    const about = { id: unsigned.submission.id, sha256: sha256Hex(sealed), isUrgent: false };
    const proof = signWith(carrier, carryBytes(about));
    return {
      ...about,
      sealed,
      proof,
      sealingKeyId: sealingKeyId(publicKey),
      computerId: computer.id,
    };
  };
  const item = make();
  const isTaken = (): boolean => {
    const sha256 = createHash('sha256').update(item.sealed).digest('hex');
    const came = { ...item, sha256 };
    const opened = openItem(seal, came);
    return (
      opened.is === 'read' &&
      opened.isConsistent &&
      opened.inside.kind === 'submission' &&
      isCarriedBy(carrier.publicKey, came) &&
      isCertified(seal, certificate, opened.inside) &&
      isAuthorsOwn(opened.inside, certificate.signingKey)
    );
  };
  if (!isTaken()) throw new Error('what was sealed could not be opened');
  const plain = insideBytes({
    kind: 'submission',
    version: 1,
    ...unsigned,
    certificate,
    signature: item.proof,
  });
  const { privateKey } = sodium.crypto_sign_keypair();
  const bench = new Bench({ time, warmupTime: time / 5 })
    .add('sealing', () => void make())
    .add('opening', () => void isTaken())
    .add('signature', () => void sodium.crypto_sign_detached(plain, privateKey));
  await bench.run();
  const [sealing, opening, signature] = bench.tasks.map(({ result }) => {
    if (!('latency' in result)) throw new Error(`the bench did not run: ${result.state}`);
    return result.latency.p50 * 1000;
  });
  const against = { against: 'one Ed25519 signature of the same bytes', unit: 'µs' } as const;
  const kilobytes = (plain.length / 1024).toFixed(1);
  return [
    figure({
      ...against,
      what: `Sealing an entry of ${kilobytes} KiB, signed and vouched for`,
      measured: sealing ?? 0,
      reference: signature ?? 0,
    }),
    figure({
      ...against,
      what: `Opening it, with all that is checked`,
      measured: opening ?? 0,
      reference: signature ?? 0,
    }),
  ];
}

function submission(): Submission {
  const at = new Date().toISOString();
  return Submission.parse({
    kind: 'incident',
    id: randomUUID(),
    writtenAt: at,
    studentId: randomUUID(),
    text: 'They were quiet at registration and did not want to talk about the weekend. '.repeat(40),
    categoryIds: [randomUUID(), randomUUID()],
    linkedStudents: [],
    happenedAt: at,
    status: 'active',
    assigneeIds: [],
    agencies: [],
    alertStaffIds: [randomUUID()],
    alertGroupIds: [],
  });
}
