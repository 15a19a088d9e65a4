/** The least that a server of the school can be: it listens with the school's certificate. */
import { createServer } from 'node:https';
import { readKeys } from '../../server/certificate/folder.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('which school?');
const { server } = readKeys(folder);
createServer({ cert: server.certificate, key: server.key }, (_, reply) => reply.end()).listen(
  0,
  '127.0.0.1',
  () => console.log('listening'),
);
