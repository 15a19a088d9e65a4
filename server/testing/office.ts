/** A school's server with an enrolled computer and people whose keys it has certified. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { enrolComputer } from '../../src-shared/contract/computer.ts';
import { ErrorReply, type ErrorCode } from '../../src-shared/contract/errors.ts';
import { registerKey } from '../../src-shared/contract/key.ts';
import { CARRY_PATH, type SealedInside } from '../../src-shared/contract/seal.ts';
import { Receipt } from '../../src-shared/contract/submission.ts';
import {
  enrolmentOf,
  headersOf,
  registrationOf,
  seal,
  signedBy,
  testComputer,
  testKey,
  type TestComputer,
  type TestItem,
  type TestWriter,
} from './envelope.ts';
import type { TestStaff } from './people.ts';
import type { TestServer } from './server.ts';

/** The code in the school file. */
export function codeOf(school: TestServer): string {
  return readFileSync(join(school.folder, 'keys', 'enrolment-code.txt'), 'utf8').trim();
}

/** Enrols a computer over HTTPS; throws where that is refused. */
export async function enrolled(school: TestServer, name?: string): Promise<TestComputer> {
  const computer = testComputer(name);
  const answer = await school.call(enrolComputer, enrolmentOf(computer, codeOf(school)));
  if (!answer.ok) throw new Error(`the computer was refused: ${answer.error.code}`);
  return computer;
}

/** Signs somebody in at a computer and has their key there certified. */
export async function writerAt(
  school: TestServer,
  computer: TestComputer,
  person: TestStaff,
): Promise<TestWriter & { readonly token: string }> {
  const token = await school.signInAs(person, computer.id);
  const owner = { staffId: person.id, computer, key: testKey() };
  const answer = await school.call(registerKey, registrationOf(owner), token);
  if (!answer.ok) throw new Error(`the key was refused: ${answer.error.code}`);
  return { ...owner, certificate: answer.value, token };
}

/** Sealed to the school's newest key. */
export function sealedTo(
  school: TestServer,
  computer: TestComputer,
  inside: SealedInside,
): TestItem {
  const [sealingKey] = school.house.seal.publicKeys();
  return seal(sealingKey, computer, inside);
}

export function sealedBy(
  school: TestServer,
  writer: TestWriter,
  body: Readonly<Record<string, unknown>>,
): TestItem {
  return sealedTo(school, writer.computer, signedBy(writer, body));
}

/** Carries an item as the courier does: its receipt, or the code that it was refused with. */
export async function carryTo(
  school: TestServer,
  item: TestItem,
  headers: Record<string, string> = headersOf(item),
): Promise<Receipt | ErrorCode> {
  const { status, text } = await school.raw({
    method: 'POST',
    path: CARRY_PATH,
    headers,
    body: item.sealed,
  });
  const json: unknown = JSON.parse(text);
  return status === 200 ? Receipt.parse(json) : ErrorReply.parse(json).code;
}
