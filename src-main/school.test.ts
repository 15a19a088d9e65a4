/**
 * The whole of main but its windows: a real server over HTTPS, the real vault in its own process,
 * and between them what main.ts puts together.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, afterAll, describe, expect, test } from 'vitest';
import { schoolFileOf } from '../server/cli/school-file.ts';
import { addStaff, addStudent } from '../server/testing/people.ts';
import type { TestStaff } from '../server/testing/people.ts';
import { startTestServer } from '../server/testing/server.ts';
import type { TestServer } from '../server/testing/server.ts';
import { listAlerts } from '../src-shared/contract/alert.ts';
import { listCategories } from '../src-shared/contract/category.ts';
import { listHeld } from '../src-shared/contract/held.ts';
import { listStaff } from '../src-shared/contract/staff.ts';
import type { SafeguardingContact } from '../src-shared/contract/school.ts';
import type { Submission } from '../src-shared/contract/submission.ts';
import type { SchoolFile } from '../src-shared/school-file.ts';
import type { VaultRequest } from '../src-shared/vault.ts';
import { answerersOf } from './bridge/answerers.ts';
import { dispatch } from './bridge/dispatch.ts';
import type { LogMessage } from './log.ts';
import { enterSchool } from './school.ts';
import type { School } from './school.ts';
import { forkVaultInNode } from './testing/fork-vault.ts';
import type { ForkedVault } from './testing/fork-vault.ts';
import { PAGE_ORIGIN } from './windows/page-address.ts';

let server: TestServer;
let teller: TestStaff;
let lead: TestStaff;
let colleague: TestStaff;
let studentId: string;
let categoryId: string;
let file: SchoolFile;

beforeAll(async () => {
  server = await startTestServer();
  teller = await addStaff(server, { name: 'Morag Teller' });
  colleague = await addStaff(server, { name: 'Ben Okafor' });
  lead = await addStaff(server, { name: 'Ines Duarte', isKeyUser: true });
  studentId = await addStudent(server, { forename: 'Ellie', surname: 'Marsh' });
  const token = await server.signInAs(teller);
  const categories = await server.call(listCategories, {}, token);
  categoryId = categories.ok ? (categories.value.categories[0]?.id ?? '') : '';
  file = schoolFileOf(server.folder, server.settings);
});
afterAll(() => server.close());

let folder: string;
let computerId: string;
let desks: Desk[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meadowlark-desk-'));
  computerId = randomUUID();
  desks = [];
});
afterEach(async () => {
  for (const desk of desks) await desk.school.close();
  rmSync(folder, { recursive: true });
});

interface Desk {
  readonly school: School;
  readonly told: string[];
  readonly logged: LogMessage[];
  /** Whom to tell, as the school said it so far. */
  readonly contacts: SafeguardingContact[];
  readonly vaults: ForkedVault[];
  /** What each vault was begun with. */
  readonly opens: VaultRequest<'open'>[];
  /** As a page asks, through the wall. */
  readonly ask: (name: Parameters<typeof dispatch>[0], request?: unknown) => Promise<unknown>;
}

/** A computer of the school; `away`: with a server's address where nobody listens. */
function desk({ away = false, sessionBus }: { away?: boolean; sessionBus?: string } = {}): Desk {
  const told: string[] = [];
  const logged: LogMessage[] = [];
  const contacts: SafeguardingContact[] = [];
  const vaults: ForkedVault[] = [];
  const opens: VaultRequest<'open'>[] = [];
  const school = enterSchool(away ? { ...file, server: 'https://localhost:9' } : file, {
    computer: { id: computerId, name: 'RECEPTION-2' },
    clock: () => performance.now(),
    now: () => new Date(),
    random: Math.random,
    log: {
      info: (message) => void logged.push(message),
      error: (message) => void logged.push(message),
    },
    folder,
    startVault() {
      const vault = forkVaultInNode(undefined, sessionBus === undefined ? {} : { sessionBus });
      vaults.push(vault);
      return {
        ...vault,
        post(message) {
          if (message.ask === 'open') opens.push(message.request as VaultRequest<'open'>);
          vault.post(message);
        },
      };
    },
    pages: {
      end: async () => ({ isMinimized: false, isFocused: true }),
      begin: () => undefined,
      cover: () => null,
    },
    idleMs: 15 * 60_000,
    tell(name) {
      told.push(name);
      if (name === 'saveNow') school.saving.answered(true);
      return true;
    },
    onWaiting: () => undefined,
    onContact: (contact) => contacts.push(contact),
  });
  const answerers = answerersOf({
    school: () => school,
    link: () => school.watch.state,
    readComputer: () => ({}) as never,
    openSchoolFile: async () => ({ ok: false, code: 'no-school' }),
    rememberPreferences: () => undefined,
    openOutside: async () => undefined,
    now: () => new Date(),
  });
  const sender = { isMainFrameOfOurWindow: true, origin: PAGE_ORIGIN };
  const made: Desk = {
    school,
    told,
    logged,
    contacts,
    vaults,
    opens,
    ask: (name, request = {}) =>
      dispatch(name, request, sender, answerers, (_ask, why, error) => {
        throw new Error(`${name} was refused: ${why}`, { cause: error });
      }),
  };
  desks.push(made);
  return made;
}

async function leave(left: Desk): Promise<void> {
  await left.school.close();
  desks = desks.filter((one) => one !== left);
}

function incident(): Submission {
  return {
    kind: 'incident',
    id: randomUUID(),
    writtenAt: server.clock.now().toISOString(),
    studentId,
    text: 'Ellie said she has not eaten since yesterday.',
    categoryIds: [categoryId],
    linkedStudents: [],
    happenedAt: server.clock.now().toISOString(),
    status: 'active',
    assigneeIds: [],
    agencies: [],
    alertStaffIds: [],
    alertGroupIds: [],
  } as unknown as Submission;
}

async function alertsOf(person: TestStaff): Promise<string[]> {
  const token = await server.signInAs(person);
  const listed = await server.call(listAlerts, {}, token);
  return listed.ok ? listed.value.alerts.map(({ incidentId }) => incidentId) : [];
}

const passwordOf = ({ email, password }: TestStaff) => ({ email, password });
const WAIT = { timeout: 25_000, interval: 100 };

describe('with the server there', () => {
  test('the computer hears whom to tell before anybody has signed in', async () => {
    const { contacts } = desk();
    await expect
      .poll(() => contacts, WAIT)
      .toEqual([{ name: 'Ruth Adeyemi', number: '01632 960 001' }]);
  });

  test('what is submitted is delivered, by its author, and the page is told', async () => {
    const { ask, told, school } = desk();
    const session = await ask('signIn', passwordOf(teller));
    expect(session).toMatchObject({
      ok: true,
      value: { offline: false, keys: { is: 'open' }, staff: { name: 'Morag Teller' } },
    });
    const submission = incident();
    expect(await ask('submit', { submission, isUrgent: false })).toMatchObject({ ok: true });
    await expect.poll(() => school.courier.isKnown && school.courier.waiting.count, WAIT).toBe(0);
    await expect
      .poll(async () => ask('listOwnItems'), WAIT)
      .toMatchObject({ ok: true, value: { items: [{ id: submission.id, state: 'delivered' }] } });
    expect(await alertsOf(lead)).toContain(submission.id);
    expect(told).toContain('changed');
  });

  test('a wrong password is refused by the server, and the keys are not asked', async () => {
    const { ask } = desk();
    expect(await ask('signIn', { email: teller.email, password: 'not this one' })).toEqual({
      ok: false,
      code: 'sign-in-refused',
    });
    expect(await ask('readSession')).toEqual({ ok: true, value: null });
  });

  test('R24 locking ends the vault that knew the keys; the password brings the drafts back', async () => {
    const { ask, vaults, told } = desk();
    await ask('signIn', passwordOf(teller));
    const id = randomUUID();
    const place = { field: null, selectionStart: null, selectionEnd: null, scrollTop: 0 };
    const draft = { id, kind: 'incident', incidentId: null, content: '{"text":"typed"}', place };
    expect(await ask('saveDraft', { draft, revision: 0 })).toMatchObject({ ok: true });
    await ask('noteWhereabouts', { route: '/incident/new', draftId: id });
    await ask('lock');
    expect(told).toContain('saveNow');
    expect(() => process.kill(vaults[0]?.pid ?? 0, 0)).toThrow('ESRCH');
    expect(await ask('readLocked')).toEqual({
      ok: true,
      value: { name: 'Morag Teller', kept: 'all' },
    });
    expect(await ask('readSession')).toEqual({ ok: true, value: null });
    expect(await ask('listDrafts')).toEqual({ ok: false, code: 'keys-locked' });
    expect(await ask('unlock', { password: teller.password })).toMatchObject({
      ok: true,
      value: { whereabouts: { route: '/incident/new', draftId: id } },
    });
    expect(await ask('listDrafts')).toMatchObject({ ok: true, value: { drafts: [{ id }] } });
  });

  test('a vault that crashes comes back, the page is told, and the password opens it', async () => {
    const { ask, vaults, told } = desk();
    await ask('signIn', passwordOf(teller));
    process.kill(vaults[0]?.pid ?? 0, 'SIGKILL');
    await expect.poll(() => told, WAIT).toContain('vaultRestarted');
    expect(await ask('readSession')).toMatchObject({ value: { keys: { is: 'locked' } } });
    await expect.poll(() => ask('listDrafts'), WAIT).toEqual({ ok: false, code: 'keys-locked' });
    expect(await ask('signIn', passwordOf(teller))).toMatchObject({
      value: { keys: { is: 'open' } },
    });
  });

  test('a concern is reported with nobody signed in', async () => {
    const { ask, school } = desk();
    const concern = { id: randomUUID(), writer: 'Ada', student: 'Ellie M', text: 'Crying.' };
    expect(await ask('saveConcern', { concern })).toMatchObject({ ok: true });
    await expect.poll(() => school.courier.waiting.count, WAIT).toBe(1);
    expect(await ask('finishConcern', { concern })).toMatchObject({ ok: true });
    await expect.poll(() => school.courier.waiting.count, WAIT).toBe(0);
    const held = await server.call(listHeld, {}, await server.signInAs(lead));
    expect(held.ok && held.value.items).toMatchObject([
      { id: concern.id, reason: 'without-signing-in', writer: 'Ada', text: 'Crying.' },
    ]);
  });
});

test('R26 a keychain that says nothing holds up the first vault for its 5 s, and none after a lock', async (context) => {
  if (process.platform !== 'linux') context.skip('the keychain of Linux is reached over a socket');
  // Where the Secret Service would be asked: it takes the call, and never answers.
  const silent = createServer();
  const path = join(folder, 'bus');
  await new Promise<void>((resolve) => void silent.listen(path, resolve));
  const silenced = desk({ sessionBus: `unix:path=${path}` });
  await silenced.ask('signIn', passwordOf(teller));
  await silenced.ask('lock');
  expect(await silenced.ask('unlock', { password: teller.password })).toMatchObject({
    value: { session: { keys: { is: 'open' } } },
  });
  expect(silenced.opens.map(({ wasKeychainSilent }) => wasKeychainSilent)).toEqual([false, true]);
  await leave(silenced);
  silent.close();
});

describe('with the server away', () => {
  test('R85 one writes and goes, another signs in later, and the first one’s entry arrives as theirs', async () => {
    const before = desk();
    await before.ask('signIn', passwordOf(teller));
    expect(await before.ask('listStaff')).toMatchObject({ ok: true });
    // The list is kept behind the answer: what the vault is asked next is answered after that.
    await before.ask('listDrafts');
    await leave(before);

    const away = desk({ away: true });
    expect(await away.ask('signIn', passwordOf(colleague))).toEqual({
      ok: false,
      code: 'never-here',
    });
    expect(await away.ask('signIn', { email: teller.email, password: 'not this one' })).toEqual({
      ok: false,
      code: 'sign-in-refused',
    });
    const session = await away.ask('signIn', passwordOf(teller));
    expect(session).toMatchObject({ ok: true, value: { offline: true, keys: { is: 'open' } } });
    expect(await away.ask('listAlerts')).toEqual({ ok: false, code: 'working-offline' });
    const staff = await away.school.person.carry(listStaff, {});
    expect(staff.ok && staff.value.staff.map(({ name }) => name)).toContain('Ines Duarte');
    const submission = incident();
    expect(await away.ask('submit', { submission, isUrgent: false })).toMatchObject({ ok: true });
    await expect.poll(() => away.school.courier.waiting.count, WAIT).toBe(1);
    await away.ask('signOut');
    await leave(away);

    const after = desk();
    await after.ask('signIn', passwordOf(colleague));
    await expect.poll(() => alertsOf(lead), WAIT).toContain(submission.id);
    expect(await after.ask('listOwnItems')).toMatchObject({ value: { items: [] } });
    expect(await after.ask('listDrafts')).toMatchObject({ value: { drafts: [] } });
  });
});
