/**
 * Three people at one computer (T1, R20, R24, R85): one OS account, one store. The attacker has
 * every file of the client, its logs and temporary files, its device secret, and the passwords of
 * B and C. Nothing of A's may be found, and no attack may succeed.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { v7 as newId } from 'uuid';
import type { TestStaff } from '../../server/testing/people.ts';
import { ClientProcess, until, type ClientHandle } from '../chaos/client-handle.ts';
import type { ClientParts } from '../chaos/client.ts';
import { incidentBy } from '../chaos/entries.ts';
import { seeded } from '../chaos/random.ts';
import { ChaosSchool } from '../chaos/school.ts';
import { honestEntryIsTaken, schoolAttacks } from './attacks-school.ts';
import { storeAttacks, type Attack } from './attacks-store.ts';
import { computerOf, keysOf, personRow, sealedIn, type Keys } from './loot.ts';
import {
  familyOf,
  formsOfKey,
  formsOfText,
  isAlive,
  scanFiles,
  scanMemory,
  type Needle,
} from './scan.ts';

export interface SharedResult {
  readonly filesScanned: number;
  /** Of A's texts and names, in files. */
  readonly hits: number;
  readonly attacks: number;
  readonly succeeded: number;
  /** How many processes of the client were alive after locking; the memory of each was scanned. */
  readonly processesScanned: number;
  readonly memoryMegabytes: number;
  /** Of A's keys, in the memory of the client's living processes after locking. */
  readonly keysInMemory: number;
  /** Of A's texts, in the memory of the vault, and of whatever is not main, after locking. */
  readonly textsInVault: number;
  /** The same in main, which passed them on: the limit that SECURITY.md states. */
  readonly textsInMain: number;
  /** A's vault was still alive after locking. */
  readonly vaultsLeft: number;
  /** What was found or succeeded, by name. */
  readonly found: readonly string[];
  /** The scans and attacks find what is there: false makes the rest worthless. */
  readonly controls: boolean;
}

const A = 'Quagmira Ellisonne';
const TEXTS = {
  'a name that A wrote': 'Zebedee Staircastle',
  'words of the first version': 'a bruise behind the left ear',
  'words of the second version': 'said it was the cupboard door',
  'words that were discarded': 'perhaps it was only the playground',
  'words that were submitted': 'would not go home with him today',
} as const;
const FIRST = TEXTS['words of the first version'];
const SECOND = TEXTS['words of the second version'];

export async function runSharedComputer(seed: number): Promise<SharedResult> {
  const folder = mkdtempSync(join(tmpdir(), 'meadowlark-shared-'));
  const account = join(folder, 'account');
  const school = await ChaosSchool.make(join(folder, 'school'), [A, 'Ben Okonjo', 'Cem Duarte']);
  const [a, b, c] = school.people.teachers;
  if (a === undefined || b === undefined || c === undefined) throw new Error('too few people');
  const parts: ClientParts = {
    file: school.fileFor(school.serverPort),
    folder: join(account, 'client'),
    computer: { id: randomUUID(), name: 'RECEPTION-2' },
    home: account,
    temp: join(account, 'temp'),
  };
  mkdirSync(parts.temp, { recursive: true });
  const host = new ClientProcess({ HOME: parts.home, TMPDIR: parts.temp });
  const canaries = Object.entries({ ...TEXTS, 'A’s name': A, 'A’s address': a.email }).flatMap(
    ([name, text]) => formsOfText(name, text),
  );
  try {
    await school.start();
    const client = await host.open('shared', parts);
    const early = join(folder, 'early');
    const late = join(folder, 'late');

    await client.signIn(a);
    for (const name of ['listStudents', 'listStaff', 'listGroups', 'listCategories'] as const) {
      await client.must(name);
    }
    const { draftId, itemId } = await writeAll(client, school, a, seed, () =>
      cpSync(parts.folder, early, { recursive: true }),
    );
    const keys = await keysOf(parts.folder, { staffId: a.id, password: a.password });
    if (keys === null) throw new Error('A’s own password does not open A’s keys');
    const vaultOfA = await client.vaultPid();
    const secrets = needlesOf(keys);
    const running = scanFiles(account, canaries);
    const control = [
      scanMemory(vaultOfA, secrets).found.length > 0,
      scanMemory(vaultOfA, formsOfText('words', SECOND)).found.length > 0,
      familyOf(host.pid).includes(vaultOfA),
      scanFiles(account, formsOfText('A’s number', a.id)).hits.length > 0,
    ];

    await client.must('lock');
    const vaultsLeft = Number(isAlive(vaultOfA));
    const vaultNow = await client.vaultPid();
    const family = familyOf(host.pid);
    const memories = family.map((pid) => ({
      pid,
      ...scanMemory(pid, [...secrets, ...canaries]),
    }));
    const keyNames = new Set(secrets.map(({ name }) => name));
    const keysFound = memories.flatMap(({ found }) => found.filter((name) => keyNames.has(name)));
    const textsIn = (isMain: boolean): number =>
      memories
        .filter(({ pid }) => (pid === host.pid) === isMain)
        .flatMap(({ found }) => found.filter((name) => !keyNames.has(name))).length;
    const scanned = memories.reduce((sum, { bytes }) => sum + bytes, 0);
    const unread = memories.reduce((sum, one) => sum + one.unread, 0);
    // What could not be read may hold anything: a scan that missed much has shown nothing.
    control.push(family.includes(vaultNow), unread < scanned / 20);

    // The others come, and what A left is carried while B is there.
    await school.start();
    await client.signIn(b);
    await until(async () => (await client.waiting()).count === 0, 60_000);
    const seenByB = await everythingShown(client);
    await client.must('signOut');
    await client.signIn(c);
    const seenByC = await everythingShown(client);
    await client.must('signOut');
    const afterwards = scanFiles(account, canaries);
    cpSync(parts.folder, late, { recursive: true });

    const found = [...running.hits, ...afterwards.hits, ...keysFound];
    const loot = {
      parts,
      early,
      late,
      a,
      b,
      draftId,
      itemId,
      firstWords: FIRST,
      secondWords: SECOND,
    };
    const keysOfB = await keysOf(late, { staffId: b.id, password: b.password });
    const escrowOfA = personRow(late, a.id).escrow;
    if (keysOfB === null || escrowOfA === null) throw new Error('B has no keys, or A no escrow');
    const people = school.people;
    const random = seeded(seed);
    let number = 1_000;
    const atSchool = {
      file: parts.file,
      computer: { ...parts.computer, ...computerOf(late) },
      a,
      b,
      keysOfB,
      escrowOfA,
      sealedOfA: sealedIn(late, itemId),
      entry: () => incidentBy(b, people, (number += 1), random).submission,
      read: () => school.read(),
    };
    control.push(await honestEntryIsTaken(atSchool));
    const attacks: Readonly<Record<string, Attack>> = {
      'B looks at all that the program shows': () => Promise.resolve(isOfA(seenByB, itemId)),
      'C looks at all that the program shows': () => Promise.resolve(isOfA(seenByC, itemId)),
      ...schoolAttacks(atSchool),
      ...storeAttacks(loot),
    };
    const succeeded: string[] = [];
    for (const [name, attack] of Object.entries(attacks)) {
      if (await attack()) succeeded.push(name);
    }
    // Once, and by A: whatever B did with it meanwhile.
    const arrived = school
      .read()
      .texts.filter(({ text }) => text.includes(TEXTS['words that were submitted']));
    control.push(arrived.filter(({ held }) => !held).length === 1);
    return {
      filesScanned: running.files + afterwards.files,
      hits: running.hits.length + afterwards.hits.length,
      attacks: Object.keys(attacks).length,
      succeeded: succeeded.length,
      processesScanned: family.length,
      memoryMegabytes: Math.round(scanned / 2 ** 20),
      keysInMemory: keysFound.length,
      textsInVault: textsIn(false),
      textsInMain: textsIn(true),
      vaultsLeft,
      found: [...found, ...succeeded],
      controls: control.every(Boolean),
    };
  } finally {
    await host.kill();
    await school.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A types, discards and submits; the server is away when the last of it is submitted. */
async function writeAll(
  client: ClientHandle,
  school: ChaosSchool,
  a: TestStaff,
  seed: number,
  afterFirst: () => void,
): Promise<{ readonly draftId: string; readonly itemId: string }> {
  const draftId = newId();
  const save = async (id: string, words: string, revision: number) =>
    await client.must('saveDraft', {
      draft: {
        id,
        kind: 'incident',
        incidentId: null,
        content: JSON.stringify({ text: `${TEXTS['a name that A wrote']}: ${words}` }),
        place: { field: 'text', selectionStart: 1, selectionEnd: 1, scrollTop: 0 },
      },
      revision,
    });
  const first = await save(draftId, FIRST, 0);
  afterFirst();
  await save(draftId, SECOND, Number(first['revision']));
  const discarded = newId();
  await save(discarded, TEXTS['words that were discarded'], 0);
  await client.must('discardDraft', { id: discarded });
  await school.stop();
  const { submission } = incidentBy(a, school.people, 1, seeded(seed));
  const words = `${TEXTS['a name that A wrote']} ${TEXTS['words that were submitted']}`;
  const { id } = await client.must('submit', {
    submission: { ...submission, text: words },
    isUrgent: true,
  });
  return { draftId, itemId: String(id) };
}

/** All that the program tells whoever is signed in about what is kept here. */
async function everythingShown(client: ClientHandle): Promise<string> {
  const shown = [];
  for (const name of ['listDrafts', 'listOwnItems', 'listWaiting', 'readWaiting'] as const) {
    shown.push(await client.ask(name));
  }
  return JSON.stringify(shown);
}

function isOfA(shown: string, itemId: string): boolean {
  return [...Object.values(TEXTS), itemId].some((text) => shown.includes(text));
}

function needlesOf({ wrappingKey, draftKey, signing }: Keys): Needle[] {
  return [
    ...formsOfKey('A’s wrapping key', wrappingKey),
    ...formsOfKey('A’s draft key', draftKey),
    ...formsOfKey('A’s signing key', signing.seed),
  ];
}
