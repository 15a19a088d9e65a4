/**
 * The school that this computer belongs to, with all that serves it: the way to its server, the
 * vault, the person at the computer, the courier. Reads like a table of contents.
 */
import type { Telling, TellingName, Waiting } from '../src-shared/bridge.ts';
import type { SafeguardingContact } from '../src-shared/contract/school.ts';
import type { Computer } from '../src-shared/contract/session.ts';
import type { SchoolFile } from '../src-shared/school-file.ts';
import { Courier } from './courier/courier.ts';
import { Rounds } from './courier/rounds.ts';
import { draftsToTell } from './courier/tell-drafts.ts';
import type { DraftsTold } from './courier/tell-drafts.ts';
import { carry } from './link/carry.ts';
import { LinkWatch } from './link/link-watch.ts';
import { linkTo } from './link/server-link.ts';
import { IdleWatch } from './lock/idle.ts';
import { Lock } from './lock/lock.ts';
import type { Pages } from './lock/lock.ts';
import { Saving } from './lock/saving.ts';
import type { Log } from './log.ts';
import { Person } from './session/person.ts';
import { Session } from './session/session.ts';
import { VaultHost } from './vault/host.ts';
import type { VaultProcess } from './vault/process.ts';

export interface School {
  readonly name: string;
  readonly signingKey: string;
  readonly watch: LinkWatch;
  readonly session: Session;
  readonly person: Person;
  readonly vault: VaultHost;
  readonly courier: Courier;
  readonly rounds: Rounds;
  readonly drafts: DraftsTold;
  readonly saving: Saving;
  readonly lock: Lock;
  readonly idle: IdleWatch;
  /** The store was damaged when it was opened, in this run of the program. */
  readonly wasStoreDamaged: () => boolean;
  /** To be called every minute: the hourly round, where it is due and the server is there. */
  readonly minute: () => void;
  /** The computer woke up, or came into another network. */
  readonly wokeUp: () => void;
  /** Ends the keys and lets go of the server. */
  readonly close: () => Promise<void>;
}

export interface SchoolParts {
  readonly computer: Computer;
  readonly clock: () => number;
  readonly now: () => Date;
  readonly random: () => number;
  readonly log: Log;
  /** Where the vault keeps its store. */
  readonly folder: string;
  readonly startVault: () => VaultProcess;
  /**
   * When the vault is begun and the server looked for, at once where it is not given. What asks the
   * vault earlier begins it.
   */
  readonly beginAfter?: Promise<void>;
  readonly pages: Pages;
  readonly idleMs: number;
  /** Answers whether there is a page to be told. */
  readonly tell: <N extends TellingName>(name: N, telling: Telling<N>) => boolean;
  /** Whether a page is there that shows whether the server is reached; yes where it is not given. */
  readonly isWatched?: () => boolean;
  readonly onWaiting: (waiting: Waiting) => void;
  /** Whom to tell now, each time the school says it: at the first contact, then hourly. */
  readonly onContact: (contact: SafeguardingContact) => void;
}

/** Sets out to the server soon, so that the sign-in page knows whether it can be reached. */
export function enterSchool(file: SchoolFile, parts: SchoolParts): School {
  const { clock, now, random, log, tell } = parts;
  let computerId = parts.computer.id;
  /** As the school knows it; the vault, which has its key, may say another id. */
  const computer: Computer = {
    name: parts.computer.name,
    get id() {
      return computerId;
    },
  };
  let { sealingKey } = file;
  let wasStoreDamaged = false;
  let wasKeychainSilent = false;
  let isClosed = false;

  const link = linkTo(file);
  const watch = new LinkWatch(
    () => link.reach(),
    (state) => {
      log.info('link changed', { state });
      tell('link', state);
      if (state === 'online') heardAgain();
    },
    random,
    undefined,
    parts.isWatched,
  );
  const vault: VaultHost = new VaultHost({
    start: parts.startVault,
    open: () => ({
      folder: parts.folder,
      computer: parts.computer,
      school: { id: file.schoolId, signingKey: file.signingKey, sealingKey },
      wasKeychainSilent,
    }),
    clock,
    onOpened(answer) {
      if (!answer.ok) {
        log.error('vault refused', { code: answer.code });
        return;
      }
      const { protection, store, isKeychainSilent } = answer.value;
      log.info('vault opened', { protection, store, isKeychainSilent });
      wasKeychainSilent = isKeychainSilent;
      wasStoreDamaged ||= store === 'recovered';
      computerId = answer.value.computerId;
      rounds.noteOpened(answer.value);
      void courier.wake();
      minute();
    },
    onCrashed() {
      log.error('vault ended');
      person.keysGone();
      if (person.who !== null) tell('vaultRestarted', {});
    },
  });
  const session = new Session({
    link,
    watch,
    computer,
    clock,
    tellChanged: () => tell('changed', {}),
    tellEnded: () => tell('sessionEnded', {}),
  });
  const rounds: Rounds = new Rounds({
    link,
    vault,
    computer,
    enrolmentCode: file.enrolmentCode,
    clock,
    random,
    onSealingKey: (key) => (sealingKey = key),
    onContact: parts.onContact,
    onOffered: () => void courier.wake(),
    onForgotten(staffId) {
      log.info('person forgotten', { staff: staffId });
      // What they had not finished waits for the safeguarding team now.
      void courier.wake();
      if (person.who?.staffId === staffId) void lock.signOut();
    },
    note: (code) => log.info('round not made', { code }),
  });
  const person: Person = new Person({
    session,
    vault,
    computer,
    clock,
    now,
    enrolled: () => rounds.enrol(),
    note: (code) => log.error('keys refused', { code }),
  });
  const courier: Courier = new Courier({
    vault,
    async carry(item) {
      const enrolled = await rounds.enrol();
      return enrolled.ok ? carry(link, item, now) : enrolled;
    },
    noteWay: (answer) => watch.note(answer),
    clock,
    now,
    random,
    onWaiting(waiting) {
      tell('waiting', waiting);
      parts.onWaiting(waiting);
    },
    // The custody line of the entry is another now.
    onDone: () => tell('changed', {}),
    note: (code) => log.info('not carried', { code }),
  });
  const drafts = draftsToTell(vault, person, computer);
  const saving = new Saving(() => tell('saveNow', {}));
  const lock: Lock = new Lock({
    person,
    vault,
    drafts,
    saving,
    pages: parts.pages,
    after: afterMilliseconds,
    tellChanged: () => tell('changed', {}),
    note: (error) => log.error('fault', {}, error),
  });
  const idle = new IdleWatch({
    limitMs: parts.idleMs,
    clock,
    now: () => now().getTime(),
    onIdle: () => void lock.lock(),
  });

  function heardAgain(): void {
    void courier.hurry();
    minute();
  }
  function minute(): void {
    if (watch.state === 'online') void rounds.go();
  }

  function begin(): void {
    if (isClosed) return;
    vault.begin();
    void watch.look();
  }

  if (parts.beginAfter === undefined) begin();
  else void parts.beginAfter.then(begin);
  return {
    name: file.schoolName,
    signingKey: file.signingKey,
    watch,
    session,
    person,
    vault,
    courier,
    rounds,
    drafts,
    saving,
    lock,
    idle,
    wasStoreDamaged: () => wasStoreDamaged,
    minute,
    wokeUp() {
      void watch.look();
      void courier.hurry();
    },
    async close() {
      isClosed = true;
      courier.close();
      watch.close();
      session.close();
      await lock.end(false);
      link.close();
    },
  };
}

function afterMilliseconds(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds).unref();
  return () => clearTimeout(timer);
}
