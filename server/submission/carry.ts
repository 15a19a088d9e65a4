/**
 * Taking a sealed item (architecture.md, *Receiving*): it is applied, or held whole; either way it
 * gets a signed receipt, and everything is written in one transaction or nothing is. Idempotent by
 * its id (R73), so that a courier may send until it has the receipt.
 */
import type { HeldReason } from '../../src-shared/contract/held.ts';
import type { Receipt, Submission } from '../../src-shared/contract/submission.ts';
import { computerById, noteSeen, type ComputerRow } from '../computer/rows.ts';
import type { Transaction } from '../db/open.ts';
import { dropNotice } from '../draft/rows.ts';
import { hold } from '../held/hold.ts';
import type { LeftInside } from '../held/inside.ts';
import { openLeft } from '../held/left.ts';
import { countStrangers, countStrangersAside, makeWay } from '../held/rows.ts';
import { networkOf } from '../http/network.ts';
import type { House } from '../http/route.ts';
import { Refusal } from '../http/route.ts';
import { isCarriedBy, openItem, type OpenedItem, type SealedItem } from '../seal/item.ts';
import { can } from '../rights/can.ts';
import { countInWindow, throttleKey, throttleState } from '../throttle/rows.ts';
import type { Allowance } from './allowance.ts';
import { writerOfOpened, type Writer } from './author.ts';
import { signReceipt } from './receipt.ts';
import type { Plan } from './receive.ts';
import { planEntry, writeEntry } from './receive.ts';
import { claimAnew, claimId, keepReceipt, takenItem } from './rows.ts';
import { REFERENCE_BYTES, referenceFrom } from './rules.ts';

/** What came of it; `tell` are the people whose screens change. */
export type Carried =
  | {
      readonly is: 'taken';
      readonly receipt: Receipt;
      /** Null where it was taken before. */
      readonly as: 'entry' | HeldReason | null;
      readonly tell: Iterable<string>;
    }
  | { readonly is: 'differs'; readonly tell: Iterable<string> };

/** A random reference meets a taken one about once in ten million entries; then another is drawn. */
const REFERENCE_TRIES = 5;
/** Of computers that the school does not know: a minute from one address, and waiting in all. */
const STRANGERS_A_MINUTE = 60;
const STRANGERS_WAITING = 2_000;
/** So many other bytes under one id are kept of strangers; a computer that is ours has its own place. */
const STRANGERS_ASIDE = 3;
const WINDOW_SECONDS = 60;
const FULL_WAIT_SECONDS = 15 * 60;

interface Carrying {
  readonly item: SealedItem;
  /** Null where nobody vouches for it: then it stays sealed until somebody of the team looks. */
  readonly opened: OpenedItem | null;
  readonly computer: ComputerRow | null;
  /** The school knows the computer, has not revoked it, and its key signed for this item. */
  readonly isVouchedFor: boolean;
  readonly network: string;
  readonly now: Date;
}

/** Where an item came from, and what the computers of the school may send. */
export interface From {
  readonly address: string;
  readonly allowance: Allowance;
}

/**
 * Throws `too-many-tries` alone. What costs time comes last: an item is counted before anything is
 * done with it, one that a computer of the school vouches for to that computer, any other to its
 * network. Opening one can keep the only thread busy for a quarter of a second: it is never done
 * for a stranger.
 */
export async function carry(house: House, item: SealedItem, from: From): Promise<Carried> {
  const now = house.now();
  const schoolId = house.settings.school.id;
  const computer = await computerById(house.db, { schoolId, id: item.computerId });
  const isVouchedFor =
    computer !== null && computer.revokedAt === null && isCarriedBy(computer.publicKey, item);
  if (isVouchedFor) {
    const waitSeconds = from.allowance.take(computer.id, item.sealed.length, now);
    if (waitSeconds > 0) throw new Refusal('too-many-tries', waitSeconds);
  } else {
    await limitStrangers(house, from.address, now);
  }
  const opened = isVouchedFor ? openItem(house.seal, item) : null;
  const network = networkOf(from.address);
  const carrying = { item, opened, computer, isVouchedFor, network, now };
  return await house.db.transaction().execute(async (trx): Promise<Carried> => {
    // The claim stands first: a repeat gets its receipt whatever has happened to its choices since.
    for (let tries = 0; tries < REFERENCE_TRIES; tries += 1) {
      const reference = referenceFrom(house.randomBytes(REFERENCE_BYTES));
      const { id, sha256, computerId } = item;
      const receivedAt = now.toISOString();
      const clockOffsetMs =
        item.sentAt === undefined ? null : Date.parse(item.sentAt) - now.getTime();
      const claim = { schoolId, id, sha256, reference, computerId, receivedAt, clockOffsetMs };
      if (await claimId(trx, claim)) {
        if (isVouchedFor) await noteSeen(trx, computerId, now);
        return await take(trx, house, carrying, reference);
      }
      const taken = await takenItem(trx, id);
      if (taken === null) continue;
      if (isVouchedFor && (await makeWay(trx, { itemId: id, sha256, asideId: house.newId() }))) {
        const { reference: first } = taken.receipt;
        await claimAnew(trx, { ...claim, reference: first });
        await noteSeen(trx, computerId, now);
        return await take(trx, house, carrying, first);
      }
      if (taken.sha256 === sha256) {
        return { is: 'taken', receipt: taken.receipt, as: null, tell: [] };
      }
      return await keepAside(trx, house, carrying, taken.receipt.reference);
    }
    throw new Error('No free reference was drawn: the randomness repeats itself.');
  });
}

async function take(
  trx: Transaction,
  house: House,
  carrying: Carrying,
  reference: string,
): Promise<Carried> {
  const { item, opened, now } = carrying;
  const writer = await writerOfOpened(trx, house, carrying);
  // Its person may be signed in nowhere by now, and nobody else would say that it is finished.
  if (writer.staff !== null) await dropNotice(trx, { staffId: writer.staff.id, id: item.id });
  const verdict = await judge(trx, house, carrying, writer);
  if (typeof verdict === 'string') {
    const team = await hold(trx, house, {
      item,
      opened,
      reason: verdict,
      reference,
      now,
      staffId: writer.staff?.id ?? null,
      identityIsCertain: writer.isCertain,
      left: verdict === 'left-unfinished' ? leftIn(house, opened, writer) : null,
      isVouchedFor: carrying.isVouchedFor,
      network: carrying.network,
    });
    const told = team ?? [];
    const receipt = signReceipt(house, item, {
      reference,
      now,
      alerted: told.length,
      isHeld: true,
    });
    await keepReceipt(trx, receipt);
    return { is: 'taken', receipt, as: verdict, tell: told };
  }
  const receipt = signReceipt(house, item, {
    reference,
    now,
    alerted: verdict.alerts.length,
    isHeld: false,
  });
  const tell = await writeEntry(trx, house, verdict, receipt);
  await keepReceipt(trx, receipt);
  return { is: 'taken', receipt, as: 'entry', tell };
}

/** R73: other bytes under an id that is taken are kept, shown to the team, and change nothing. */
async function keepAside(
  trx: Transaction,
  house: House,
  carrying: Carrying,
  reference: string,
): Promise<Carried> {
  const { item, opened, isVouchedFor, now } = carrying;
  // Not lost: it is not said that they are kept, and whoever waits and comes again is heard.
  if (!isVouchedFor && (await countStrangersAside(trx, item.id)) >= STRANGERS_ASIDE) {
    throw new Refusal('too-many-tries', FULL_WAIT_SECONDS);
  }
  const writer = await writerOfOpened(trx, house, carrying);
  const team = await hold(trx, house, {
    item,
    opened,
    reason: 'differs',
    reference,
    now,
    staffId: writer.staff?.id ?? null,
    identityIsCertain: writer.isCertain,
    isVouchedFor,
    network: carrying.network,
  });
  return { is: 'differs', tell: team ?? [] };
}

/**
 * A draft is opened only where the school has escrow, and only once its writer has left: whoever has a computer's files could send the
 * drafts of a colleague who works here, to have them read. Those are kept as they came.
 */
function leftIn(house: House, opened: OpenedItem | null, { staff }: Writer): LeftInside | null {
  if (opened === null || opened.is === 'unreadable' || opened.inside.kind !== 'left') return null;
  const mayBeOpened = house.settings.school.escrow && staff?.isActive !== true;
  return mayBeOpened ? openLeft(house.seal, opened.inside) : null;
}

/** What to write, or why it is held. */
async function judge(
  trx: Transaction,
  house: House,
  { opened, computer, isVouchedFor, now }: Carrying,
  { staff, isCertain }: Writer,
): Promise<Plan | HeldReason> {
  if (computer === null || computer.revokedAt !== null) return 'computer-unknown';
  if (!isVouchedFor || opened === null) return 'not-genuine';
  if (opened.is === 'unreadable' || !opened.isConsistent) return 'not-genuine';
  const { inside } = opened;
  if (inside.kind === 'concern') return 'without-signing-in';
  if (inside.kind === 'left') return 'left-unfinished';
  if (staff === null) return 'author-unknown';
  if (!isCertain) return 'identity-unverified';
  // Whoever has left may have written it while they were here: the team decides.
  if (!can({ ...staff, staffId: staff.id }, 'add incident', { kind: 'nothing' })) {
    return 'author-unknown';
  }
  const author = {
    schoolId: house.settings.school.id,
    staffId: staff.id,
    isKeyUser: staff.isKeyUser,
    computerId: inside.computerId,
  };
  const submission: Submission = inside.submission;
  return await planEntry(trx, { author, submission, now });
}

/** A flood from outside must not fill the disk; a computer that was not enrolled yet has to wait. */
async function limitStrangers(house: House, address: string, now: Date): Promise<void> {
  await house.db.transaction().execute(async (trx) => {
    const key = throttleKey('carry', networkOf(address));
    // Beyond the limit it is not counted any more: a refusal must not cost a write.
    const { failures, waitSeconds } = await throttleState(trx, key, now);
    if (waitSeconds > 0 && failures >= STRANGERS_A_MINUTE) {
      throw new Refusal('too-many-tries', waitSeconds);
    }
    await countInWindow(trx, key, now, WINDOW_SECONDS);
    if ((await countStrangers(trx, house.settings.school.id)) >= STRANGERS_WAITING) {
      throw new Refusal('too-many-tries', FULL_WAIT_SECONDS);
    }
  });
}
