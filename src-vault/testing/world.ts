/** A school and its computers for the vault's tests: real keys, real files, a clock to turn. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import sodium from 'libsodium-wrappers-sumo';
import { certificateBytes, type KeyCertificate } from '../../src-shared/contract/seal.ts';
import { receiptBytes, type Receipt } from '../../src-shared/contract/submission.ts';
import type {
  VaultAnswer,
  VaultAskName,
  VaultReply,
  VaultRequest,
} from '../../src-shared/vault.ts';
import { sha256Hex } from '../crypto.ts';
import type { Keychain } from '../keys/device-secret.ts';
import type { VaultParts } from '../open-house.ts';
import { createVault, type Vault } from '../vault.ts';

await sodium.ready;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const folders: string[] = [];
// open-twice.ts uses this file outside of vitest, with a folder that a test has made.
if (process.env['VITEST'] !== undefined) {
  const { afterAll } = await import('vitest');
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
}

/** A folder for one test, gone when the tests of its file have ended. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vault-test-'));
  folders.push(folder);
  return folder;
}

/** The cheapest that Argon2id allows: for tests that are about something else. */
export const TEST_COST = { memoryKib: 8, passes: 1, lanes: 1 };

/** A school with real keys, which does what the server does with what it is given. */
export function makeSchool() {
  const signing = sodium.crypto_sign_keypair();
  const sealing = sodium.crypto_box_keypair();
  const sign = (bytes: Uint8Array): string =>
    base64(sodium.crypto_sign_detached(bytes, signing.privateKey));
  return {
    id: randomUUID(),
    signingKey: base64(signing.publicKey),
    sealingKey: base64(sealing.publicKey),
    open: (sealed: string): unknown => openBox(sealed, sealing),
    certify(key: Omit<KeyCertificate, 'signature'>): KeyCertificate {
      return { ...key, signature: sign(certificateBytes(key)) };
    },
    /** Without `isHeld` as a server of an earlier version gives it (R82). */
    receiptFor(id: string, sealed: string, receivedAt: string, isHeld?: boolean): Receipt {
      const unsigned = {
        submissionId: id as Receipt['submissionId'],
        sha256: sha256Hex(Buffer.from(sealed, 'base64')),
        reference: 'K7QM-2FXD',
        receivedAt,
        alerted: 3,
        ...(isHeld === undefined ? {} : { isHeld }),
      };
      return { ...unsigned, signature: sign(receiptBytes(unsigned)) };
    },
    /** As the server answers `recoverDraftKey`: what it opened, sealed to who asked. */
    recover(sealed: string, recipient: string): string {
      const bytes = openBytes(sealed, sealing);
      return base64(sodium.crypto_box_seal(bytes, Buffer.from(recipient, 'base64')));
    },
  };
}
export type TestSchool = ReturnType<typeof makeSchool>;

interface BoxPair {
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}
function openBytes(sealed: string, pair: BoxPair): Uint8Array {
  return sodium.crypto_box_seal_open(
    Buffer.from(sealed, 'base64'),
    pair.publicKey,
    pair.privateKey,
  );
}
function openBox(sealed: string, pair: BoxPair): unknown {
  return JSON.parse(new TextDecoder().decode(openBytes(sealed, pair)));
}

/** A keychain in memory, as the system's is to the vault: it outlives every vault. */
export function makeKeychain(): Keychain & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    getPassword: async (service, account) => entries.get(`${service} ${account}`) ?? null,
    setPassword: async (service, account, password) => {
      entries.set(`${service} ${account}`, password);
    },
  };
}

/** A computer: a folder, a keychain, a clock; its vault can be ended and begun again. */
export class TestComputer {
  readonly folder: string;
  readonly id = randomUUID();
  readonly school: TestSchool;
  readonly keychain = makeKeychain();
  now = new Date('2026-11-24T08:45:00.000Z');
  steadyMs = 1_000;
  parts: Partial<VaultParts> = {};
  #vault: Vault | null = null;
  #number = 0;
  #computerId: string | null = null;

  constructor(school: TestSchool = makeSchool(), folder = testFolder()) {
    this.school = school;
    this.folder = folder;
  }

  /** Ends the vault as a crash or a lock would, and begins one without keys. */
  async begin(): Promise<VaultReply<'open'>> {
    return valueOf(await this.tryBegin());
  }

  async tryBegin({ wasKeychainSilent = false } = {}): Promise<VaultAnswer<VaultReply<'open'>>> {
    await this.end();
    this.#vault = await createVault({
      keychain: this.keychain,
      keychainMs: { first: 200, afterSilence: 50 },
      now: () => this.now,
      steadyMs: () => this.steadyMs,
      newId: () => randomUUID(),
      wait: () => Promise.resolve(),
      cost: TEST_COST,
      floor: TEST_COST,
      reserveBytes: 0,
      heldFileMs: 0,
      ...this.parts,
    });
    const answer = await this.tryAsk('open', {
      folder: this.folder,
      computer: { id: this.id, name: 'RECEPTION-2' },
      school: {
        id: this.school.id,
        signingKey: this.school.signingKey,
        sealingKey: this.school.sealingKey,
      },
      wasKeychainSilent,
    });
    if (answer.ok) this.#computerId = answer.value.computerId;
    return answer;
  }

  /** The computer that the vault says this is; the first id until then. */
  get computerId(): string {
    return this.#computerId ?? this.id;
  }

  async end(): Promise<void> {
    await this.#vault?.close();
    this.#vault = null;
  }

  async tick(): Promise<void> {
    await this.#vault?.tick();
  }

  async tryAsk<N extends VaultAskName>(
    ask: N,
    request: VaultRequest<N>,
  ): Promise<VaultAnswer<VaultReply<N>>> {
    this.#number += 1;
    const number = this.#number;
    const reply = await this.#vault?.answer({ number, ask, request });
    if (reply?.number !== number) throw new Error('no answer');
    return reply.answer as VaultAnswer<VaultReply<N>>;
  }

  /** The value, or a thrown code where the vault refused. */
  async ask<N extends VaultAskName>(ask: N, request: VaultRequest<N>): Promise<VaultReply<N>> {
    return valueOf(await this.tryAsk(ask, request));
  }

  /** The code that the vault refused with, or `ok`. */
  async codeOf<N extends VaultAskName>(ask: N, request: VaultRequest<N>): Promise<string> {
    const answer = await this.tryAsk(ask, request);
    return answer.ok ? 'ok' : answer.code;
  }

  /** Every file that the vault has made, as bytes. */
  files(): { readonly name: string; readonly bytes: Buffer }[] {
    return readdirSync(this.folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(this.folder, name)).isFile())
      .map((name) => ({ name, bytes: readFileSync(join(this.folder, name)) }));
  }

  /** Where any of the texts stands in any file: as UTF-8, UTF-16LE or base64 at any offset. */
  hitsOf(texts: readonly string[]): string[] {
    return this.files().flatMap(({ name, bytes }) =>
      texts
        .filter((text) => formsOf(text).some((form) => bytes.includes(form)))
        .map((text) => `${text} in ${name}`),
    );
  }
}

export function formsOf(text: string): Buffer[] {
  const plain = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
  const coded = plain.flatMap((bytes) =>
    [0, 1, 2].map((offset) => {
      const shifted = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
      // The characters that also depend on what stands before and after are left out.
      return Buffer.from(shifted.slice(offset === 0 ? 0 : 4, -4));
    }),
  );
  return [...plain, ...coded];
}

export function valueOf<T>(answer: VaultAnswer<T>): T {
  if (!answer.ok) throw new Error(answer.code);
  return answer.value;
}

export interface TestPerson {
  readonly staffId: string;
  readonly email: string;
  readonly password: string;
}

export function person(name: string): TestPerson {
  return {
    staffId: randomUUID(),
    email: `${name.toLowerCase()}@larkfield.example`,
    password: `${name} three random words`,
  };
}

/** Signs a person in with the server there: keys, certificate, profile. */
export async function signIn(
  computer: TestComputer,
  who: TestPerson,
  hasEscrow = true,
): Promise<void> {
  const reply = await computer.ask('unlockOnline', { ...who, hasEscrow });
  if (reply.is !== 'unlocked') throw new Error(reply.is);
  if (reply.registrationProof !== null) await certify(computer, reply);
  await computer.ask('keepProfile', { profile: JSON.stringify({ name: who.email }) });
}

export async function certify(
  computer: TestComputer,
  key: { readonly staffId: string; readonly signingKey: string },
): Promise<void> {
  const certificate = computer.school.certify({
    staffId: key.staffId as KeyCertificate['staffId'],
    computerId: computer.computerId,
    signingKey: key.signingKey,
    issuedAt: computer.now.toISOString(),
  });
  await computer.ask('keepCertificate', { certificate });
}

export function draft(content: string, id: string = randomUUID()) {
  return {
    id,
    kind: 'incident' as const,
    incidentId: null,
    content,
    place: { field: 'text', selectionStart: 3, selectionEnd: 3, scrollTop: 40 },
  };
}

export function incident(
  text: string,
  id: string = randomUUID(),
): VaultRequest<'submit'>['submission'] {
  return {
    kind: 'incident',
    id,
    writtenAt: '2026-11-24T08:40:00.000Z',
    studentId: '0190a000-0000-7000-8000-000000000001',
    text,
    categoryIds: ['0190a000-0000-7000-8000-000000000002'],
    linkedStudents: [],
    happenedAt: '2026-11-24T08:30:00.000Z',
    status: 'active',
    assigneeIds: [],
    agencies: [],
    alertStaffIds: [],
    alertGroupIds: [],
  };
}
