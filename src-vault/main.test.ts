/** The vault as a process of its own, at the cost and with the rules that a school gets. */
import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type {
  VaultAnswer,
  VaultAskName,
  VaultReply,
  VaultReplyMessage,
  VaultRequest,
} from '../src-shared/vault.ts';
import { draft, makeSchool, person, valueOf, testFolder } from './testing/world.ts';

function begin(folder: string) {
  const child = fork(
    join(import.meta.dirname, 'main.ts'),
    ['--memoryKib=8', '--cost={"memoryKib":8}'],
    {
      execArgv: ['--import', join(import.meta.dirname, 'testing/parent-port.ts')],
      // A vault takes nothing from its environment; these are what somebody would try.
      env: {
        ...process.env,
        ARGON2_MEMORY: '8',
        MEADOWLARK_COST: '8',
        DBUS_SESSION_BUS_ADDRESS: 'none',
      },
      silent: true,
    },
  );
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => output.push(data.toString()));
  }
  let number = 0;
  const tryAsk = async <N extends VaultAskName>(
    ask: N,
    request: VaultRequest<N>,
  ): Promise<VaultAnswer<VaultReply<N>>> => {
    number += 1;
    const mine = number;
    const answered = Promise.withResolvers<VaultAnswer<VaultReply<N>>>();
    const listen = (reply: VaultReplyMessage): void => {
      if (reply.number !== mine) return;
      child.off('message', listen);
      answered.resolve(reply.answer as VaultAnswer<VaultReply<N>>);
    };
    child.on('message', listen);
    child.send({ number: mine, ask, request });
    return answered.promise;
  };
  const ask = async <N extends VaultAskName>(name: N, request: VaultRequest<N>) =>
    valueOf(await tryAsk(name, request));
  return { child, ask, tryAsk, output, open: () => ask('open', { folder, ...place }) };
}

const { id, signingKey, sealingKey } = makeSchool();
const place = {
  computer: { id: randomUUID(), name: 'RECEPTION-2' },
  school: { id, signingKey, sealingKey },
};

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

test('R21 the cost of keys is 64 MiB and 3 passes, whatever is in the arguments and the environment', async () => {
  const folder = testFolder();
  const vault = begin(folder);
  await vault.open();
  const ana = person('Ana');
  expect(await vault.ask('unlockOnline', { ...ana, hasEscrow: true })).toMatchObject({
    is: 'unlocked',
  });
  const typed = draft('Typed before the vault was killed.');
  await vault.ask('saveDraft', { draft: typed, revision: 0 });
  await ended(vault.child);
  const sqlite = new SQLite(join(folder, 'vault.sqlite'));
  expect(sqlite.prepare('SELECT memory_kib, passes, lanes FROM person').all()).toEqual([
    { memory_kib: 65_536, passes: 3, lanes: 1 },
  ]);
  // Weakened on the disk: refused, not computed.
  sqlite.prepare('UPDATE person SET memory_kib = 65535').run();
  sqlite.close();
  const next = begin(folder);
  await next.open();
  expect(await next.ask('unlockOnline', { ...ana, hasEscrow: true })).toMatchObject({
    is: 'needs-old-password',
    mayUseOld: false,
  });
  await ended(next.child);
  const raw = new SQLite(join(folder, 'vault.sqlite'));
  raw.prepare('UPDATE person SET memory_kib = 65536').run();
  raw.close();
  const last = begin(folder);
  await last.open();
  await last.ask('unlockOnline', { ...ana, hasEscrow: true });
  expect((await last.ask('readDraft', { id: typed.id })).draft).toEqual(typed);
});

test('what is no request ends nothing and is told nothing; what is unknown is a fault', async () => {
  const vault = begin(testFolder());
  await vault.open();
  for (const nonsense of [null, 'text', 7, [], { number: 'x' }, { ask: 'open' }]) {
    vault.child.send(nonsense as object);
  }
  const fault = { ok: false, code: 'fault' };
  expect(await vault.tryAsk('__proto__' as 'listWaiting', {})).toEqual(fault);
  expect(await vault.tryAsk('constructor' as 'listWaiting', {})).toEqual(fault);
  expect(
    await vault.tryAsk('listWaiting', { extra: 1 } as object as VaultRequest<'listWaiting'>),
  ).toEqual(fault);
  expect(await vault.ask('listWaiting', {})).toEqual({ items: [] });
});

test('R24 no core dump holds memory, no signal opens a debugger, an error ends it without a word', async (context) => {
  if (process.platform !== 'linux') context.skip('only Linux says so in /proc');
  const vault = begin(testFolder());
  await vault.open();
  const filter = readFileSync(`/proc/${vault.child.pid}/coredump_filter`, 'utf8').trim();
  expect(filter).toBe('00000000');
  vault.child.kill('SIGUSR1');
  // Long enough for Node to say that a debugger listens, as it does without our handler.
  await vault.ask('unlockOnline', { ...person('Ana'), hasEscrow: true });
  expect(vault.output.join('')).toBe('');
});

test('R24 an error that nothing catches ends the process with 1 and prints nothing of it', async () => {
  const child = fork(join(import.meta.dirname, 'main.ts'), [], {
    // The shim is missing: `parentPort` is undefined, and the first use of it throws.
    execArgv: [],
    silent: true,
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => output.push(data.toString()));
  }
  const [code] = (await once(child, 'exit')) as [number];
  expect({ code, output: output.join('') }).toEqual({ code: 1, output: '' });
});

test('R76 killed in the middle of saving, again and again: nothing that was acknowledged is missing', async () => {
  const folder = testFolder();
  const ana = person('Ana');
  const id = randomUUID();
  let revision = 0;
  let acknowledged = 0;
  let saves = 0;
  const wrong: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const vault = begin(folder);
    await vault.open();
    await vault.ask('unlockOnline', { ...ana, hasEscrow: true });
    if (turn > 0) {
      const read = await vault.ask('readDraft', { id });
      const found = Number(read.draft.content);
      // One save may have been committed without its answer having come.
      if (found !== acknowledged && found !== acknowledged + 1) wrong.push(found);
      acknowledged = found;
      ({ revision } = read);
    }
    const exit = once(vault.child, 'exit');
    const killedAfter = 3 + turn * 4;
    for (let number = 0; ; number += 1) {
      const saving = vault.tryAsk('saveDraft', {
        draft: draft(String(acknowledged + 1), id),
        revision,
      });
      if (number === killedAfter) {
        // The request is underway: whether it is committed is chance.
        vault.child.kill('SIGKILL');
        break;
      }
      ({ revision } = valueOf(await saving));
      acknowledged += 1;
      saves += 1;
    }
    await exit;
  }
  expect(wrong).toEqual([]);
  expect(saves).toBe(3 + 7 + 11 + 15 + 19);
  const sqlite = new SQLite(join(folder, 'vault.sqlite'));
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  sqlite.close();
});
