import { once } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { signOut, signOutEverywhere } from '../../src-shared/contract/session.ts';
import { addStaff, type TestStaff } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let school: TestServer;
let rosa: TestStaff;
beforeAll(async () => {
  school = await startTestServer({ heartbeatMs: 20 });
  rosa = await addStaff(school, { name: 'Rosa Blake' });
});
afterAll(() => school.close());
beforeEach(() => school.clock.set('2026-11-24T08:45:00.000Z'));

interface Stream {
  readonly reply: IncomingMessage;
  /** Resolves once this has been received, with everything so far. */
  until(text: string): Promise<string>;
  /** Resolves when the server has ended the stream, with everything that came. */
  readonly ended: Promise<string>;
  close(): void;
}

async function listen(token: string, on = school): Promise<Stream> {
  const asked: ClientRequest = request(`${on.origin}/v1/events`, {
    // A connection of its own, which ends when the server ends it.
    agent: new Agent({ ca: on.agent.options.ca }),
    headers: { authorization: `Bearer ${token}` },
  });
  asked.on('error', () => undefined);
  asked.end();
  const [reply] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  const looks = new Set<() => void>();
  reply.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    for (const look of looks) look();
  });
  reply.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => reply.on('end', () => resolve(text)));
  return {
    reply,
    ended,
    until: (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          if (text.includes(wanted)) resolve(text);
        };
        looks.add(look);
        look();
      }),
    close: () => asked.destroy(),
  };
}

describe('something changed', () => {
  test('is told to the person’s own sessions, without content, between heartbeats', async () => {
    const other = await addStaff(school, { name: 'Ada Okafor' });
    const mine = await listen(await school.signInAs(rosa));
    const others = await listen(await school.signInAs(other));
    school.house.tellChanged([rosa.id]);
    const received = await mine.until('event: changed\ndata: \n\n');
    const beats = await others.until(': beat\n\n: beat\n\n: beat\n\n');
    expect(mine.reply.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(mine.reply.headers['cache-control']).toBe('no-store');
    expect(received.replace(/: beat\n\n/g, '')).toBe('event: changed\ndata: \n\n');
    expect(beats).not.toContain('event:');
    mine.close();
    others.close();
  });

  test('nobody listens without a session', async () => {
    const reply = await school.raw({ path: '/v1/events' });
    expect([reply.status, JSON.parse(reply.text).code]).toEqual([401, 'session-ended']);
  });
});

describe('R33 a stream ends with its session', () => {
  const endings: [string, (token: string) => Promise<unknown>][] = [
    ['signing out', (token) => school.call(signOut, {}, token)],
    ['signing out everywhere', (token) => school.call(signOutEverywhere, {}, token)],
    ['leaving the school', () => setActive(0)],
    ['fifteen minutes without input', async () => school.clock.advance(901)],
  ];
  const setActive = (active: 0 | 1) =>
    school.db.updateTable('staff').set({ is_active: active }).where('id', '=', rosa.id).execute();

  test.each(endings)('by %s', async (_how, end) => {
    await setActive(1);
    const token = await school.signInAs(rosa);
    const stream = await listen(token);
    await end(token);
    expect(await stream.ended).toMatch(/event: ended\ndata: \n\n$/);
    await setActive(1);
  });

  test('another session of the same person goes on', async () => {
    const [here, there] = [await school.signInAs(rosa), await school.signInAs(rosa)];
    const [ending, staying] = [await listen(here), await listen(there)];
    await school.call(signOut, {}, here);
    await ending.ended;
    school.house.tellChanged([rosa.id]);
    expect(await staying.until('event: changed')).not.toContain('ended');
    staying.close();
  });
});

test('R54 a session holds four streams; another one ends its oldest, and nobody else’s', async () => {
  const token = await school.signInAs(rosa);
  const others = await listen(await school.signInAs(rosa));
  const streams: Stream[] = [];
  for (let count = 0; count < 6; count += 1) streams.push(await listen(token));
  const ended = await Promise.all([streams[0]?.ended, streams[1]?.ended]);
  // Not the end of the session: whoever reads it there connects again.
  for (const text of ended) expect(text).not.toContain('ended');
  school.house.tellChanged([rosa.id]);
  for (const stream of [...streams.slice(2), others]) {
    await stream.until('event: changed');
    stream.close();
  }
});

test('a server that stops closes the streams, and does not say that the session is over', async () => {
  const stopping = await startTestServer();
  const person = await addStaff(stopping, { name: 'Rosa Blake' });
  const stream = await listen(await stopping.signInAs(person), stopping);
  await stopping.close();
  expect(await stream.ended).not.toContain('ended');
});
