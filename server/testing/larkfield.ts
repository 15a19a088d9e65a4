/**
 * A small school in a real SQLite file, for tests of the nouns: a house with a clock that the test
 * sets, and the routes called as the server calls them, without HTTP in between.
 */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type { Endpoint, ReplyOf } from '../../src-shared/contract/endpoint.ts';
import type { ErrorCode } from '../../src-shared/contract/errors.ts';
import type { Receipt } from '../../src-shared/contract/submission.ts';
import { agencyRoutes } from '../agency/routes.ts';
import { alertRoutes } from '../alert/routes.ts';
import { categoryRoutes } from '../category/routes.ts';
import { publicHalf } from '../certificate/folder.ts';
import { insertComputer } from '../computer/rows.ts';
import type { Db } from '../db/open.ts';
import { openDatabase } from '../db/open.ts';
import { migrate } from '../db/migrate.ts';
import { groupRoutes } from '../group/routes.ts';
import { heldRoutes } from '../held/routes.ts';
import type { Actor, House } from '../http/route.ts';
import { Refusal } from '../http/route.ts';
import { incidentRoutes } from '../incident/routes.ts';
import { Settings } from '../settings.ts';
import { staffRoutes } from '../staff/routes.ts';
import { studentRoutes } from '../student/routes.ts';
import { makeSeal, sealIsReady } from '../seal/seal.ts';
import { makeAllowance } from '../submission/allowance.ts';
import { carry, type Carried } from '../submission/carry.ts';
import {
  certificateBy,
  itemFrom,
  seal,
  signedBy,
  testComputer,
  testKey,
  type TestComputer,
  type TestItem,
  type TestWriter,
} from './envelope.ts';
import {
  STAFF,
  STUDENTS,
  idsOf,
  seed,
  type StaffName,
  type StudentName,
} from './larkfield-people.ts';

type Sqlite = ReturnType<typeof openDatabase>['sqlite'];

export interface Larkfield {
  readonly house: House;
  readonly db: Db;
  readonly sqlite: Sqlite;
  readonly schoolId: string;
  /** The safeguarding team's group. */
  readonly teamId: string;
  readonly publicKey: KeyObject;
  /** Who was told that something changed, in order, since `told` was emptied. */
  readonly told: string[];
  now: Date;
  /** Ids by the names below, and by "Parent/Child" for categories. */
  readonly staff: Readonly<Record<StaffName, string>>;
  readonly students: Readonly<Record<StudentName, string>>;
  readonly categories: Readonly<Record<string, string>>;
  /** Calls a route as this member of staff; a refusal is answered with its code. */
  call<E extends Endpoint>(
    who: StaffName,
    endpoint: E,
    request?: Readonly<Record<string, unknown>>,
    sessionId?: string,
  ): Promise<ReplyOf<E> | ErrorCode>;
  /** As `call`, where a refusal fails the test. */
  ask<E extends Endpoint>(
    who: StaffName,
    endpoint: E,
    request?: Readonly<Record<string, unknown>>,
    sessionId?: string,
  ): Promise<ReplyOf<E>>;
  /** The computer that everybody writes on. */
  readonly computer: TestComputer;
  readonly writers: Readonly<Record<StaffName, TestWriter>>;
  /** An entry of this member of staff, signed and sealed. */
  sealed(who: StaffName, body: Readonly<Record<string, unknown>>): TestItem;
  /** Carries an item to the school, whatever becomes of it. */
  carry(item: TestItem): Promise<Carried>;
  /** Seals and carries an entry; one that is not applied as written fails the test. */
  submit(who: StaffName, body: Readonly<Record<string, unknown>>): Promise<Receipt>;
  rows(table: string): Record<string, unknown>[];
  close(): Promise<void>;
}

export async function openLarkfield(
  school: { categoryInEmail?: boolean; showsOpenedByTeam?: boolean } = {},
): Promise<Larkfield> {
  const folder = mkdtempSync(join(tmpdir(), 'larkfield-'));
  const { db, sqlite } = openDatabase(join(folder, 'school.sqlite'));
  migrate(sqlite);
  const schoolId = v7();
  await sealIsReady;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const schoolSign = (bytes: Uint8Array) => sign(null, bytes, privateKey).toString('base64');
  const pem = { type: 'pkcs8', format: 'pem' } as const;
  const sealingKey = generateKeyPairSync('x25519').privateKey.export(pem).toString();
  const told: string[] = [];
  const settings = Settings.parse({
    school: {
      id: schoolId,
      name: 'Larkfield School',
      timeZone: 'Europe/London',
      safeguardingContact: { name: 'Iris Lyle', number: '01234 567890' },
      support: { email: 'support@larkfield.example', link: null },
      userGuide: [],
      frequentQuestions: [],
      sentences: { aboutAdults: 'Tell the head.', familyWords: null },
      ...school,
    },
    listen: { domain: 'meadowlark.larkfield.example' },
    mail: { url: 'smtp://127.0.0.1:2525', from: 'meadowlark@larkfield.example' },
  });
  const started = '2026-11-24T09:00:00.000Z';
  const house: House = {
    db,
    settings,
    now: () => larkfield.now,
    newId: () => v7(),
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    tellChanged: (ids) => told.push(...ids),
    tellEnded: () => undefined,
    sign: schoolSign,
    seal: makeSeal({
      readPrivateKeys: () => [sealingKey],
      signingKey: publicHalf(privateKey.export(pem).toString()),
    }),
    mailWaits: () => undefined,
    log: { info: () => undefined, error: () => undefined },
  };
  const teamId = await seed(db, { schoolId, started });
  const staff = idsOf(STAFF, sqlite, 'SELECT register_id AS name, id FROM staff');
  const students = idsOf(STUDENTS, sqlite, 'SELECT register_id AS name, id FROM student');
  const categories = Object.fromEntries(
    sqlite
      .prepare<[], { name: string; id: string }>(
        `SELECT iif(p.name IS NULL, c.name, p.name || '/' || c.name) AS name, c.id
         FROM category c LEFT JOIN category p ON p.id = c.parent_id`,
      )
      .all()
      .map(({ name, id }) => [name, id]),
  );
  const routes = [
    ...staffRoutes(house),
    ...studentRoutes(house),
    ...groupRoutes(house),
    ...categoryRoutes(house),
    ...agencyRoutes(house),
    ...incidentRoutes(house),
    ...heldRoutes(house),
    ...alertRoutes(house),
  ];
  const computer = testComputer();
  await db.transaction().execute((trx) =>
    insertComputer(trx, {
      schoolId,
      id: computer.id,
      name: computer.name,
      publicKey: computer.key.publicKey,
      at: started,
    }),
  );
  const writers = Object.fromEntries(
    STAFF.map((name) => {
      const owner = { staffId: staff[name], computer, key: testKey() };
      return [name, { ...owner, certificate: certificateBy(schoolSign, owner) }];
    }),
  ) as Record<StaffName, TestWriter>;
  const sealed: Larkfield['sealed'] = (who, body) => {
    const [newest] = house.seal.publicKeys();
    return seal(newest, computer, signedBy(writers[who], body));
  };
  const allowance = makeAllowance(1_000_000);
  const carryItem: Larkfield['carry'] = async (item) => {
    const carried = await carry(house, itemFrom(item), { address: '127.0.0.1', allowance });
    told.push(...carried.tell);
    return carried;
  };
  const sessions = new Map(STAFF.map((name) => [name, v7()]));

  async function ask<E extends Endpoint>(
    who: StaffName,
    endpoint: E,
    request: Readonly<Record<string, unknown>> = {},
    sessionId = sessions.get(who) ?? '',
  ): Promise<ReplyOf<E>> {
    const found = routes.find((route) => route.endpoint === endpoint);
    if (found === undefined) throw new Error(`no route for ${endpoint.path}`);
    const isKeyUser =
      sqlite
        .prepare('SELECT 1 FROM alert_group_member WHERE group_id = ? AND staff_id = ?')
        .get(teamId, staff[who]) !== undefined;
    const actor: Actor = {
      schoolId,
      staffId: staff[who],
      isKeyUser,
      sessionId,
      computerId: computer.id,
    };
    const reply = await found.handle(endpoint.request.parse(request), {
      address: '127.0.0.1',
      correlationId: 'test',
      actor,
    });
    return endpoint.reply.parse(reply) as ReplyOf<E>;
  }

  const larkfield: Larkfield = {
    house,
    db,
    sqlite,
    schoolId,
    teamId,
    publicKey,
    told,
    now: new Date(started),
    staff,
    students,
    categories,
    ask,
    call: async (...parameters) => {
      try {
        return await ask(...parameters);
      } catch (error) {
        if (error instanceof Refusal) return error.code;
        throw error;
      }
    },
    computer,
    writers,
    sealed,
    carry: carryItem,
    submit: async (who, body) => {
      const carried = await carryItem(sealed(who, body));
      if (carried.is !== 'taken' || carried.as !== 'entry') {
        throw new Error(`it was not applied: ${carried.is === 'taken' ? carried.as : carried.is}`);
      }
      return carried.receipt;
    },
    rows: (table) => sqlite.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).all(),
    close: async () => {
      await db.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return larkfield;
}
