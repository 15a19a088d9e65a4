import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { carry } from './carry.ts';
import { linkTo } from './server-link.ts';
import { json, makeAuthority, startServer } from './test-servers.ts';
import type { Authority } from './test-servers.ts';

const ITEM = {
  id: '01936f00-0000-7000-8000-000000000001',
  computerId: '01936f00-0000-7000-8000-000000000002',
  sealed: Buffer.from('sealed bytes').toString('base64'),
  sealingKeyId: '0123456789abcdef',
  proof: Buffer.alloc(64, 3).toString('base64'),
  isUrgent: true,
};
const RECEIPT = {
  submissionId: ITEM.id,
  sha256: 'a'.repeat(64),
  reference: 'K7QM-2FXD',
  receivedAt: '2026-11-24T08:45:00.000Z',
  alerted: 2,
  signature: Buffer.alloc(64, 4).toString('base64'),
};

let authority: Authority;
const toStop: (() => Promise<void>)[] = [];
beforeAll(async () => {
  authority = await makeAuthority();
});
afterEach(async () => {
  for (const stop of toStop.splice(0)) await stop();
});

/** Carries the item to a server that answers so; with what the server was given. */
async function carryTo(status: number, body: unknown) {
  const seen: Record<string, unknown>[] = [];
  const running = await startServer(await authority.certify(), (request, response) => {
    void request.toArray().then((chunks) => {
      const { method, url, headers } = request;
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      if (typeof body !== 'string') return json(response, status, body);
      response.writeHead(status, { 'Content-Type': 'text/html' });
      response.end(body);
    });
  });
  const link = linkTo({ server: running.address, certificateAuthority: authority.pem });
  toStop.push(async () => {
    link.close();
    await running.stop();
  });
  return { answer: await carry(link, ITEM, () => new Date('2026-11-24T08:44:00.000Z')), seen };
}

test('R82 a receipt of a later server may say more; what the school signed is read', async () => {
  const { answer } = await carryTo(200, { ...RECEIPT, sinceTomorrow: ['x'] });
  expect(answer).toEqual({ ok: true, value: RECEIPT });
});

test('the sealed bytes go as they are, with what stands outside the seal in headers', async () => {
  const { answer, seen } = await carryTo(200, RECEIPT);
  expect(answer).toEqual({ ok: true, value: RECEIPT });
  expect(seen).toMatchObject([
    {
      method: 'POST',
      url: '/v1/submissions',
      body: 'sealed bytes',
      headers: {
        'content-type': 'application/octet-stream',
        'meadowlark-submission': ITEM.id,
        'meadowlark-urgent': '1',
        'meadowlark-sealing-key': ITEM.sealingKeyId,
        'meadowlark-computer': ITEM.computerId,
        'meadowlark-proof': ITEM.proof,
      },
    },
  ]);
  expect(seen[0]?.['headers']).not.toHaveProperty('authorization');
});

describe('R86 what is no receipt for this item does not count', () => {
  test.each([
    ['a captive portal’s page', '<h1>Welcome to the network</h1>'],
    ['a friendly word', { ok: true }],
    ['another item’s receipt', { ...RECEIPT, submissionId: ITEM.computerId }],
    ['a receipt with something less', { ...RECEIPT, alerted: undefined, token: 'x' }],
  ])('%s', async (_what, body) => {
    const { answer } = await carryTo(200, body);
    expect(answer).toEqual({ ok: false, code: 'reply-not-understood' });
  });
});

test('what the server refuses is told by its code, with how long to wait', async () => {
  const busy = { code: 'server-busy', correlationId: 'c', waitSeconds: 7 };
  expect((await carryTo(503, busy)).answer).toEqual({
    ok: false,
    code: 'server-busy',
    waitSeconds: 7,
  });
  const differs = { code: 'submission-differs', correlationId: 'c' };
  expect((await carryTo(409, differs)).answer).toEqual({ ok: false, code: 'submission-differs' });
});
