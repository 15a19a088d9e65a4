import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, type EndpointName } from '../../src-shared/contract/api.ts';
import { signOut, signOutEverywhere } from '../../src-shared/contract/session.ts';
import { address, type Endpoint } from '../../src-shared/contract/endpoint.ts';
import { addStaff, addStudent, type TestStaff } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

/** `MEADOWLARK_FUZZ_RUNS` raises it for the long run (R54 asks for 10,000). */
const RUNS = Number(process.env['MEADOWLARK_FUZZ_RUNS'] ?? 30);

let school: TestServer;
let rosa: TestStaff;
let ids: string[];
beforeAll(async () => {
  school = await startTestServer();
  rosa = await addStaff(school, { name: 'Rosa Blake', isKeyUser: true });
  const student = await addStudent(school, { forename: 'Aisha', surname: 'Khan' });
  const category = await school.db.selectFrom('category').select('id').executeTakeFirstOrThrow();
  const group = await school.db.selectFrom('alert_group').select('id').executeTakeFirstOrThrow();
  ids = [rosa.id, student, category.id, group.id, randomUUID()];
});
afterAll(() => school.close());

/** Values that are nearly right: ids that exist, moments, texts with everything in them. */
function likelyValues(): fc.Arbitrary<unknown> {
  const leaf = fc.oneof(
    fc.constantFrom(...ids),
    fc.constantFrom('incident', 'action', 'active', 'closed', 'none', 'usual', 100),
    fc.constantFrom('2026-11-24T08:45:00.000Z', '9999-12-31T23:59:59.999Z', '2026-02-30'),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.emailAddress(),
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
  );
  return fc.oneof(
    leaf,
    fc.array(leaf, { maxLength: 4 }),
    fc.dictionary(fc.string(), leaf, { noNullPrototype: true }),
  );
}

/** Requests with the endpoint's own names of fields, some missing, some strange. */
function requestsFor(endpoint: Endpoint): fc.Arbitrary<Record<string, unknown>> {
  const names = new Set<string>();
  const shapes = JSON.stringify(namesIn(endpoint.request));
  for (const [, name] of shapes.matchAll(/"([A-Za-z]+)"/g)) if (name !== undefined) names.add(name);
  const fields = Object.fromEntries([...names].map((name) => [name, likelyValues()]));
  return fc.record(fields, { requiredKeys: [] });
}

function namesIn(schema: unknown): string[] {
  const { shape, options } = schema as { shape?: object; options?: unknown[] };
  if (shape !== undefined) return Object.keys(shape);
  return (options ?? []).flatMap(namesIn);
}

/** In an address everything is text; a path part that is missing is sent as a word. */
function asSent(endpoint: Endpoint, request: Record<string, unknown>): Record<string, unknown> {
  const inPath = new Set([...endpoint.path.matchAll(/:([A-Za-z]+)/g)].map(([, name]) => name));
  const hasBody = endpoint.method === 'POST' || endpoint.method === 'PUT';
  return Object.fromEntries(
    Object.entries(request).map(([name, value]) => [
      name,
      hasBody && !inPath.has(name) ? value : (JSON.stringify(value) ?? ''),
    ]),
  );
}

describe('R54 whatever is sent, the server answers and goes on', () => {
  test.each(Object.entries(api) as [EndpointName, Endpoint][])(
    '%s never fails on what it is sent',
    async (_name, endpoint) => {
      const ends = endpoint === signOut || endpoint === signOutEverywhere;
      let token = await school.signInAs(rosa);
      await fc.assert(
        fc.asyncProperty(requestsFor(endpoint), async (request) => {
          if (ends) token = await school.signInAs(rosa);
          const { url, body } = address(endpoint, asSent(endpoint, request));
          const reply = await school.raw({
            method: endpoint.method,
            path: url,
            headers: {
              authorization: `Bearer ${token}`,
              ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          });
          expect(reply.status).toBeLessThan(500);
        }),
        { numRuns: RUNS },
      );
    },
    600_000,
  );

  test('afterwards it is well', async () => {
    expect((await school.raw({ path: '/health' })).status).toBe(200);
    expect(school.logLines.filter((line) => line.includes('"error"'))).toEqual([]);
  });
});
