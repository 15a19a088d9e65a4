/**
 * The least that a server of the school can be: it listens with the school's certificate. With a
 * database as its second argument it also commits whatever is posted to it, and answers then.
 */
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { readKeys } from '../../server/certificate/folder.ts';

const [, , folder, database] = process.argv;
if (folder === undefined) throw new Error('which school?');
const { server } = readKeys(folder);
const options: ServerOptions = { cert: server.certificate, key: server.key };
const commit = database === undefined ? null : await committerTo(database);
const listening = createServer(options, (asked, reply) => {
  if (commit === null) reply.end();
  else void buffer(asked).then((body) => reply.end(commit(body)));
}).listen(0, '127.0.0.1', () => console.log((listening.address() as AddressInfo).port));

/** One commit each, at synchronous=FULL; answers with what says that it is there. */
async function committerTo(file: string): Promise<(body: Uint8Array) => string> {
  const { bareStore } = await import('./bare-store.ts');
  const store = bareStore(file);
  return (body) => JSON.stringify({ number: store.add(body) });
}
