import { createServer as createPlainServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { ServerOptions } from 'node:https';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { endpoint } from '../../src-shared/contract/endpoint.ts';
import { linkTo } from './server-link.ts';
import type { LinkLimits, ServerLink } from './server-link.ts';
import { json, makeAuthority, startServer } from './test-servers.ts';
import type { Authority, Running } from './test-servers.ts';

const readThing = endpoint({
  method: 'GET',
  path: '/v1/things/:thing',
  access: 'signed-in',
  request: z.strictObject({ thing: z.string(), colour: z.string().optional() }),
  reply: z.strictObject({ size: z.int() }),
});
const readBox = endpoint({
  method: 'GET',
  path: '/v1/box',
  access: 'signed-in',
  request: z.strictObject({}),
  reply: z.strictObject({
    things: z.array(
      z.discriminatedUnion('is', [
        z.strictObject({ is: z.literal('big'), size: z.int() }),
        z.strictObject({ is: z.literal('small') }),
      ]),
    ),
    owner: z.strictObject({ name: z.string() }).nullable(),
  }),
});
const writeThing = endpoint({
  method: 'POST',
  path: '/v1/things/:thing',
  access: 'anyone',
  request: z.strictObject({ thing: z.string(), text: z.string() }),
  reply: z.strictObject({ size: z.int() }),
});

let school: Authority;
let stranger: Authority;
const toStop: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  school = await makeAuthority();
  stranger = await makeAuthority('CN=Somebody else');
});

afterEach(async () => {
  for (const stop of toStop.splice(0).toReversed()) await stop();
});

async function start(
  answering: (request: IncomingMessage, response: ServerResponse) => void,
  options?: ServerOptions,
): Promise<Running> {
  const running = await startServer(options ?? (await school.certify()), answering);
  toStop.push(() => running.stop());
  return running;
}

function link(server: string, limits: Partial<LinkLimits> = {}): ServerLink {
  const made = linkTo(
    { server, certificateAuthority: school.pem },
    { totalMs: 5_000, largestBytes: 10_000, ...limits },
  );
  toStop.push(() => made.close());
  return made;
}

describe('a good server', () => {
  test('is asked at the path, with the token in a header and never in the address', async () => {
    const seen: unknown[] = [];
    const { address } = await start((request, response) => {
      seen.push([request.method, request.url, request.headers.authorization]);
      json(response, 200, { size: 3 });
    });
    const answer = await link(address).ask(readThing, { thing: 'a/b', colour: 'red' }, 'TOKEN');
    expect({ answer, seen }).toEqual({
      answer: { ok: true, value: { size: 3 } },
      seen: [['GET', '/v1/things/a%2Fb?colour=red', 'Bearer TOKEN']],
    });
  });

  test('is sent a body, as it was, without a token before signing in', async () => {
    const seen: unknown[] = [];
    const { address } = await start((request, response) => {
      const { headers } = request;
      void request.toArray().then((pieces) => {
        const body = Buffer.concat(pieces).toString();
        seen.push([body, headers['content-type'], headers.authorization]);
        json(response, 200, { size: 3 });
      });
    });
    await link(address).ask(writeThing, { thing: 'a', text: 'Zoë “said”' }, null);
    expect(seen).toEqual([['{"text":"Zoë “said”"}', 'application/json', undefined]]);
  });

  test('refuses with a code of the table, and how long to wait', async () => {
    const { address } = await start((_request, response) =>
      json(response, 429, { code: 'too-many-tries', correlationId: 'c1', waitSeconds: 30 }),
    );
    expect(await link(address).ask(writeThing, { thing: 'a', text: '' }, null)).toEqual({
      ok: false,
      code: 'too-many-tries',
      waitSeconds: 30,
    });
  });
});

describe('R82 a server of a later version', () => {
  const BOX = { things: [{ is: 'big', size: 3 }, { is: 'small' }], owner: { name: 'Zoë' } };

  test('may say more than this client knows, anywhere in a reply; the rest is read', async () => {
    const { address } = await start((_request, response) =>
      json(response, 200, {
        things: [
          { is: 'big', size: 3, colour: 'red', parts: [{ is: 'deep' }] },
          { is: 'small', colour: null },
        ],
        owner: { name: 'Zoë', pronouns: 'she' },
        shelf: { is: 4 },
      }),
    );
    const answer = await link(address).ask(readBox, {}, 'TOKEN');
    expect(answer).toEqual({ ok: true, value: BOX });
  });

  test('may not leave out or change what this client reads, whatever it adds', async () => {
    const replies: unknown[] = [
      { ...BOX, owner: undefined, shelf: 4 },
      { ...BOX, things: [{ is: 'huge' }], shelf: 4 },
      { ...BOX, things: [{ is: 'big', size: '3', colour: 'red' }] },
    ];
    for (const reply of replies) {
      const { address } = await start((_request, response) => json(response, 200, reply));
      const answer = await link(address).ask(readBox, {}, 'TOKEN');
      expect(answer).toEqual({ ok: false, code: 'reply-not-understood' });
    }
  });

  test.each([
    [423, 'bad-request'],
    [507, 'server-failed'],
  ])('may refuse (%i) with a code that this client does not know', async (status, code) => {
    const { address } = await start((_request, response) =>
      json(response, status, { code: 'of-tomorrow', correlationId: 'c1', hint: 'x' }),
    );
    const answer = await link(address).ask(writeThing, { thing: 'a', text: '' }, null);
    expect(answer).toEqual({ ok: false, code });
  });
});

describe('R57 a server that cannot prove to be the school’s gets no byte of a request', () => {
  const wrong: [string, () => Promise<ServerOptions>][] = [
    ['of another authority', () => stranger.certify()],
    [
      'that signed itself',
      async () => {
        const alone = await makeAuthority('CN=127.0.0.1');
        return { ...(await alone.certify()), ca: alone.pem };
      },
    ],
    [
      'whose certificate has expired',
      () => school.certify({ notAfter: new Date(Date.now() - 1e6) }),
    ],
    [
      'whose certificate is not valid yet',
      () => school.certify({ notBefore: new Date(Date.now() + 1e6) }),
    ],
    ['with a certificate for another host', () => school.certify({ address: '127.0.0.2' })],
    [
      'that speaks TLS 1.1 only',
      async () => ({
        ...(await school.certify()),
        minVersion: 'TLSv1.1',
        maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      }),
    ],
  ];

  test.each(wrong)('%s', async (_what, options) => {
    let asked = 0;
    const running = await start(
      (_request, response) => {
        asked += 1;
        json(response, 200, { size: 3 });
      },
      await options(),
    );
    const asking = link(running.address);
    const answer = await asking.ask(writeThing, { thing: 'a', text: 'secret' }, 'TOKEN');
    const reached = await asking.reach();
    expect({ answer, reached, asked, bytes: running.applicationBytes() }).toEqual({
      answer: { ok: false, code: 'server-not-trusted' },
      reached: { ok: false, code: 'server-not-trusted' },
      asked: 0,
      bytes: 0,
    });
  });

  test('also where the environment says that certificates need not be checked', async () => {
    // Whoever starts the program from a shared login chooses its environment.
    const name = ['NODE', 'TLS', 'REJECT', 'UNAUTHORIZED'].join('_');
    const running = await start(
      (_request, response) => json(response, 200, { size: 3 }),
      await stranger.certify(),
    );
    const asking = link(running.address);
    process.env[name] = '0';
    const answer = await asking.ask(writeThing, { thing: 'a', text: 'secret' }, 'TOKEN');
    delete process.env[name];
    expect({ answer, bytes: running.applicationBytes() }).toEqual({
      answer: { ok: false, code: 'server-not-trusted' },
      bytes: 0,
    });
  });

  test('while the right one is heard to get some, by the same measure', async () => {
    const running = await start((_request, response) => json(response, 200, { size: 3 }));
    await link(running.address).ask(writeThing, { thing: 'a', text: 'secret' }, null);
    expect(running.applicationBytes()).toBeGreaterThan(100);
  });

  test('that speaks plain HTTP where TLS belongs', async () => {
    let asked = 0;
    const plain = createPlainServer((_request, response) => {
      asked += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    toStop.push(() => void plain.close());
    const { port } = plain.address() as AddressInfo;
    const answer = await link(`https://127.0.0.1:${port}`).ask(readThing, { thing: 'a' }, 'T');
    expect({ answer, asked }).toEqual({
      answer: { ok: false, code: 'server-not-trusted' },
      asked: 0,
    });
  });

  test('and a school with a public certificate trusts no private authority', async () => {
    const { address } = await start((_request, response) => json(response, 200, { size: 3 }));
    const asking = linkTo({ server: address, certificateAuthority: null });
    toStop.push(() => asking.close());
    expect(await asking.reach()).toEqual({ ok: false, code: 'server-not-trusted' });
  });
});

describe('R58 the way leads to the school’s server and nowhere else', () => {
  test('an absolute address in place of a path is refused, and nobody is asked', async () => {
    let asked = 0;
    const answering = (_request: IncomingMessage, response: ServerResponse): void => {
      asked += 1;
      json(response, 200, { size: 3 });
    };
    const own = await start(answering);
    const other = await start(answering);
    const asking = link(own.address);
    const answers = [];
    for (const path of [`${other.address}/v1/x`, `//${new URL(other.address).host}/v1/x`]) {
      const forged = { ...readThing, path: path as '/v1/x' };
      answers.push(await asking.ask(forged, {}, 'TOKEN'));
    }
    expect({ answers, asked }).toEqual({
      answers: [
        { ok: false, code: 'program-fault' },
        { ok: false, code: 'program-fault' },
      ],
      asked: 0,
    });
  });

  test('a redirect is not followed', async () => {
    let asked = 0;
    const other = await start((_request, response) => {
      asked += 1;
      json(response, 200, { size: 3 });
    });
    const { address } = await start((_request, response) => {
      response.writeHead(302, { Location: other.address, 'Content-Type': 'application/json' });
      response.end('{}');
    });
    const answer = await link(address).ask(readThing, { thing: 'a' }, 'TOKEN');
    expect({ answer, asked }).toEqual({
      answer: { ok: false, code: 'reply-not-understood' },
      asked: 0,
    });
  });

  test('a proxy named by the environment is not used', async () => {
    let asked = 0;
    const proxy = createTcpServer((socket) => {
      asked += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    toStop.push(() => void proxy.close());
    const before = process.env['HTTPS_PROXY'];
    process.env['HTTPS_PROXY'] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    toStop.push(() => {
      if (before === undefined) delete process.env['HTTPS_PROXY'];
      else process.env['HTTPS_PROXY'] = before;
    });
    const { address } = await start((_request, response) => json(response, 200, { size: 3 }));
    const answer = await link(address).ask(readThing, { thing: 'a' }, null);
    expect({ answer, asked }).toEqual({ answer: { ok: true, value: { size: 3 } }, asked: 0 });
  });
});

describe('something else that answers is never taken for success', () => {
  const odd: [string, (response: ServerResponse) => void][] = [
    [
      'R86 a network’s sign-in page with status 200',
      (response) => {
        response.writeHead(200, { 'Content-Type': 'text/html' });
        response.end('<h1>Sign in to the Wi-Fi</h1>');
      },
    ],
    [
      'text that is not JSON',
      (response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end('{"size":');
      },
    ],
    ['JSON of another shape', (response) => json(response, 200, { ok: true, token: 'x' })],
    ['a refusal of another shape', (response) => json(response, 500, { error: 'oops' })],
    ['more than is taken', (response) => json(response, 200, { size: 3, pad: 'x'.repeat(20_000) })],
  ];

  test.each(odd)('%s', async (_what, answering) => {
    const { address } = await start((_request, response) => answering(response));
    expect(await link(address).ask(readThing, { thing: 'a' }, 'TOKEN')).toEqual({
      ok: false,
      code: 'reply-not-understood',
    });
  });
});

describe('a server that cannot be reached', () => {
  test('nobody listens', async () => {
    const running = await start(() => undefined);
    await running.stop();
    toStop.pop();
    expect(await link(running.address).ask(readThing, { thing: 'a' }, 'T')).toEqual({
      ok: false,
      code: 'server-unreachable',
    });
  });

  test('its name is not known', async () => {
    expect(await link('https://nowhere.invalid').reach()).toEqual({
      ok: false,
      code: 'server-unreachable',
    });
  });

  test('it takes the request and never answers', async () => {
    const { address } = await start(() => undefined);
    const asking = link(address, { totalMs: 200 });
    expect(await asking.ask(readThing, { thing: 'a' }, 'T')).toEqual({
      ok: false,
      code: 'server-unreachable',
    });
  });

  test('it answers a byte at a time, for longer than is waited', async () => {
    const { address } = await start((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    const asking = link(address, { totalMs: 300 });
    expect(await asking.ask(readThing, { thing: 'a' }, 'T')).toEqual({
      ok: false,
      code: 'server-unreachable',
    });
  });

  test('it breaks off in the middle of its reply', async () => {
    const { address } = await start((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' });
      response.write('{"size":', () => response.destroy());
    });
    expect(await link(address).ask(readThing, { thing: 'a' }, 'T')).toEqual({
      ok: false,
      code: 'server-unreachable',
    });
  });
});

test('a request that is larger than a server takes is not sent', async () => {
  let asked = 0;
  const { address } = await start((_request, response) => {
    asked += 1;
    json(response, 200, { size: 1 });
  });
  const text = 'x'.repeat(20_000);
  expect(await link(address).ask(writeThing, { thing: 'a', text }, null)).toEqual({
    ok: false,
    code: 'too-large',
  });
  expect(asked).toBe(0);
});
