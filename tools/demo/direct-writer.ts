/**
 * A member of staff who writes at a computer of their own without its client: enrolled, their key
 * certified, every entry signed, sealed to the school and carried, by the requests that a client makes.
 */
import { readFileSync } from 'node:fs';
import {
  enrolmentOf,
  headersOf,
  registrationOf,
  seal,
  signedBy,
  testComputer,
  testKey,
} from '../../server/testing/envelope.ts';
import { enrolComputer } from '../../src-shared/contract/computer.ts';
import type { Endpoint, ReplyOf } from '../../src-shared/contract/endpoint.ts';
import { registerKey } from '../../src-shared/contract/key.ts';
import { CARRY_PATH } from '../../src-shared/contract/seal.ts';
import { signIn } from '../../src-shared/contract/session.ts';
import { Receipt } from '../../src-shared/contract/submission.ts';
import { SchoolFile } from '../../src-shared/school-file.ts';
import { askServer, sendToServer, serverOf } from './server-request.ts';

export interface DirectWriter {
  readonly token: string;
  /** Signs and seals an entry; answers with what carries it and waits for its receipt. */
  seal(entry: Readonly<Record<string, unknown>>): () => Promise<Receipt>;
}

/** Throws the code of whatever the server refused. */
export async function directWriter(
  schoolFile: string,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<DirectWriter> {
  const server = serverOf(schoolFile);
  const { enrolmentCode } = SchoolFile.parse(JSON.parse(readFileSync(schoolFile, 'utf8')));
  const ask = async <E extends Endpoint>(
    endpoint: E,
    asked: Readonly<Record<string, unknown>>,
    token: string | null,
  ): Promise<ReplyOf<E>> => {
    const answer = await askServer(server, endpoint, asked, token);
    if (!('value' in answer)) throw new Error(`${endpoint.path} was refused: ${answer.code}`);
    return answer.value;
  };

  const computer = testComputer('direct requests');
  const { sealingKeys } = await ask(enrolComputer, enrolmentOf(computer, enrolmentCode), null);
  const [sealingKey] = sealingKeys;
  if (sealingKey === undefined) throw new Error('the school has no key to seal to');
  const here = { id: computer.id, name: computer.name };
  const { token, session } = await ask(signIn, { email, password, computer: here }, null);
  const owner = { staffId: session.staff.id, computer, key: testKey() };
  const writer = { ...owner, certificate: await ask(registerKey, registrationOf(owner), token) };
  return {
    token,
    seal(entry) {
      const item = seal(sealingKey, computer, signedBy(writer, entry));
      return async () => {
        const { status, text } = await sendToServer(server, {
          method: 'POST',
          path: CARRY_PATH,
          headers: headersOf(item),
          body: item.sealed,
        });
        if (status !== 200) throw new Error(`an entry was refused: ${status} ${text}`);
        return Receipt.parse(JSON.parse(text));
      };
    },
  };
}
