import type { IncomingMessage, ServerResponse } from 'node:http';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { listenForEvents, retryDelay } from './events.ts';
import type { EventPace } from './events.ts';
import { agentFor } from './server-link.ts';
import { json, makeAuthority, startServer } from './test-servers.ts';
import type { Authority, Running } from './test-servers.ts';

const PACE: EventPace = { silenceMs: 150, firstRetryMs: 10, longestRetryMs: 40 };

let school: Authority;
const toStop: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  school = await makeAuthority();
});

afterEach(async () => {
  for (const stop of toStop.splice(0).toReversed()) await stop();
});

async function start(
  answering: (request: IncomingMessage, response: ServerResponse) => void,
  authority: Authority = school,
): Promise<Running> {
  const running = await startServer(await authority.certify(), answering);
  toStop.push(() => running.stop());
  return running;
}

function begin(response: ServerResponse): ServerResponse {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.write(': beat\n\n');
  return response;
}

/** Listens, writes down what is told, and lets a test wait for the first `count` lines of it. */
function listen(server: string): {
  until: (line: string) => Promise<string[]>;
  told: string[];
  close: () => void;
} {
  const told: string[] = [];
  const waiting: { line: string; resolve: (told: string[]) => void }[] = [];
  const tell = (line: string): void => {
    // Beats come in any number: what counts is that the server was heard again.
    if (line !== 'heard' || told.at(-1) !== 'heard') told.push(line);
    for (const each of waiting) if (each.line === line) each.resolve([...told]);
  };
  const agent = agentFor({ certificateAuthority: school.pem });
  const stream = listenForEvents(
    { agent, server },
    'TOKEN',
    {
      heard: () => tell('heard'),
      lost: (why) => tell(why),
      changed: () => tell('changed'),
      ended: () => tell('ended'),
    },
    () => 0,
    PACE,
  );
  toStop.push(() => {
    stream.close();
    agent.destroy();
  });
  return {
    told,
    close: () => stream.close(),
    until: (line) =>
      told.includes(line)
        ? Promise.resolve([...told])
        : new Promise((resolve) => waiting.push({ line, resolve })),
  };
}

test('the stream is asked for with the token, and its events are told', async () => {
  let seen: unknown;
  const { address } = await start((request, response) => {
    seen = [request.method, request.url, request.headers.authorization];
    begin(response).write('event: changed\ndata: \n\n');
  });
  const told = await listen(address).until('changed');
  expect({ told, seen }).toEqual({
    told: ['heard', 'changed'],
    seen: ['GET', '/v1/events', 'Bearer TOKEN'],
  });
});

test('R33 the end of the session is told once, and nobody connects again', async () => {
  let connections = 0;
  const { address } = await start((_request, response) => {
    connections += 1;
    begin(response).end('event: ended\ndata: \n\n');
  });
  const listening = listen(address);
  await listening.until('ended');
  // Longer than the longest wait before a new try.
  await new Promise((resolve) => setTimeout(resolve, PACE.longestRetryMs * 3));
  expect({ told: listening.told, connections }).toEqual({
    told: ['heard', 'ended'],
    connections: 1,
  });
});

test('R33 a token that the server does not know any more ends the session', async () => {
  const { address } = await start((_request, response) =>
    json(response, 401, { code: 'session-ended', correlationId: 'c' }),
  );
  expect(await listen(address).until('ended')).toEqual(['ended']);
});

describe('R86 a loss is noticed, and made good', () => {
  test('silence is a loss; after the gap everything is asked for again', async () => {
    let connections = 0;
    const { address } = await start((_request, response) => {
      connections += 1;
      begin(response);
    });
    const told = await listen(address).until('changed');
    expect({ told, connections }).toEqual({
      told: ['heard', 'server-unreachable', 'heard', 'changed'],
      connections: 2,
    });
  });

  test('a server that accepts and says nothing is silent too', async () => {
    const { address } = await start(() => undefined);
    expect(await listen(address).until('server-unreachable')).toEqual(['server-unreachable']);
  });

  test('a broken stream is begun again', async () => {
    let connections = 0;
    const { address } = await start((_request, response) => {
      connections += 1;
      begin(response);
      if (connections < 3) response.destroy();
    });
    const told = await listen(address).until('changed');
    expect(told.slice(-2)).toEqual(['heard', 'changed']);
    expect(connections).toBe(3);
  });

  test('a sign-in page in place of the stream is a loss', async () => {
    const { address } = await start((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end('event: changed\n\n');
    });
    expect(await listen(address).until('server-unreachable')).toEqual(['server-unreachable']);
  });
});

test('R57 a server of another authority gets no byte, and is named as such', async () => {
  const running = await start(
    (_request, response) => void begin(response),
    await makeAuthority('CN=Somebody else'),
  );
  const told = await listen(running.address).until('server-not-trusted');
  expect({ told, bytes: running.applicationBytes() }).toEqual({
    told: ['server-not-trusted'],
    bytes: 0,
  });
});

test('a closed stream ends its connection and tells nothing more', async () => {
  let closed: () => void;
  const isClosed = new Promise<void>((resolve) => (closed = resolve));
  const { address } = await start((_request, response) => {
    begin(response);
    response.on('close', () => closed());
  });
  const listening = listen(address);
  await listening.until('heard');
  listening.close();
  await isClosed;
  expect(listening.told).toEqual(['heard']);
});

test('tries again ever more slowly, within limits, and not all computers at once', () => {
  fc.assert(
    fc.property(
      fc.nat(1_000),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, chance) => {
        const delay = retryDelay(attempt, PACE, () => chance);
        const least = retryDelay(attempt, PACE, () => 0);
        expect(delay).toBeGreaterThanOrEqual(PACE.firstRetryMs / 2);
        expect(delay).toBeLessThanOrEqual(PACE.longestRetryMs);
        expect(retryDelay(attempt + 1, PACE, () => chance)).toBeGreaterThanOrEqual(delay);
        expect(delay - least).toBeCloseTo(least * chance);
      },
    ),
  );
});
