import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, type EndpointName } from '../../src-shared/contract/api.ts';
import type { Endpoint } from '../../src-shared/contract/endpoint.ts';
import { ErrorReply } from '../../src-shared/contract/errors.ts';
import { allRoutes } from '../routes.ts';
import { addStaff } from '../testing/people.ts';
import { type RawReply, startTestServer, type TestServer } from '../testing/server.ts';

let school: TestServer;
let token: string;
beforeAll(async () => {
  school = await startTestServer();
  token = await school.signInAs(await addStaff(school, { name: 'Rosa Blake', isKeyUser: true }));
});
afterAll(() => school.close());

const endpoints = Object.entries(api) as [EndpointName, Endpoint][];
const withBody = endpoints.filter(([, { method }]) => method === 'POST' || method === 'PUT');
const withoutBody = endpoints.filter(([, { method }]) => method === 'GET' || method === 'DELETE');
const filled = (path: string) => path.replace(/:[A-Za-z]+/g, () => randomUUID());

async function ask(
  endpoint: Endpoint,
  rest: { body?: string | Uint8Array; contentType?: string; query?: string; method?: string },
): Promise<RawReply> {
  return await school.raw({
    method: rest.method ?? endpoint.method,
    path: filled(endpoint.path) + (rest.query ?? ''),
    headers: {
      authorization: `Bearer ${token}`,
      ...(rest.body === undefined
        ? {}
        : { 'content-type': rest.contentType ?? 'application/json' }),
    },
    ...(rest.body === undefined ? {} : { body: rest.body }),
  });
}

/** Status and code of an answer that has the one form of errors, and nothing else in it. */
function refusal(reply: RawReply): string {
  const error = ErrorReply.parse(JSON.parse(reply.text));
  return `${reply.status} ${error.code}`;
}

const sortedMethods = (allow: unknown) => String(allow).split(', ').toSorted();
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const MALFORMED: readonly [string, string | Uint8Array, string?][] = [
  ['no JSON at all', 'hello'],
  ['JSON that breaks off', '{"a":'],
  ['a list', '[]'],
  ['a text', '"hello"'],
  ['null', 'null'],
  ['a field that nobody knows', '{"surprise":true}'],
  ['fields of the wrong kind', '{"email":[],"id":{},"kind":7,"password":null,"textSize":"big"}'],
  ['a prototype', '{"__proto__":{"isAdmin":true}}'],
  ['a constructor', '{"constructor":{"prototype":{"isAdmin":true}}}'],
  ['nesting beyond 20 levels', nested(21)],
  ['nesting without end', nested(20_000)],
  ['bytes that are no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ['XML', '<a/>', 'application/xml'],
  ['a form', 'email=a', 'application/x-www-form-urlencoded'],
  ['a type that is no type', '{}', 'nonsense'],
];

describe('R53, R54 what cannot be read is refused in one form, and never as a fault of ours', () => {
  describe.each(withBody)('%s', (_name, endpoint) => {
    test.each(MALFORMED)('%s', async (_what, body, contentType) => {
      const reply = await ask(endpoint, { body, ...(contentType ? { contentType } : {}) });
      expect(refusal(reply)).toBe('400 bad-request');
    });
    test('more than 256 KiB', async () => {
      const reply = await ask(endpoint, { body: `{"a":"${'x'.repeat(256 * 1024)}"}` });
      expect(refusal(reply)).toBe('413 too-large');
    });
  });

  describe.each(withoutBody)('%s', (_name, endpoint) => {
    test.each([
      '?surprise=1',
      '?surprise',
      '?__proto__=1',
      '?__proto__[isAdmin]=1',
      '?constructor=1',
      '?a=1&a=2',
      '?%00=%00',
      '?after=%ff',
      '?after=not-an-id&before=yesterday',
      `?after=${'x'.repeat(2_000)}`,
    ])('%s', async (query) => {
      expect(refusal(await ask(endpoint, { query }))).toBe('400 bad-request');
    });
  });

  test.each(['/v1/incidents/%zz?openingId=1', '/v1/incidents/%', '/v1/alerts/%c3%28/read', '/%ff'])(
    'an address that cannot be decoded: %s',
    async (path) => {
      const reply = await school.raw({ path, headers: { authorization: `Bearer ${token}` } });
      expect(refusal(reply)).toMatch(/^(400 bad-request|404 not-found|405 method-not-allowed)$/);
    },
  );

  test('a very long part of an address', async () => {
    const path = `/v1/incidents/${'x'.repeat(5_000)}`;
    const reply = await school.raw({ path, headers: { authorization: `Bearer ${token}` } });
    expect(refusal(reply)).toMatch(/^(400 bad-request|404 not-found)$/);
  });

  test('a body that speaks of another record than its address', async () => {
    const reply = await ask(api.markAlertRead, { body: JSON.stringify({ alertId: randomUUID() }) });
    expect(refusal(reply)).toBe('400 bad-request');
  });
});

describe('R43, R55 the way in', () => {
  test('every endpoint of the contract has exactly one route', () => {
    const routes = allRoutes(school.house, school.tools).map((route) => route.endpoint);
    expect(routes.map(String).length).toBe(endpoints.length);
    expect(new Set<Endpoint>(routes)).toEqual(new Set(endpoints.map(([, endpoint]) => endpoint)));
  });

  test.each(endpoints.filter(([, { access }]) => access === 'signed-in'))(
    '%s asks for a session before it reads anything',
    async (_name, endpoint) => {
      const reply = await school.raw({ method: endpoint.method, path: filled(endpoint.path) });
      expect(refusal(reply)).toBe('401 session-ended');
    },
  );

  test.each(endpoints)('%s refuses methods that it does not have', async (_name, endpoint) => {
    const paths = endpoints.map(([, { path, method }]) => `${path} ${method}`);
    const others = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'];
    for (const method of others.filter((other) => !paths.includes(`${endpoint.path} ${other}`))) {
      // A word in the place of an id may be another path of its own.
      const reply = await ask(endpoint, { method });
      expect([method, refusal(reply)]).toEqual([method, '405 method-not-allowed']);
      expect(String(reply.headers['allow']).split(', ')).toContain(endpoint.method);
    }
  });

  test.each([
    ['/v1/events', 'GET'],
    ['/v1/submissions', 'POST'],
    ['/health', 'GET'],
    ['/open', 'GET, HEAD'],
    ['/set-password', 'POST'],
    ['/set-password/nobody', 'GET, HEAD, POST'],
    ['/password-set', 'GET'],
    ['/web/style.css', 'GET'],
  ])('so does %s, which is no endpoint of the contract', async (path, allowed) => {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
      if (allowed.includes(method)) continue;
      const reply = await school.raw({
        method,
        path: `${path}?surprise=1`,
        headers: { 'content-type': 'nonsense' },
        body: ['POST', 'PUT', 'PATCH'].includes(method) ? 'x' : '',
      });
      expect([method, refusal(reply)]).toEqual([method, '405 method-not-allowed']);
      const { headers } = reply;
      expect([method, sortedMethods(headers['allow'])]).toEqual([method, sortedMethods(allowed)]);
    }
  });

  test('R47 a wrong method is refused alike whether there is such a record or not', async () => {
    const asked = { path: `/v1/incidents/${randomUUID()}`, method: 'DELETE' };
    const [nobody, rosa] = [
      await school.raw(asked),
      await school.raw({ ...asked, headers: { authorization: `Bearer ${token}` } }),
    ];
    expect([refusal(nobody), refusal(rosa)]).toEqual(Array(2).fill('405 method-not-allowed'));
  });

  test('a method that nobody has is refused where there is nothing too, and tells of nothing', async () => {
    const reply = await school.raw({ method: 'PROPFIND', path: '/v1/nothing' });
    expect([refusal(reply), reply.headers['allow']]).toEqual(['405 method-not-allowed', undefined]);
  });

  test.each(['/', '/v1', '/v1/nothing', '/v1/session/', '//v1/session', '/admin', '/v1/../etc'])(
    'an unknown address %s is answered like everything that does not exist',
    async (path) => {
      expect(refusal(await school.raw({ path }))).toBe('404 not-found');
    },
  );

  test('health is answered to anyone, and says nothing but that', async () => {
    const reply = await school.raw({ path: '/health' });
    expect([reply.status, reply.text]).toEqual([200, '{"ok":true}']);
  });
});

describe('R56 what every answer carries', () => {
  test.each([
    '/health',
    '/v1/session',
    '/v1/nothing',
    '/open',
    '/set-password/x',
    '/web/style.css',
  ])('%s', async (path) => {
    const { headers } = await school.raw({ path });
    expect(headers).toMatchObject({
      'strict-transport-security': expect.stringMatching(/^max-age=(3[2-9]|[4-9]\d)\d{6}/),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(Object.keys(headers)).not.toContain('server');
    expect(Object.keys(headers)).not.toContain('x-powered-by');
  });

  test('nothing that needs a session may be stored on the way', async () => {
    const reply = await school.raw({
      path: '/v1/session',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  test('a fault of the program tells the client nothing but where to find it in the log', async () => {
    const broken = await startTestServer();
    await broken.db.schema.dropTable('password').execute();
    const { text, status } = await broken.raw({
      method: 'POST',
      path: '/v1/session',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        email: 'rosa@larkfield.example',
        password: 'copper hammer otter',
        computer: { id: randomUUID(), name: 'Room 4' },
      }),
    });
    const error = ErrorReply.parse(JSON.parse(text));
    const line = broken.logLines.find((entry) => entry.includes('a request failed')) ?? '';
    await broken.close();
    expect([status, error.code]).toEqual([500, 'server-failed']);
    expect(JSON.parse(line)).toMatchObject({ correlationId: error.correlationId });
    expect(line).not.toMatch(/otter|rosa|no such table/);
  });
});
