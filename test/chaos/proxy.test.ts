/** The faults are what they are called, over TLS, as client and server meet them. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { linkTo } from '../../src-main/link/server-link.ts';
import {
  json,
  makeAuthority,
  startServer,
  type Authority,
  type Running,
} from '../../src-main/link/test-servers.ts';
import { FAULTS, Proxy, type FaultShares } from './proxy.ts';
import { seeded } from './random.ts';

const BODY = Buffer.alloc(60_000, 7);
const TYPE = { 'Content-Type': 'application/octet-stream' };

let authority: Authority;
let server: Running;
let proxy: Proxy;
/** The lengths of the bodies that arrived whole, each before it was answered. */
let arrived: number[];
let begun: number;

beforeAll(async () => {
  authority = await makeAuthority();
  server = await startServer(await authority.certify(), (request, response) => {
    begun += 1;
    let length = 0;
    request.on('error', () => undefined);
    request.on('data', (bytes: Buffer) => (length += bytes.length));
    request.on('end', () => {
      arrived.push(length);
      json(response, 200, { length });
    });
  });
});
beforeEach(() => {
  arrived = [];
  begun = 0;
});
afterEach(() => proxy.close());
afterAll(() => server.stop());

async function through(faults: FaultShares) {
  const serverPort = Number(new URL(server.address).port);
  proxy = await Proxy.start({ serverPort }, seeded(1), faults);
  const address = {
    server: `https://127.0.0.1:${proxy.port}`,
    certificateAuthority: authority.pem,
  };
  return linkTo(address, { totalMs: 2_000, largestBytes: 1_000_000 });
}
const CLOSED = { ok: false, code: 'server-unreachable' };

test.each([
  ['refused', [], CLOSED],
  ['reset before forwarding', [], CLOSED],
  ['half a request', [], CLOSED],
  ['stalled', [], CLOSED],
  ['reset after forwarding', [BODY.length], CLOSED],
  ['reply dropped', [BODY.length], CLOSED],
  ['slow', [BODY.length], { ok: true, value: { length: BODY.length } }],
  ['sliced', [BODY.length], { ok: true, value: { length: BODY.length } }],
] as const)('R74 %s: the server has %j of it', async (name, whole, answer) => {
  const link = await through({ [name]: 100 });
  proxy.hurt();
  expect(await link.post('/v1/submissions', BODY, TYPE)).toEqual(answer);
  await expect.poll(() => arrived).toEqual(whole);
  expect(proxy.counts).toEqual({ attempts: 1, faulted: 1, by: { [name]: 1 } });
  // Healed, the same client comes through.
  proxy.heal();
  expect(await link.post('/v1/submissions', BODY, TYPE)).toMatchObject({ ok: true });
  expect(proxy.counts).toMatchObject({ attempts: 2, faulted: 1 });
  link.close();
});

test('half a request is begun at the server, and never whole', async () => {
  const link = await through({ 'half a request': 100 });
  proxy.hurt();
  // The head fits into the first half of what is sent at once.
  await link.post('/v1/submissions', BODY, TYPE);
  await expect.poll(() => begun).toBe(1);
  expect(arrived).toEqual([]);
  link.close();
});

test('each request over a connection that is kept open is an attempt of its own', async () => {
  const link = await through(FAULTS);
  for (let time = 0; time < 5; time += 1) await link.post('/v1/submissions', BODY, TYPE);
  expect(proxy.counts).toEqual({ attempts: 5, faulted: 0, by: {} });
  link.close();
});

test('R74 more than half of all attempts are hurt, and every fault happens', async () => {
  const link = await through({ ...FAULTS, stalled: 0 });
  proxy.hurt();
  for (let time = 0; time < 100; time += 1) {
    await link.post('/v1/submissions', BODY.subarray(0, 900), TYPE);
  }
  const { attempts, faulted, by } = proxy.counts;
  expect(faulted / attempts).toBeGreaterThan(0.5);
  expect(Object.keys(by).length).toBe(Object.keys(FAULTS).length - 1);
  link.close();
});
