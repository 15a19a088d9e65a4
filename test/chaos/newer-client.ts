/** A client of a later version, in what it sends: a header and a field that this server does not know. */
import { request as send } from 'node:https';
import { v7 as newId } from 'uuid';
import { CARRY_PATH } from '../../src-shared/contract/seal.ts';
import { headersOf, sealBytes, type TestItem } from '../../server/testing/envelope.ts';
import type { SchoolFile } from '../../src-shared/school-file.ts';
import { computerOf, sealedIn } from '../security/loot.ts';

export interface NewerClient {
  readonly file: SchoolFile;
  /** The data folder of a client that is not running. */
  readonly folder: string;
}

/** Sends a waiting item with one more header; answers with the status. */
export function sendWithHeader(client: NewerClient, itemId: string): Promise<number> {
  const sealed = sealedIn(client.folder, itemId);
  return post(client, itemOf(client, itemId, sealed), { 'meadowlark-since': 'tomorrow' });
}

/** Seals and sends what has a field of tomorrow inside; answers with the item's id and the status. */
export async function sendWithField(
  client: NewerClient,
  words: string,
): Promise<{ readonly id: string; readonly status: number }> {
  const id = newId();
  const concern = { id, writer: 'Somebody', student: 'A boy', text: words, mood: 'worried' };
  const { id: computerId } = computerOf(client.folder);
  const inside = { kind: 'concern', version: 2, computerId, concern };
  const sealed = sealBytes(client.file.sealingKey, Buffer.from(JSON.stringify(inside)));
  return { id, status: await post(client, itemOf(client, id, sealed), {}) };
}

function itemOf(client: NewerClient, id: string, sealed: Uint8Array): TestItem {
  const computer = { name: 'RECEPTION-2', ...computerOf(client.folder) };
  return { id, isUrgent: false, computer, sealingKey: client.file.sealingKey, sealed };
}

function post(
  { file }: NewerClient,
  item: TestItem,
  more: Readonly<Record<string, string>>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = send(
      new URL(CARRY_PATH, file.server),
      {
        method: 'POST',
        headers: { ...headersOf(item), ...more },
        ca: file.certificateAuthority ?? undefined,
      },
      (reply) => {
        reply.resume();
        reply.on('end', () => resolve(reply.statusCode ?? 0));
      },
    );
    sending.on('error', reject);
    sending.end(item.sealed);
  });
}
