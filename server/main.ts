/** The composition root: what the server is made of, and how it starts and ends. */
import { randomInt } from 'node:crypto';
import { HEARTBEAT_MS } from '../src-shared/contract/event.ts';
import { readKeys, readSealingKeys } from './certificate/folder.ts';
import { computerById } from './computer/rows.ts';
import type { Db } from './db/open.ts';
import { EventHub } from './event/hub.ts';
import { eventRoutes } from './event/routes.ts';
import { openSchool } from './folder.ts';
import { makeHouse } from './house.ts';
import { buildApp, HTTP_LIMITS } from './http/app.ts';
import type { House, Log } from './http/route.ts';
import { MAIL_TIME_LIMITS, makeSender, type MailTimeLimits } from './mail/sending.ts';
import { MailWorker } from './mail/worker.ts';
import { type HashCost, makeHasher, REAL_COST } from './password/hasher.ts';
import { makeLater } from './password/later.ts';
import type { PasswordTools } from './password/reset.ts';
import { makeStrength } from './password/strength.ts';
import { allRoutes } from './routes.ts';
import { sealIsReady } from './seal/seal.ts';
import { actorByToken, livingAmong } from './session/rows.ts';
import { MOST_FAILURES } from './session/routes.ts';
import type { Settings } from './settings.ts';
import { carryRoutes } from './submission/routes.ts';
import { forgetOldThrottles } from './throttle/rows.ts';
import { webRoutes } from './web/routes.ts';

export interface ServerParts {
  readonly folder: string;
  readonly settings: Settings;
  readonly log: Log;
  readonly now?: () => Date;
  readonly hashCost?: HashCost;
  readonly heartbeatMs?: number;
  readonly mailTimeLimits?: MailTimeLimits;
  /** Milliseconds that what is done after an answer waits for it to have gone. */
  readonly laterMs?: () => number;
  readonly openRequestsPerMinute?: number;
  readonly carriesPerMinute?: number;
}

export interface RunningServer {
  readonly house: House;
  readonly tools: PasswordTools;
  readonly db: Db;
  /** Lets requests and e-mails in flight finish, then closes the database. */
  readonly close: () => Promise<void>;
}

const HOUR_MS = 60 * 60 * 1000;
/** Long enough for the answer to have gone; who asks again at once learns nothing from it either. */
const soon = () => randomInt(100, 600);

/** Starts a school's server and resolves once it listens. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const { folder, settings, log } = parts;
  const now = parts.now ?? (() => new Date());
  const keys = readKeys(folder);
  await sealIsReady;
  const { db } = await openSchool(folder, settings, now());

  const hub = new EventHub();
  const { signingKey } = keys;
  const house = makeHouse({
    db,
    settings,
    now,
    hub,
    signingKey,
    readSealingKeys: () => readSealingKeys(folder),
    mailWaits: () => mail.wake(),
    log,
  });
  const mail = new MailWorker({
    db,
    house,
    log,
    send: makeSender(settings, parts.mailTimeLimits ?? MAIL_TIME_LIMITS),
    random: () => randomInt(1_000_000) / 1_000_000,
  });
  const tools: PasswordTools = {
    hasher: await makeHasher(parts.hashCost ?? REAL_COST),
    strength: makeStrength(),
    later: makeLater(parts.laterMs ?? soon, log),
  };

  const openRequestsPerMinute = parts.openRequestsPerMinute ?? HTTP_LIMITS.openRequestsPerMinute;
  const carriesPerMinute = parts.carriesPerMinute ?? HTTP_LIMITS.carriesPerMinute;
  const actorOf = (token: string) => actorByToken(db, token, now());
  const app = await buildApp({
    house,
    routes: allRoutes(house, tools),
    certificate: keys.server,
    actorOf,
    more: [
      (server) => eventRoutes(server, hub, actorOf),
      (server) => carryRoutes(server, house, carriesPerMinute),
      (server) => webRoutes(server, house, tools, openRequestsPerMinute),
    ],
    beforeClose: () => hub.closeAll(),
    openRequestsPerMinute,
    isOurComputer: async (id) => {
      const computer = await computerById(db, { schoolId: settings.school.id, id });
      return computer !== null && computer.revokedAt === null;
    },
  });
  await app.listen({ host: settings.listen.address, port: settings.listen.port });
  mail.wake();
  // The word lists are read once the server answers, so that starting is quick.
  void tools.strength('', []).catch(() => log.error({}, 'the word lists cannot be read'));

  const beat = () =>
    void hub
      .beat((sessionIds) => livingAmong(db, sessionIds, now()))
      .catch(() => log.error({}, 'heartbeat failed'));
  const tidy = () =>
    void db
      .transaction()
      .execute((trx) => forgetOldThrottles(trx, now(), MOST_FAILURES))
      .catch(() => log.error({}, 'tidying failed'));
  const timers = [setInterval(beat, parts.heartbeatMs ?? HEARTBEAT_MS), setInterval(tidy, HOUR_MS)];
  log.info({ port: settings.listen.port }, 'listening');

  return {
    house,
    tools,
    db,
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      await app.close();
      await tools.later.finish();
      await mail.stop();
      await db.destroy();
      log.info({}, 'stopped');
    },
  };
}
