import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listCategories } from '../../src-shared/contract/category.ts';
import type { SessionView } from '../../src-shared/contract/session.ts';
import { LinkWatch } from '../link/link-watch.ts';
import { linkTo } from '../link/server-link.ts';
import { json, makeAuthority, startServer } from '../link/test-servers.ts';
import type { Authority } from '../link/test-servers.ts';
import { Session } from './session.ts';

const VIEW: SessionView = {
  staff: {
    id: '01936f00-0000-7000-8000-000000000001' as SessionView['staff']['id'],
    name: 'Morag Teller',
    email: 'm.teller@larkfield.example',
    isKeyUser: false,
  },
  school: {
    name: 'Larkfield School',
    timeZone: 'Europe/London',
    safeguardingContact: { name: 'Ines Duarte', number: '01632 960 123' },
    support: { email: 'help@larkfield.example', link: null },
    userGuide: [],
    frequentQuestions: [],
    sentences: { aboutAdults: 'Tell the head.', familyWords: null },
    showsOpenedByTeam: true,
    escrow: true,
  },
  preferences: { textSize: 100, spacing: 'usual', tint: 'none' },
  serverTime: '2026-11-24T08:45:00.000Z',
  endsAt: '2026-11-24T09:00:00.000Z',
};
const COMPUTER = { id: '01936f00-0000-7000-8000-000000000002', name: 'ROOM-12' };
const LATER = '2026-11-24T09:10:00.000Z';

let authority: Authority;
const toStop: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  authority = await makeAuthority();
});

afterEach(async () => {
  for (const stop of toStop.splice(0).toReversed()) await stop();
});

/** A server that knows one password and remembers what it was asked; `live` are its sessions' tokens. */
interface Desk {
  readonly session: Session;
  readonly asked: string[];
  readonly live: Set<string>;
  readonly told: string[];
  readonly streams: Map<string, ServerResponse>;
  /** Resolves when the server was asked a line. */
  until(line: string): Promise<void>;
  /** Resolves when the page was told something. */
  untilTold(what: string): Promise<void>;
  pass(milliseconds: number): void;
  /** What waits for its time, and is not run by itself. */
  readonly timers: Set<{ readonly milliseconds: number; readonly run: () => void }>;
  /** The bodies of the renewals. */
  readonly renewals: string[];
  /** Lets the server wait with its answer to a line, until the returned function is called. */
  hold(line: string): () => void;
}

async function open(): Promise<Desk> {
  const asked: string[] = [];
  const told: string[] = [];
  const timers: Desk['timers'] = new Set();
  const renewals: string[] = [];
  const live = new Set<string>();
  const streams = new Map<string, ServerResponse>();
  const waiting: { list: string[]; line: string; resolve: () => void }[] = [];
  let clock = 1_000_000;
  let signIns = 0;
  const held = new Map<string, Promise<void>>();

  const note = (list: string[], line: string): void => {
    list.push(line);
    for (const each of waiting) if (each.list === list && each.line === line) each.resolve();
  };
  const until = (list: string[], line: string): Promise<void> =>
    list.includes(line)
      ? Promise.resolve()
      : new Promise((resolve) => waiting.push({ list, line, resolve }));

  const answering = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const line = `${request.method} ${request.url}`;
    const body = Buffer.concat(await request.toArray()).toString();
    if (line === 'POST /v1/session') {
      const { password } = JSON.parse(body) as { password: string };
      note(asked, line);
      if (password !== 'right') {
        json(response, 401, { code: 'sign-in-refused', correlationId: 'c' });
        return;
      }
      signIns += 1;
      const made = `${signIns}`.padStart(43, 't');
      live.add(made);
      json(response, 200, { token: made, session: VIEW });
      return;
    }
    if (held.has(line)) {
      note(asked, `asked ${line}`);
      await held.get(line);
    }
    const isLive = live.has(token);
    if (line === 'DELETE /v1/session') live.delete(token);
    if (line === 'DELETE /v1/sessions') live.clear();
    if (line === 'GET /v1/events' && isLive) {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(': beat\n\n');
      streams.set(token, response);
    } else if (!isLive) json(response, 401, { code: 'session-ended', correlationId: 'c' });
    else if (line === 'POST /v1/session/input') {
      renewals.push(body);
      json(response, 200, { endsAt: LATER });
    } else if (line === 'GET /v1/session') json(response, 200, { ...VIEW, serverTime: LATER });
    else if (line === 'GET /v1/categories') json(response, 200, { categories: [] });
    else if (line === 'DELETE /v1/sessions') json(response, 200, { ended: 2 });
    else json(response, 200, {});
    note(asked, `${line} ${token.slice(-1)}`);
  };

  const running = await startServer(await authority.certify(), (request, response) => {
    void answering(request, response);
  });
  const link = linkTo({ server: running.address, certificateAuthority: authority.pem });
  const watch = new LinkWatch(
    () => link.reach(),
    () => undefined,
  );
  const session = new Session({
    link,
    watch,
    computer: COMPUTER,
    clock: () => clock,
    tellChanged: () => note(told, 'changed'),
    tellEnded: () => note(told, 'ended'),
    after: (milliseconds, run) => {
      const timer = { milliseconds, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  });
  toStop.push(async () => {
    session.close();
    watch.close();
    link.close();
    await running.stop();
  });
  return {
    session,
    asked,
    live,
    told,
    streams,
    timers,
    renewals,
    until: (line) => until(asked, line),
    untilTold: (what) => until(told, what),
    pass: (milliseconds) => {
      clock += milliseconds;
    },
    hold(line) {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(line, promise);
      return resolve;
    },
  };
}

let desk: Desk;
beforeEach(async () => {
  desk = await open();
});

const ENDED = { ok: false, code: 'session-ended' };

describe('signing in', () => {
  test('gives the page everything but the token (R15), and opens the stream', async () => {
    const answer = await desk.session.signIn('m.teller@larkfield.example', 'right');
    await desk.until('GET /v1/events 1');
    expect({ answer, view: desk.session.view }).toEqual({
      answer: { ok: true, value: VIEW },
      view: VIEW,
    });
    expect(JSON.stringify([answer, desk.session.view])).not.toContain('tttt');
  });

  test('with a wrong password leaves nobody signed in', async () => {
    const answer = await desk.session.signIn('m.teller@larkfield.example', 'wrong');
    expect([answer, desk.session.view, await desk.session.carry(listCategories, {})]).toEqual([
      { ok: false, code: 'sign-in-refused' },
      null,
      ENDED,
    ]);
    expect(desk.asked).toEqual(['POST /v1/session']);
  });

  test('with a wrong password leaves the one who is signed in where they were', async () => {
    await desk.session.signIn('m.teller@larkfield.example', 'right');
    await desk.session.signIn('m.teller@larkfield.example', 'wrong');
    expect(desk.session.view).toEqual(VIEW);
  });

  test('R35 again ends the earlier session on this computer', async () => {
    await desk.session.signIn('m.teller@larkfield.example', 'right');
    await desk.session.signIn('m.teller@larkfield.example', 'right');
    await desk.until('DELETE /v1/session 1');
    expect([...desk.live]).toEqual(['2'.padStart(43, 't')]);
  });
});

describe('signing out', () => {
  test('ends the session at the server, and the stream', async () => {
    await desk.session.signIn('m.teller@larkfield.example', 'right');
    await desk.until('GET /v1/events 1');
    const closed = new Promise<void>((resolve) => {
      desk.streams
        .values()
        .next()
        .value?.on('close', () => resolve());
    });
    desk.session.signOut();
    await closed;
    await desk.until('DELETE /v1/session 1');
    expect([desk.live.size, desk.session.view, desk.told]).toEqual([0, null, []]);
  });

  test('is not kept waiting by a server that does not answer', async () => {
    await desk.session.signIn('m.teller@larkfield.example', 'right');
    const answerNow = desk.hold('DELETE /v1/session');
    desk.session.signOut();
    expect([desk.session.view, desk.live.size]).toEqual([null, 1]);
    answerNow();
    await desk.until('DELETE /v1/session 1');
    expect(desk.live.size).toBe(0);
  }, 5_000);

  test('everywhere ends all of the person’s sessions', async () => {
    await desk.session.signIn('m.teller@larkfield.example', 'right');
    desk.live.add('another computer');
    expect(await desk.session.signOutEverywhere()).toEqual({ ok: true, value: {} });
    expect([desk.live.size, desk.session.view]).toEqual([0, null]);
  });
});

describe('R34 real input renews the session', () => {
  test('and the last one before a pause is told too, with how long ago it was', async () => {
    await desk.session.signIn('m.teller@larkfield.example', 'right');
    desk.pass(40_000);
    await desk.session.noteInput();
    desk.pass(20_000);
    const [timer] = desk.timers;
    timer?.run();
    await desk.until('POST /v1/session/input 1');
    expect([timer?.milliseconds, desk.renewals]).toEqual([20_000, ['{"inputAgoMs":20000}']]);
  });

  test('at most once a minute, however much is typed', async () => {
    await desk.session.signIn('m.teller@larkfield.example', 'right');
    for (let key = 0; key < 200; key += 1) {
      desk.pass(999);
      await desk.session.noteInput();
    }
    const renewals = desk.asked.filter((line) => line === 'POST /v1/session/input 1');
    expect([renewals.length, desk.session.view?.endsAt]).toEqual([3, LATER]);
  });

  test('and nothing else does: not reading, not a reload', async () => {
    await desk.session.signIn('m.teller@larkfield.example', 'right');
    desk.pass(600_000);
    await desk.session.carry(listCategories, {});
    await desk.session.read();
    expect(desk.asked).not.toContain('POST /v1/session/input 1');
  });
});

describe('the end of a session', () => {
  test('takes back what was to be told of the last input', async () => {
    await desk.session.signIn('m.teller@larkfield.example', 'right');
    desk.pass(30_000);
    await desk.session.noteInput();
    const before = desk.timers.size;
    desk.session.signOut();
    expect([before, desk.timers.size]).toEqual([1, 0]);
  });

  test('that any ask finds out is told once; the page asks for the password, and goes on', async () => {
    await desk.session.signIn('m.teller@larkfield.example', 'right');
    desk.live.clear();
    const answers = await Promise.all([
      desk.session.carry(listCategories, {}),
      desk.session.carry(listCategories, {}),
      desk.session.carry(listCategories, {}),
    ]);
    expect({ answers, told: desk.told, view: desk.session.view }).toEqual({
      answers: [ENDED, ENDED, ENDED],
      told: ['ended'],
      view: null,
    });
    await desk.session.signIn('m.teller@larkfield.example', 'right');
    expect(await desk.session.carry(listCategories, {})).toEqual({
      ok: true,
      value: { categories: [] },
    });
  });

  test('that the stream tells is passed on without asking', async () => {
    await desk.session.signIn('m.teller@larkfield.example', 'right');
    await desk.until('GET /v1/events 1');
    desk.streams.values().next().value?.write('event: ended\ndata: \n\n');
    await desk.untilTold('ended');
    expect([desk.told, desk.session.view]).toEqual([['ended'], null]);
  });

  test('of an earlier session does not end the present one', async () => {
    await desk.session.signIn('m.teller@larkfield.example', 'right');
    const answerNow = desk.hold('GET /v1/categories');
    const slow = desk.session.carry(listCategories, {});
    await desk.until('asked GET /v1/categories');
    await desk.session.signIn('m.teller@larkfield.example', 'right');
    await desk.until('DELETE /v1/session 1');
    answerNow();
    expect(await slow).toEqual(ENDED);
    expect([desk.told, desk.session.view]).toEqual([[], VIEW]);
  });
});

test('a change that the server tells of is passed on to the page', async () => {
  await desk.session.signIn('m.teller@larkfield.example', 'right');
  await desk.until('GET /v1/events 1');
  desk.streams.values().next().value?.write('event: changed\ndata: \n\n');
  await desk.untilTold('changed');
  expect(desk.told).toEqual(['changed']);
});

test('S24 a page that starts anew is told the server’s time of now', async () => {
  await desk.session.signIn('m.teller@larkfield.example', 'right');
  desk.pass(90_000);
  expect(desk.session.view?.serverTime).toBe('2026-11-24T08:46:30.000Z');
  expect(await desk.session.read()).toEqual({ ok: true, value: { ...VIEW, serverTime: LATER } });
});
