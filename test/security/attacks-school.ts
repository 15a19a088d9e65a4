/** Attacks on the school by a colleague at the same computer: with its key, and keys of their own. */
import { v7 as newId } from 'uuid';
import { enrolComputer } from '../../src-shared/contract/computer.ts';
import { recoverDraftKey, registerKey } from '../../src-shared/contract/key.ts';
import { insideBytes, signedBytes, type KeyCertificate } from '../../src-shared/contract/seal.ts';
import { readSession, signIn, signOut } from '../../src-shared/contract/session.ts';
import type { SchoolFile } from '../../src-shared/school-file.ts';
import { carry } from '../../src-main/link/carry.ts';
import { linkTo } from '../../src-main/link/server-link.ts';
import {
  enrolmentOf,
  headersOf,
  registrationOf,
  seal,
  sealBytes,
  testComputer,
  testKey,
  testRecipient,
  type TestComputer,
  type TestItem,
} from '../../server/testing/envelope.ts';
import type { TestStaff } from '../../server/testing/people.ts';
import { signWith } from '../../src-vault/crypto.ts';
import type { SchoolRead } from '../chaos/school.ts';
import type { Attack } from './attacks-store.ts';
import type { Keys } from './loot.ts';

export interface SchoolLoot {
  readonly file: SchoolFile;
  /** The shared computer, with the key that its device secret opens. */
  readonly computer: TestComputer;
  readonly a: TestStaff;
  readonly b: TestStaff;
  readonly keysOfB: Keys;
  /** A's escrow and A's sealed item, as they lie in the store. */
  readonly escrowOfA: Uint8Array;
  readonly sealedOfA: Uint8Array;
  /** An entry of real shape, whose author the attacker chooses. */
  readonly entry: () => Readonly<Record<string, unknown>> & { readonly id: string };
  readonly read: () => SchoolRead;
}

export function schoolAttacks(loot: SchoolLoot): Readonly<Record<string, Attack>> {
  const { file, computer, a, b, keysOfB, escrowOfA, sealedOfA, read } = loot;
  const link = linkTo(file);

  /** Carries it as the shared computer; true where the school took it for an entry. */
  const isTaken = async (item: TestItem): Promise<boolean> => {
    const headers = headersOf(item);
    const answer = await carry(
      link,
      {
        id: item.id,
        computerId: item.computer.id,
        sealed: Buffer.from(item.sealed).toString('base64'),
        sealingKeyId: headers['meadowlark-sealing-key'] ?? '',
        proof: headers['meadowlark-proof'] ?? '',
        isUrgent: item.isUrgent,
      },
      () => new Date(),
    );
    if (!answer.ok) throw new Error(`not carried: ${answer.code}`);
    const found = read().texts.filter(({ id }) => id === item.id);
    if (found.length === 0) throw new Error('neither taken nor held');
    return found.some(({ held }) => !held);
  };
  /** In A's name, signed by B. */
  const forged = (certificate: KeyCertificate | null): TestItem => {
    const unsigned = {
      staffId: a.id,
      computerId: computer.id,
      submission: loot.entry() as never,
    };
    const signature = signWith(keysOfB.signing, signedBytes(unsigned));
    return seal(file.sealingKey, computer, {
      kind: 'submission',
      version: 1,
      ...unsigned,
      certificate,
      signature,
    });
  };
  const token = async (who: TestStaff, at: TestComputer): Promise<string> => {
    const { id, name } = at;
    const { email, password } = who;
    const answer = await link.ask(signIn, { email, password, computer: { id, name } }, null);
    if (!answer.ok) throw new Error(`not signed in: ${answer.code}`);
    return answer.value.token;
  };

  return {
    'an entry in A’s name, signed by B with B’s certificate': () =>
      isTaken(forged(keysOfB.certificate)),

    'an entry in A’s name, B’s certificate altered to say A': () => {
      if (keysOfB.certificate === null) throw new Error('B has no certificate');
      return isTaken(forged({ ...keysOfB.certificate, staffId: a.id }));
    },

    'an entry in A’s name without a certificate': () => isTaken(forged(null)),

    'A’s sealed item sent once more under another id': () =>
      isTaken({
        id: newId(),
        isUrgent: true,
        computer,
        sealingKey: file.sealingKey,
        sealed: sealedOfA,
      }),

    'A’s sealed item sealed once more, as B’s own': () =>
      isTaken({
        id: newId(),
        isUrgent: false,
        computer,
        sealingKey: file.sealingKey,
        sealed: sealBytes(file.sealingKey, sealedOfA),
      }),

    'A’s escrow asked for by B': async () => {
      const recipient = testRecipient();
      const session = await token(b, computer);
      const sealed = Buffer.from(escrowOfA).toString('base64');
      const request = { sealed, recipient: recipient.publicKey };
      const answer = await link.ask(recoverDraftKey, request, session);
      await link.ask(signOut, {}, session);
      return answer.ok;
    },

    'A’s session token on another computer, for a key in A’s name': async () => {
      const elsewhere = testComputer('ELSEWHERE');
      await link.ask(enrolComputer, enrolmentOf(elsewhere, file.enrolmentCode), null);
      const stolen = await token(a, computer);
      const owner = { staffId: a.id, computer: elsewhere, key: testKey() };
      const answer = await link.ask(registerKey, registrationOf(owner), stolen);
      await link.ask(signOut, {}, stolen);
      return answer.ok;
    },

    'A’s session token after A has signed out': async () => {
      const stolen = await token(a, computer);
      await link.ask(signOut, {}, stolen);
      return (await link.ask(readSession, {}, stolen)).ok;
    },
  };
}

/** What the attacks would look like if they worked: B's own entry, signed by B, is taken. */
export async function honestEntryIsTaken(loot: SchoolLoot): Promise<boolean> {
  const { file, computer, b, keysOfB, read } = loot;
  const unsigned = { staffId: b.id, computerId: computer.id, submission: loot.entry() as never };
  const inside = {
    kind: 'submission',
    version: 1,
    ...unsigned,
    certificate: keysOfB.certificate,
    signature: signWith(keysOfB.signing, signedBytes(unsigned)),
  } as const;
  const item = seal(file.sealingKey, computer, inside);
  if (insideBytes(inside).length === 0) return false;
  const headers = headersOf(item);
  const link = linkTo(file);
  await carry(
    link,
    {
      id: item.id,
      computerId: computer.id,
      sealed: Buffer.from(item.sealed).toString('base64'),
      sealingKeyId: headers['meadowlark-sealing-key'] ?? '',
      proof: headers['meadowlark-proof'] ?? '',
      isUrgent: false,
    },
    () => new Date(),
  );
  link.close();
  return read().texts.some(({ id, held }) => id === item.id && !held);
}
