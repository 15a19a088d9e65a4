import { spawn, type ChildProcess } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:https';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SchoolFile } from '../../src-shared/school-file.ts';
import { publicHalf, readSealingKeys } from '../certificate/folder.ts';
import { codeHash } from '../computer/rules.ts';
import { databaseFile, settingsFile } from '../folder.ts';
import { type Inbox, startInbox } from '../testing/inbox.ts';
import { freePort } from '../testing/server.ts';

const CLI = join(import.meta.dirname, '..', 'cli.ts');
let place: string;
let folder: string;
let inbox: Inbox;
let port: number;
const running: ChildProcess[] = [];

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function start(args: string[], environment: Record<string, string> = {}): ChildProcess {
  // Another word for the folder would hide that --data is read.
  const { MEADOWLARK_DATA: _data, ...env } = process.env;
  const child = spawn(process.execPath, [CLI, ...args], { env: { ...env, ...environment } });
  running.push(child);
  return child;
}

async function run(args: string[], environment: Record<string, string> = {}): Promise<Run> {
  const child = start(args, environment);
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

const initArgs = (data: string) => [
  'init',
  '--data',
  data,
  '--school',
  'Larkfield School',
  '--domain',
  'localhost',
  '--port',
  String(port),
  '--mail',
  inbox.url,
  '--from',
  'meadowlark@larkfield.example',
  '--contact',
  'Ruth Adeyemi',
  '--number',
  '01632 960 001',
  '--support-email',
  'it@larkfield.example',
];

/** Starts the server and resolves once it says that it listens. */
async function startListening(environment: Record<string, string> = {}): Promise<ChildProcess> {
  const child = start(['start', '--data', folder], environment);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('listening')) resolve();
    });
    child.stderr?.on('data', (chunk: Buffer) => reject(new Error(chunk.toString())));
  });
  return child;
}

function ask(path: string, body?: string): Promise<number> {
  const agent = new Agent({ ca: readFileSync(join(folder, 'keys', 'authority.pem')) });
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const method = body === undefined ? 'GET' : 'POST';
    const asked = request(
      `https://localhost:${port}${path}`,
      { agent, method, headers },
      (reply) => {
        reply.resume().on('end', () => resolve(reply.statusCode ?? 0));
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'meadowlark-cli-'));
  folder = join(place, 'school');
  inbox = await startInbox();
  port = await freePort();
  const made = await run(initArgs(folder));
  if (made.code !== 0) throw new Error(made.err);
}, 60_000);
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await inbox.close();
  rmSync(place, { recursive: true, force: true });
});

test.each([['init'], ['import', 'staff'], ['start']])(
  '%s --help says how the commands are used, and is no fault',
  async (...words) => {
    const { code, out, err } = await run([...words, '--help']);
    expect([code, out.split('\n')[0], err]).toEqual([
      0,
      'npm run server -- COMMAND [--data DIR]',
      '',
    ]);
  },
);

describe('init', () => {
  test('makes a school that its own user alone can read', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
    const open = files.filter((file) => (statSync(join(folder, file)).mode & 0o077) !== 0);
    expect(files).toEqual(
      expect.arrayContaining([
        'meadowlark.json',
        'meadowlark.sqlite',
        join('keys', 'authority-key.pem'),
        join('keys', 'sealing-key.pem'),
        join('keys', 'signing-key.pem'),
      ]),
    );
    expect(open).toEqual([]);
  });

  test('S37 S29 the new school has its categories and its safeguarding team', () => {
    const sqlite = new SQLite(databaseFile(folder), { readonly: true });
    const count = (sql: string) => sqlite.prepare(sql).pluck().get();
    expect([
      count('SELECT count(*) FROM category WHERE parent_id IS NULL'),
      count('SELECT count(*) FROM category WHERE parent_id IS NOT NULL'),
      count('SELECT count(*) FROM alert_group WHERE is_safeguarding_team = 1'),
    ]).toEqual([20, 90, 1]);
    sqlite.close();
  });

  test('a second time changes nothing and says so', async () => {
    const before = readFileSync(settingsFile(folder), 'utf8');
    const again = await run(initArgs(folder));
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('Nothing was changed') });
    expect(readFileSync(settingsFile(folder), 'utf8')).toBe(before);
  });

  test('everything that is missing or wrong is told at once', async () => {
    const missing = await run(['init', '--data', join(place, 'new'), '--school', 'X']);
    expect(missing.err).toContain('--domain, --mail, --from, --contact, --number');
    const wrong = await run([
      ...initArgs(join(place, 'new')),
      '--port',
      '99999',
      '--mail',
      'x',
      '--time-zone',
      'Mars/Base',
      '--from',
      'nobody',
    ]);
    expect(wrong.code).toBe(2);
    for (const name of ['listen.port', 'mail.url', 'mail.from', 'school.timeZone']) {
      expect(wrong.err).toContain(name);
    }
    expect(readdirSync(place)).toEqual(['school']);
  });
});

describe('school-file', () => {
  test('prints what a computer needs and nothing secret', async () => {
    const { out, code } = await run(['school-file', '--data', folder]);
    const file = SchoolFile.parse(JSON.parse(out));
    expect([code, file.schoolName, file.server]).toEqual([
      0,
      'Larkfield School',
      `https://localhost:${port}`,
    ]);
    expect(out).not.toContain('PRIVATE');
    const authority = new X509Certificate(file.certificateAuthority ?? '');
    const server = new X509Certificate(readFileSync(join(folder, 'keys', 'server.pem')));
    expect(server.verify(authority.publicKey)).toBe(true);
  });
});

describe('the computers of the school', () => {
  const schoolFile = async () =>
    SchoolFile.parse(JSON.parse((await run(['school-file', '--data', folder])).out));

  test('R42 are listed, and one is revoked, once', async () => {
    const none = await run(['computers', '--data', folder]);
    expect(none.out).toContain('No computer has enrolled yet');
    const id = '0192b3a4-5c6d-7e8f-9a0b-1c2d3e4f5a6b';
    const sqlite = new SQLite(databaseFile(folder));
    sqlite
      .prepare(
        `INSERT INTO computer SELECT ?, id, 'RECEPTION-2', 'key', '2026-11-24T08:45:00.000Z', NULL,
           '2026-11-24T10:42:00.000Z' FROM school`,
      )
      .run(id);
    const listed = await run(['computers', '--data', folder]);
    expect(listed.out).toMatch(new RegExp(`${id} +RECEPTION-2 +2026-11-24 +2026-11-24 10:42\\n`));
    const revoked = await run(['computers', 'revoke', id, '--data', folder]);
    expect([revoked.code, revoked.out.includes('is not trusted any more')]).toEqual([0, true]);
    expect(revoked.out).toContain('make a new code (new-enrolment-code)');
    const again = await run(['computers', 'revoke', id, '--data', folder]);
    expect([again.code, again.err.includes('Nothing was changed')]).toEqual([2, true]);
    expect((await run(['computers', '--data', folder])).out).toMatch(/revoked \d{4}-/);
    expect(sqlite.prepare('SELECT event FROM audit').pluck().all()).toEqual(['computer-revoked']);
    sqlite.prepare('DELETE FROM computer').run();
    sqlite.close();
    expect((await run(['computers', 'sell', id, '--data', folder])).code).toBe(2);
  }, 60_000);

  test('a new enrolment code takes the place of the one before', async () => {
    const { enrolmentCode: before } = await schoolFile();
    expect((await run(['new-enrolment-code', '--data', folder])).code).toBe(0);
    const { enrolmentCode: after } = await schoolFile();
    const sqlite = new SQLite(databaseFile(folder), { readonly: true });
    const good = sqlite
      .prepare('SELECT hash FROM enrolment_code WHERE revoked_at IS NULL')
      .pluck()
      .all();
    sqlite.close();
    expect(after).not.toBe(before);
    expect(good).toEqual([codeHash(after)]);
  }, 60_000);

  test('a school of an earlier version gets its code with the school file', async () => {
    rmSync(join(folder, 'keys', 'enrolment-code.txt'));
    const { enrolmentCode } = await schoolFile();
    expect((await schoolFile()).enrolmentCode).toBe(enrolmentCode);
  }, 60_000);

  test('R27 rotate-keys puts a new sealing key in the school file, and keeps the old ones', async () => {
    const keys = () => readdirSync(join(folder, 'keys')).filter((name) => name.includes('sealing'));
    const first = (await schoolFile()).sealingKey;
    const rotated = await run(['rotate-keys', '--data', folder]);
    const second = (await schoolFile()).sealingKey;
    await run(['rotate-keys', '--data', folder]);
    const third = (await schoolFile()).sealingKey;
    expect(rotated.code).toBe(0);
    expect(new Set([first, second, third]).size).toBe(3);
    expect(keys().toSorted()).toEqual([
      'sealing-key-1.pem',
      'sealing-key-2.pem',
      'sealing-key.pem',
    ]);
    expect(readSealingKeys(folder).map(publicHalf)).toEqual([third, second, first]);
    const open = keys().filter((name) => statSync(join(folder, 'keys', name)).mode & 0o077);
    expect(open).toEqual([]);
  }, 60_000);
});

describe('a configuration that cannot be used', () => {
  test('is told fault by fault, and the server does not start', async () => {
    const broken = join(place, 'broken');
    await run(initArgs(broken));
    const settings = JSON.parse(readFileSync(settingsFile(broken), 'utf8'));
    settings.listen.port = 'many';
    settings.mail.from = 'nobody';
    settings.surprise = true;
    writeFileSync(settingsFile(broken), JSON.stringify(settings));
    const { code, err } = await run(['start', '--data', broken]);
    rmSync(broken, { recursive: true });
    expect(code).toBe(2);
    for (const name of ['listen.port', 'mail.from', 'surprise']) expect(err).toContain(name);
    expect(err).not.toMatch(/at .*\.ts:\d+/);
  });

  test('the environment stands above the file, and its faults are told as well', async () => {
    const { code, err } = await run(['start', '--data', folder], { MEADOWLARK_PORT: '99999' });
    expect([code, err]).toEqual([2, expect.stringContaining('listen.port')]);
  });

  test.each([
    [['start', '--data', '/nowhere/at/all'], 'There is no school in'],
    [['dance'], 'There is no command "dance"'],
    [['start', '--loud'], "Unknown option '--loud'"],
    [['invite'], 'Something is missing after the command'],
    [['invite', 'not-an-address'], 'is not an e-mail address'],
    [['import', 'parents', 'x.csv'], 'cannot be imported'],
  ])('%j is answered with a sentence', async (args, sentence) => {
    const { code, err } = await run(args);
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
  });
});

describe('import, start and invite', () => {
  test('a member of staff is imported, invited, and gets the e-mail; SIGTERM ends the server', async () => {
    const csv = join(place, 'staff.csv');
    writeFileSync(csv, 'Staff ID,Forename,Surname,Email\n1,Rosa,Blake,rosa@larkfield.example\n');
    const shown = await run(['import', 'staff', csv, '--data', folder]);
    const refused = await run(['invite', 'rosa@larkfield.example', '--data', folder]);
    const applied = await run(['import', 'staff', csv, '--data', folder, '--apply']);
    expect([shown.code, refused.code, applied.code]).toEqual([0, 2, 0]);
    expect(refused.err).toContain('Nothing was sent');

    const server = await startListening();
    const invited = await run(['invite', 'ROSA@larkfield.example', '--data', folder]);
    expect(invited).toMatchObject({ code: 0, err: '' });
    const mail = await inbox.next('rosa@larkfield.example');
    expect(mail.subject).toBe('Choose your Meadowlark password for Larkfield School');

    server.kill('SIGTERM');
    expect((await once(server, 'close'))[0]).toBe(0);
  }, 60_000);

  test('SIGTERM: requests in flight are answered, then the port is closed', async () => {
    const server = await startListening();
    let log = '';
    server.stdout?.on('data', (chunk: Buffer) => (log += chunk.toString()));
    // A sign-in takes as long as its hash: still running when the signal comes.
    const body = (index: number) =>
      JSON.stringify({
        email: `nobody${index}@larkfield.example`,
        password: 'not the password',
        computer: { id: '0192b3a4-5c6d-7e8f-9a0b-1c2d3e4f5a6b', name: 'Room 4' },
      });
    const asked = Promise.all(
      Array.from({ length: 8 }, (_, index) => ask('/v1/session', body(index))),
    );
    // The signal comes once the first answer is there: the others have arrived, and wait.
    while (!log.includes('/v1/session')) await once(server.stdout ?? server, 'data');
    server.kill('SIGTERM');
    expect(await asked).toEqual(Array.from({ length: 8 }, () => 401));
    expect((await once(server, 'close'))[0]).toBe(0);
    await expect(ask('/health')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  }, 60_000);

  test('a port that is taken is told in a sentence', async () => {
    const server = await startListening();
    const second = await run(['start', '--data', folder]);
    server.kill('SIGTERM');
    await once(server, 'close');
    expect([second.code, second.err]).toEqual([
      2,
      expect.stringContaining(`Port ${port} is in use`),
    ]);
  }, 60_000);
});

describe('renew-certificate', () => {
  test('makes a new certificate that the same authority has signed', async () => {
    const read = () => new X509Certificate(readFileSync(join(folder, 'keys', 'server.pem')));
    const authority = new X509Certificate(readFileSync(join(folder, 'keys', 'authority.pem')));
    const before = read();
    const { code, out } = await run(['renew-certificate', '--data', folder]);
    expect([code, read().serialNumber === before.serialNumber]).toEqual([0, false]);
    expect(read().verify(authority.publicKey)).toBe(true);
    expect(out).toContain('Computers need nothing new');
  });

  test('a certificate for another name, or without its key, is refused', async () => {
    const other = join(place, 'other');
    const domain = initArgs(other).map((word) => (word === 'localhost' ? 'school.example' : word));
    await run(domain);
    const keys = (name: string) => join(other, 'keys', name);
    chmodSync(keys('server.pem'), 0o600);
    const renew = (certificate: string, key: string) =>
      run(['renew-certificate', '--data', folder, '--certificate', certificate, '--key', key]);
    const wrongName = await renew(keys('server.pem'), keys('server-key.pem'));
    const wrongKey = await renew(join(folder, 'keys', 'server.pem'), keys('server-key.pem'));
    rmSync(other, { recursive: true });
    expect(wrongName.err).toContain('is not for localhost');
    expect(wrongKey.err).toContain('does not belong to the certificate');
  });
});
