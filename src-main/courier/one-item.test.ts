/** R84: an item that stalls, and one that breaks each connection, never keep the others waiting. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request as ask, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readKeys } from '../../server/certificate/folder.ts';
import { addStaff, addStudent } from '../../server/testing/people.ts';
import { startTestServer, type TestServer } from '../../server/testing/server.ts';
import { Desk } from '../../test/chaos/desk.ts';

let server: TestServer;
let folder: string;
let desk: Desk | null;
let between: Server;
/** What is done to a carried item, by its id. */
const faults = new Map<string, 'stalls' | 'breaks'>();
/** How often each of them was tried. */
let tried: Map<string, number>;

beforeEach(async () => {
  server = await startTestServer();
  folder = mkdtempSync(join(tmpdir(), 'meadowlark-one-item-'));
  desk = null;
  faults.clear();
  tried = new Map();
  between = await startBetween();
});
afterEach(async () => {
  await desk?.school.close();
  between.closeAllConnections();
  between.close();
  await once(between, 'close');
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Something before the server that ends TLS with its certificate, as a broken firewall might. */
async function startBetween(): Promise<Server> {
  const { certificate: cert, key } = readKeys(server.folder).server;
  const made = createServer({ cert, key }, (request, response) => {
    const id = String(request.headers['meadowlark-submission']);
    const fault = faults.get(id);
    if (fault !== undefined) {
      tried.set(id, (tried.get(id) ?? 0) + 1);
      if (fault === 'breaks') request.socket.destroy();
      return;
    }
    const { method, url, headers } = request;
    const { agent } = server;
    const port = server.settings.listen.port;
    const on = ask({ hostname: 'localhost', port, agent, method, path: url, headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    on.on('error', () => response.destroy());
    request.pipe(on);
  });
  made.on('tlsClientError', () => undefined);
  made.listen(0, '127.0.0.1');
  await once(made, 'listening');
  return made;
}

async function arrived(): Promise<string[]> {
  const rows = await server.db.selectFrom('incident').select('id').execute();
  return rows.map(({ id }) => id).toSorted();
}

test.each([
  { kinds: ['stalls', 'breaks'] as const },
  { kinds: ['stalls', 'stalls', 'stalls', 'breaks', 'breaks'] as const },
])('$kinds: all the others arrive meanwhile', { timeout: 120_000 }, async ({ kinds }) => {
  const teller = await addStaff(server, { name: 'Morag Teller' });
  await addStaff(server, { name: 'Ines Duarte', isKeyUser: true });
  const studentId = await addStudent(server, { forename: 'Ellie', surname: 'Marsh' });
  const { port } = between.address() as AddressInfo;
  desk = new Desk({ server, folder, port });
  await desk.signIn(teller);
  const ids = await desk.queue(studentId, kinds.length + 20);
  kinds.forEach((kind, index) => faults.set(ids[index] ?? '', kind));
  const others = ids.slice(kinds.length).toSorted();
  await desk.school.courier.wake();
  // One that stalls is given up after 20 seconds: so much for each of the others would be minutes.
  await expect.poll(arrived, { timeout: 40_000, interval: 100 }).toEqual(others);
  expect([...tried.keys()].toSorted()).toEqual(ids.slice(0, kinds.length).toSorted());
  // Whoever breaks connections is tried ever less often, and nobody is told that the server is away.
  expect(Math.max(...tried.values())).toBeLessThan(12);
  faults.clear();
  between.closeAllConnections();
  await desk.school.courier.hurry();
  await desk.drained();
  expect(await arrived()).toEqual(ids.toSorted());
});
